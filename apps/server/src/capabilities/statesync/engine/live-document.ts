import type { Clock, Logger } from '@stoa/kernel'
import { documentMoved, documentNotFound, StateSyncError, storeFailing } from '../errors.ts'
import {
  acquire,
  isHeld,
  isWorthCompacting,
  type LockState,
  mayWrite,
  type StateSyncLimits,
} from '../rules.ts'
import type { Append, Content, Opened, StateSyncStore } from '../store/store.ts'
import type { Compactor } from './compactor.ts'
import { DocumentContent, isUpdate, updatesOf } from './document-content.ts'
import { RelayPace } from './relay-pace.ts'
import type { DocumentEvent, DocumentListener } from './subscribers.ts'

export type OperationInput = Append['operations'][number]

export interface LiveDocumentInit {
  readonly opened: Extract<Opened, { kind: 'opened' }>
  readonly store: StateSyncStore
  readonly limits: StateSyncLimits
  readonly clock: Clock
  readonly log: Logger
  readonly compactor: Pick<Compactor, 'merge'>
  /** There is something to commit. */
  readonly onPending: (document: LiveDocument) => void
  readonly onClosed: (document: LiveDocument) => void
  readonly onCompacted: () => void
}

interface Inbound {
  readonly operations: readonly OperationInput[]
  readonly resolve: (version: number) => void
  readonly reject: (error: unknown) => void
}

interface Waiter {
  readonly version: number
  readonly resolve: (version: number) => void
  readonly reject: (error: unknown) => void
}

/** From so many bytes on, encoding a state would hold up everybody for milliseconds. */
const OTHER_THREAD_BYTES = 64 * 1024
/** Operations that travel to the store in one go. */
const COMMIT_OPERATIONS = 2_000
const COMMIT_BYTES = 2 * 1024 * 1024

/**
 * One document that this process owns.
 * 1. Operations are applied in the order in which they came; those that came together, or within milliseconds of others, are
 *    one transaction and one update.
 * 2. They are relayed at once, and acknowledged (the promise of `apply`) when the store has them.
 * 3. The state that is served was loaded before anything was served from it.
 * 4. Bytes that are no update leave the document as it was: it is made again from the store and from what waits.
 * 5. When it is closed, whoever waits is told; what was not durable is with its senders, who send it again.
 */
export class LiveDocument {
  readonly tenantId: string
  readonly id: string
  readonly epoch: number
  readonly #init: LiveDocumentInit
  readonly #listeners = new Set<DocumentListener>()
  #content: DocumentContent
  #lock: LockState
  /** Applied; everything after `#durable` waits for the store. */
  #version: number
  #durable: number
  #inbox: Inbound[] = []
  #inboxBytes = 0
  #pending: OperationInput[] = []
  #pendingBytes = 0
  #waiters: Waiter[] = []
  /** What came is about to be applied, or is being applied by {@link #applyEach}. */
  #draining = false
  readonly #whenDrained: (() => void)[] = []
  readonly #pace = new RelayPace()
  #log = { snapshotBytes: 0, logOperations: 0, logBytes: 0 }
  #compacting: Promise<void> | undefined
  #closed: Error | undefined
  #storeFailing = false
  #touchedAt: number

  constructor(init: LiveDocumentInit) {
    const { record, epoch, lock, content } = init.opened
    this.#init = init
    this.tenantId = record.tenantId
    this.id = record.id
    this.epoch = epoch
    this.#lock = lock
    this.#version = record.version
    this.#durable = record.version
    this.#content = DocumentContent.of(content)
    this.#log = sizeOf(content)
    this.#touchedAt = init.clock.now()
  }

  get version(): number {
    return this.#version
  }

  get durableVersion(): number {
    return this.#durable
  }

  get listeners(): number {
    return this.#listeners.size
  }

  get pending(): { readonly operations: number; readonly bytes: number } {
    return {
      operations: this.#pending.length + this.#inbox.length,
      bytes: this.#pendingBytes + this.#inboxBytes,
    }
  }

