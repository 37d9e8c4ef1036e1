import { type Clock, type Logger, type Random, type Service, uuidv7 } from '@stoa/kernel'
import { documentMoved, documentNotFound, StateSyncError, storeFailing } from '../errors.ts'
import { DEFAULT_LIMITS, type StateSyncLimits } from '../rules.ts'
import { type Opened, OWNER_TTL_MS, type Owner, type StateSyncStore } from '../store/store.ts'
import { Committer } from './committer.ts'
import { Compactor } from './compactor.ts'
import { LiveDocument } from './live-document.ts'

export interface StateSyncEngineInit {
  readonly store: StateSyncStore
  readonly clock: Clock
  readonly random: Random
  readonly log: Logger
  /** Where other processes reach this one; read when a document is opened. */
  readonly address?: () => string | undefined
  readonly limits?: Partial<StateSyncLimits>
  readonly onCommit?: (outcome: 'committed' | 'failed', operations: number, seconds: number) => void
  /** The content of a document was changed, durably: after every commit, so it must cost little. */
  readonly onChanged?: ((tenantId: string, documentId: string) => void) | undefined
}

export interface EngineStats {
  readonly openDocuments: number
  readonly subscribers: number
  readonly pendingOperations: number
  readonly pendingBytes: number
  readonly appliedOperations: number
  readonly commits: number
  readonly failedCommits: number
  readonly compactions: number
  readonly storeFailing: boolean
}

const SWEEP_MS = 2_000

/** The documents that are open in this process: loads them, keeps them owned, and lets go of those nobody uses. */
export class StateSyncEngine implements Service {
  readonly name = 'statesync'
  readonly limits: StateSyncLimits
  readonly #init: StateSyncEngineInit
  readonly #committer: Committer
  readonly #compactor = new Compactor()
  readonly #documents = new Map<string, LiveDocument>()
  readonly #loading = new Map<string, Promise<LiveDocument>>()
  readonly #counts = { applied: 0, commits: 0, failed: 0, compactions: 0 }
  readonly #ownerId: string
  #timer: NodeJS.Timeout | undefined
  #beatAt = 0
  /** Where others were told to reach this process. */
  #told: string | undefined
  #sweeping: Promise<void> | undefined
  #stopped = false

  constructor(init: StateSyncEngineInit) {
    this.#init = init
    this.limits = { ...DEFAULT_LIMITS, ...init.limits }
    this.#ownerId = uuidv7(init.clock, init.random)
    this.#committer = new Committer({
      store: init.store,
      log: init.log,
      onCommit: (...what) => this.#count(...what),
      onChanged: init.onChanged,
    })
  }

  async start(): Promise<void> {
    await this.#beat()
    this.#timer = setInterval(() => this.#tick(), SWEEP_MS)
  }

  /** Writes what waits, then lets go of everything. */
  async stop(): Promise<void> {
    clearInterval(this.#timer)
    if (this.#stopped) return
    this.#stopped = true
    await this.#sweeping
    await Promise.allSettled(this.#loading.values())
    await Promise.all([...this.#documents.values()].map((document) => document.drained()))
    await this.#committer.stop()
    for (const document of [...this.#documents.values()]) document.close(documentMoved())
    await this.#compactor.stop()
    await this.#init.store
      .retire(this.#owner)
      .catch((error: unknown) => this.#init.log.warn({ action: 'statesync_retire_failed', err: error }))
  }

  /** The open document; opened when it is not. @throws StateSyncError `document.not_found`, `document.moved`, `document.busy` */
  async document(tenantId: string, documentId: string): Promise<LiveDocument> {
    const key = `${tenantId}/${documentId}`
    const open = this.#documents.get(key)
    if (open !== undefined) return open
    const loading = this.#loading.get(key) ?? this.#load(key, tenantId, documentId)
    this.#loading.set(key, loading)
    try {
      return await loading
    } finally {
      this.#loading.delete(key)
    }
  }

  /** The document if it is open here. */
  openDocument(tenantId: string, documentId: string): LiveDocument | undefined {
    return this.#documents.get(`${tenantId}/${documentId}`)
  }

  get stats(): EngineStats {
    const documents = [...this.#documents.values()]
    const sum = (value: (document: LiveDocument) => number) =>
      documents.reduce((total, one) => total + value(one), 0)
    return {
      openDocuments: documents.length,
      subscribers: sum((one) => one.listeners),
      pendingOperations: sum((one) => one.pending.operations),
      pendingBytes: sum((one) => one.pending.bytes),
      appliedOperations: this.#counts.applied,
      commits: this.#counts.commits,
      failedCommits: this.#counts.failed,
      compactions: this.#counts.compactions,
      storeFailing: documents.some((one) => one.storeFailing),
    }
  }

  get #owner(): Owner {
    return { id: this.#ownerId, address: this.#init.address?.() }
  }

  async #load(key: string, tenantId: string, documentId: string): Promise<LiveDocument> {
    const { store, clock, log } = this.#init
    if (this.#stopped) throw documentMoved()
    if (this.#documents.size >= this.limits.openDocuments)
      throw new StateSyncError('document.busy', 'Too many documents are open. Try again in a moment.')
    const opened = await this.#open(tenantId, documentId)
    if (opened.kind === 'missing') throw documentNotFound()
    if (opened.kind === 'elsewhere') throw documentMoved(opened.address)
    if (this.#stopped) throw documentMoved()
    const document = new LiveDocument({
      ...{ opened, store, clock, log, limits: this.limits, compactor: this.#compactor },
      onPending: (one) => this.#committer.enqueue(one),
      onClosed: (one) => {
        if (this.#documents.get(key) === one) this.#documents.delete(key)
      },
      onCompacted: () => {
        this.#counts.compactions += 1
      },
    })
    this.#documents.set(key, document)
    return document
  }

  /** Others are told where this process is before it owns anything: they would ask where it was, or take it for gone. */
  async #open(tenantId: string, documentId: string): Promise<Opened> {
    try {
      if (this.#owner.address !== this.#told) await this.#beat()
      return await this.#init.store.open(tenantId, documentId, this.#owner)
    } catch (error) {
      throw storeFailing(error)
    }
  }

  async #beat(): Promise<void> {
    const owner = this.#owner
    this.#beatAt = this.#init.clock.now()
    await this.#init.store.beat(owner)
    this.#told = owner.address
  }

  #count(outcome: 'committed' | 'failed', operations: number, seconds: number): void {
    if (outcome === 'committed') {
      this.#counts.commits += 1
      this.#counts.applied += operations
    } else this.#counts.failed += 1
    this.#init.onCommit?.(outcome, operations, seconds)
  }

  #tick(): void {
    const now = this.#init.clock.now()
    if (now - this.#beatAt >= OWNER_TTL_MS / 3) {
      void this.#beat().catch((error: unknown) =>
        this.#init.log.warn({ action: 'statesync_beat_failed', err: error }),
      )
    }
    this.#sweeping ??= this.#sweep(now).finally(() => {
      this.#sweeping = undefined
    })
  }

  /** Documents that nobody uses leave memory; whether a last snapshot can be written does not matter to that. */
  async #sweep(now: number): Promise<void> {
    for (const document of [...this.#documents.values()]) {
      if (!document.isIdle(now)) continue
      await document.compact()
      if (document.isIdle(now)) document.close(documentMoved())
    }
  }
}