  get storeFailing(): boolean {
    return this.#storeFailing
  }

  /** Nobody follows it, nothing waits, and nobody has asked for a while. */
  isIdle(now: number): boolean {
    const quiet = this.#listeners.size === 0 && this.#pending.length === 0 && this.#inbox.length === 0
    return quiet && !this.#draining && now - this.#touchedAt >= this.#init.limits.idleMs
  }

  /** Resolves with a version that holds the operations once they are durable. @throws StateSyncError */
  apply(operations: readonly OperationInput[], fencingToken: number): Promise<number> {
    this.#assertOpen()
    mayWrite(this.#lock, fencingToken, this.#init.clock.now())
    const bytes = this.#measure(operations)
    return new Promise((resolve, reject) => {
      this.#inbox.push({ operations, resolve, reject })
      this.#inboxBytes += bytes
      if (!this.#draining) this.#drainSoon()
    })
  }

  /** Resolves when everything that came has been applied. */
  drained(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#draining) this.#whenDrained.push(resolve)
      else resolve()
    })
  }

  stateVector(): Uint8Array {
    this.#assertOpen()
    return this.#content.stateVector()
  }

  missingFrom(stateVector: Uint8Array): Uint8Array {
    this.#assertOpen()
    return this.#content.missingFrom(stateVector)
  }

  /** What has been applied and is not durable yet, for those who resume from the log. */
  uncommitted(): readonly Uint8Array[] {
    return this.#pending.map(({ update }) => update)
  }

  /** Called for everything from now on, at once and in order. */
  subscribe(listener: DocumentListener): () => void {
    this.#assertOpen()
    this.#listeners.add(listener)
    return () => {
      this.#touchedAt = this.#init.clock.now()
      this.#listeners.delete(listener)
    }
  }

  get lock(): LockState | undefined {
    return isHeld(this.#lock, this.#init.clock.now()) ? this.#lock : undefined
  }

  /** @throws StateSyncError `lock.held` */
  async acquireLock(holder: string, ttlMs: number): Promise<LockState> {
    this.#assertOpen()
    return this.#saveLock(acquire(this.#lock, holder, ttlMs, this.#init.clock.now()))
  }

  /** `false` when the token is not the current one. */
  async releaseLock(token: number): Promise<boolean> {
    this.#assertOpen()
    if (this.lock?.token !== token) return false
    await this.#saveLock({ holder: undefined, token, expiresAt: 0 })
    return true
  }

  async #saveLock(lock: LockState): Promise<LockState> {
    const before = this.#lock
    // Whoever else asks meanwhile finds it taken.
    this.#lock = lock
    const saved = await this.#init.store
      .saveLock(this.tenantId, this.id, this.epoch, lock)
      .catch((error: unknown) => {
        this.#lock = before
        throw storeFailing(error)
      })
    if (saved) return lock
    this.close(documentMoved())
    throw documentMoved()
  }

  /** The next operations for the store; the same again until they are committed. */
  nextAppend(): Append | undefined {
    if (this.#closed !== undefined || this.#pending.length === 0) return undefined
    let bytes = 0
    const end = this.#pending.findIndex((operation, i) => {
      bytes += operation.update.length
      return i >= COMMIT_OPERATIONS || (i > 0 && bytes > COMMIT_BYTES)
    })
    const operations = end === -1 ? this.#pending : this.#pending.slice(0, end)
    return {
      documentId: this.id,
      epoch: this.epoch,
      firstVersion: this.#durable + 1,
      operations: [...operations],
    }
  }

  /** The store has them. */
  committed(append: Append): void {
    const done = this.#pending.splice(0, append.operations.length)
    const bytes = bytesOf(done)
    this.#pendingBytes -= bytes
    this.#durable += done.length
    this.#log = {
      ...this.#log,
      logOperations: this.#log.logOperations + done.length,
      logBytes: this.#log.logBytes + bytes,
    }
    const ready = this.#waiters.findIndex(({ version }) => version > this.#durable)
    for (const waiter of this.#waiters.splice(0, ready === -1 ? this.#waiters.length : ready))
      waiter.resolve(waiter.version)
    this.setStoreFailing(false)
    this.#tell({ kind: 'committed', version: this.#durable })
    if (this.#pending.length > 0) this.#init.onPending(this)
    else if (isWorthCompacting(this.#log)) void this.compact()
  }

  /** The store failed and will be tried again: whoever waits is told now, what waits stays. */
  commitFailed(error: unknown): void {
    for (const waiter of this.#waiters.splice(0)) waiter.reject(storeFailing(error))
    this.setStoreFailing(true)
  }

  setStoreFailing(storeFailing: boolean): void {
    if (this.#storeFailing === storeFailing) return
    this.#storeFailing = storeFailing
    this.#tell({ kind: 'health', storeFailing })
  }

  /** Writes a snapshot and shortens the log. A failure is no harm: the log has everything. */
  compact(): Promise<void> {
    this.#compacting ??= this.#compact()
      .catch((error: unknown) =>
        this.#init.log.warn({ action: 'compaction_failed', document_id: this.id, err: error }),
      )
      .finally(() => {
        this.#compacting = undefined
      })
    return this.#compacting
  }

  async #compact(): Promise<void> {
    const { store, limits, onCompacted } = this.#init
    if (this.#closed !== undefined || this.#log.logOperations === 0) return
    const before = this.#log
    const snapshot = await this.#snapshot()
    const keep = { operations: limits.historyOperations, bytes: limits.historyBytes }
    if (!(await store.snapshot(this.tenantId, this.id, this.epoch, snapshot, keep)))
      return this.close(documentMoved())
    this.#log = {
      snapshotBytes: snapshot.state.length,
      logOperations: this.#log.logOperations - before.logOperations,
      logBytes: this.#log.logBytes - before.logBytes,
    }
    onCompacted()
  }

  /** Of a small document at once; of a large one from the store, in another thread. */
  async #snapshot(): Promise<{ readonly version: number; readonly state: Uint8Array }> {
    const { store, compactor } = this.#init
    if (this.#log.snapshotBytes + this.#log.logBytes < OTHER_THREAD_BYTES)
      return { version: this.#durable, state: this.#content.compacted() }
    const content = await store.content(this.tenantId, this.id)
    if (content === undefined) throw documentNotFound()
    return { version: content.version, state: await compactor.merge(updatesOf(content)) }
  }

  /** Nothing is served any more. `reason` reaches everybody who waits or follows. */
  close(reason: Error): void {
    if (this.#closed !== undefined) return
    this.#closed = reason
    const waiting = [...this.#inbox.splice(0), ...this.#waiters.splice(0)]
    for (const { reject } of waiting) reject(reason)
    const deleted = reason instanceof StateSyncError && reason.code === 'document.not_found'
    this.#tell(deleted ? { kind: 'deleted' } : { kind: 'ended', error: reason })
    this.#listeners.clear()
    this.#pending = []
    this.#content.destroy()
    this.#init.onClosed(this)
  }

  #assertOpen(): void {
    if (this.#closed !== undefined) throw this.#closed
    this.#touchedAt = this.#init.clock.now()
  }

  #measure(operations: readonly OperationInput[]): number {
    const { limits } = this.#init
    if (operations.some(({ update }) => update.length > limits.operationBytes))
      throw new StateSyncError(
        'update.too_large',
        `An operation may have ${limits.operationBytes} bytes at most.`,
      )
    const bytes = bytesOf(operations)
    const waiting = this.pending
    if (
      waiting.bytes + bytes > limits.pendingBytes ||
      waiting.operations + operations.length > limits.pendingOperations
    )
      throw new StateSyncError('document.busy', 'More is written than can be kept. Try again in a moment.')
    const { snapshotBytes, logBytes } = this.#log
    if (snapshotBytes + logBytes + waiting.bytes + bytes > limits.documentBytes) {
      if (logBytes > snapshotBytes / 10) void this.compact()
      throw new StateSyncError(
        'document.too_large',
        `A document may have ${limits.documentBytes} bytes at most.`,
      )
    }
    return bytes
  }

  /** What arrives in the same turn of the event loop, from whomever, is one transaction. */
  #drainSoon(): void {
    this.#draining = true
    const wait = this.#pace.wait(performance.now())
    if (wait > 0) setTimeout(() => this.#drain(), wait)
    else setImmediate(() => this.#drain())
  }

  #drain(): void {
    const batch = this.#inbox
    this.#pace.begin(performance.now(), batch.length)
    // Sending it to everybody is part of what it costs.
    setImmediate(() => this.#pace.end(performance.now()))
    this.#inbox = []
    this.#inboxBytes = 0
    try {
      if (batch.length > 0) this.#take(operationsOf(batch))
    } catch {
      // Rare, and never a friend: one of them is no update. Each is tried on a document made anew.
      void this.#applyEach(batch)
      return
    }
    this.#settle(batch)
    this.#drainedOnce()
  }

  async #applyEach(batch: readonly Inbound[]): Promise<void> {
    try {
      await this.#rebuild()
      for (const one of batch) await this.#applyAlone(one)
    } catch (error) {
      for (const one of batch) one.reject(error)
      this.close(error instanceof Error ? error : new Error(String(error)))
    }
    this.#drainedOnce()
  }

  #drainedOnce(): void {
    this.#draining = false
    if (this.#inbox.length > 0 && this.#closed === undefined) this.#drainSoon()
    else for (const resolve of this.#whenDrained.splice(0)) resolve()
  }

  /** Applies, relays, and queues for the store. */
  #take(operations: readonly OperationInput[]): void {
    const { update, changed } = this.#content.apply(operations.map((operation) => operation.update))
    if (!changed) return
    for (const operation of operations) this.#pending.push(operation)
    this.#pendingBytes += bytesOf(operations)
    this.#version += operations.length
    if (update !== undefined) this.#tell({ kind: 'update', update })
    this.#init.onPending(this)
  }

  /** Acknowledges now what is durable already, the rest when it is. */
  #settle(batch: readonly Inbound[]): void {
    const version = this.#version
    for (const { resolve, reject } of batch) {
      if (version <= this.#durable) resolve(version)
      else this.#waiters.push({ version, resolve, reject })
    }
  }

  async #applyAlone(one: Inbound): Promise<void> {
    try {
      if (!one.operations.every(({ update }) => isUpdate(update))) throw new TypeError('not an update')
      this.#take(one.operations)
      this.#settle([one])
    } catch (cause) {
      one.reject(new StateSyncError('update.invalid', 'These bytes are no Yjs update.', { cause }))
      await this.#rebuild()
    }
  }

  /** The document as it was before a broken update touched it. */
  async #rebuild(): Promise<void> {
    const content = await this.#init.store.content(this.tenantId, this.id).catch((error: unknown) => {
      throw storeFailing(error)
    })
    if (content === undefined) throw new StateSyncError('document.not_found', 'There is no such document.')
    this.#content.destroy()
    this.#content = new DocumentContent([...updatesOf(content), ...this.uncommitted()])
  }

  #tell(event: DocumentEvent): void {
    for (const listener of this.#listeners) {
      try {
        listener(event)
      } catch (error) {
        this.#init.log.error({ action: 'document_listener_failed', document_id: this.id, err: error })
      }
    }
  }
}

const operationsOf = (batch: readonly Inbound[]): readonly OperationInput[] =>
  batch.length === 1 && batch[0] !== undefined ? batch[0].operations : batch.flatMap((one) => one.operations)

const bytesOf = (operations: readonly OperationInput[]): number =>
  operations.reduce((sum, { update }) => sum + update.length, 0)

const sizeOf = ({ snapshot, operations }: Content) => ({
  snapshotBytes: snapshot?.length ?? 0,
  logOperations: operations.length,
  logBytes: operations.reduce((sum, update) => sum + update.length, 0),
})
