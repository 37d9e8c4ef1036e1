import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from '@stoa/kernel'
import { documentMoved } from '../errors.ts'
import type { Append, StateSyncStore } from '../store/store.ts'
import type { LiveDocument } from './live-document.ts'

export interface CommitterInit {
  readonly store: Pick<StateSyncStore, 'append'>
  readonly log: Logger
  readonly onCommit: (outcome: 'committed' | 'failed', operations: number, seconds: number) => void
  /** The content of a document was changed, durably. */
  readonly onChanged?: ((tenantId: string, documentId: string) => void) | undefined
}

/** What a commit wants of a document. */
type Committed = Pick<LiveDocument, 'tenantId' | 'id' | 'nextAppend' | 'committed' | 'commitFailed' | 'close'>

/**
 * Commits of one tenant begin at least this far apart, in milliseconds: writers see each other's edits before that anyway, and
 * what is typed meanwhile shares the next. Who waits for each acknowledgement before writing on is not held up.
 */
const WINDOW_MS = { waiting: 4, typing: 40 } as const
/** What comes so soon after a commit that left nothing over was waiting for it; milliseconds. */
const PROMPT_MS = 3
/** Documents and bytes of one transaction. */
const MOST_DOCUMENTS = 256
const MOST_BYTES = 8 * 1024 * 1024
const LONGEST_BACKOFF_MS = 2_000

/**
 * Group commit: what many documents of one tenant have to write goes into one transaction; while it is on its way, the next
 * one fills. One transaction per tenant at a time keeps the order.
 */
export class Committer {
  readonly #init: CommitterInit
  readonly #dirty = new Map<string, Set<Committed>>()
  readonly #running = new Map<string, Promise<void>>()
  /** Tenants between two commits with nothing left to write: what to do when something comes. */
  readonly #resting = new Map<string, () => void>()
  #stopping = false

  constructor(init: CommitterInit) {
    this.#init = init
  }

  enqueue(document: Committed): void {
    const documents = this.#dirty.get(document.tenantId) ?? new Set()
    this.#dirty.set(document.tenantId, documents.add(document))
    this.#resting.get(document.tenantId)?.()
    if (this.#running.has(document.tenantId)) return
    this.#running.set(document.tenantId, this.#run(document.tenantId))
  }

  /** Resolves when everything is written, or the store has failed once more. */
  async stop(): Promise<void> {
    this.#stopping = true
    await Promise.all(this.#running.values())
  }

  async #run(tenantId: string): Promise<void> {
    // What is added in the same turn of the event loop shares the first transaction.
    await Promise.resolve()
    for (let failures = 0; this.#dirty.has(tenantId); ) {
      const startedAt = performance.now()
      const batch = this.#take(tenantId)
      if (batch.length === 0) continue
      const ok = await this.#commit(tenantId, batch, startedAt)
      failures = ok ? 0 : failures + 1
      if (!ok && this.#stopping) break
      if (!ok) await delay(Math.min(LONGEST_BACKOFF_MS, 50 * 2 ** failures))
      else if (!this.#stopping) await this.#rest(tenantId, startedAt)
    }
    this.#running.delete(tenantId)
  }

  /** Until the next commit of a tenant may begin, whose last one has ended now. */
  async #rest(tenantId: string, startedAt: number): Promise<void> {
    const endedAt = performance.now()
    const { promise, resolve } = Promise.withResolvers<void>()
    const until = (window: number) => setTimeout(resolve, Math.max(0, startedAt + window - performance.now()))
    let timer = until(WINDOW_MS.typing)
    const hurry = () => {
      if (performance.now() - endedAt >= PROMPT_MS) return
      clearTimeout(timer)
      timer = until(WINDOW_MS.waiting)
    }
    if (!this.#dirty.has(tenantId)) this.#resting.set(tenantId, hurry)
    await promise
    this.#resting.delete(tenantId)
  }

  #take(tenantId: string): [Committed, Append][] {
    const documents = this.#dirty.get(tenantId) ?? new Set()
    const batch: [Committed, Append][] = []
    let bytes = 0
    for (const document of documents) {
      if (batch.length >= MOST_DOCUMENTS || bytes >= MOST_BYTES) break
      documents.delete(document)
      const append = document.nextAppend()
      if (append === undefined) continue
      bytes += append.operations.reduce((sum, { update }) => sum + update.length, 0)
      batch.push([document, append])
    }
    if (documents.size === 0) this.#dirty.delete(tenantId)
    return batch
  }

  async #commit(
    tenantId: string,
    batch: readonly [Committed, Append][],
    startedAt: number,
  ): Promise<boolean> {
    const operations = operationsOf(batch)
    const seconds = () => (performance.now() - startedAt) / 1000
    try {
      const taken = await this.#init.store.append(
        tenantId,
        batch.map(([, append]) => append),
      )
      for (const [document, append] of batch) {
        if (taken.has(document.id)) {
          document.committed(append)
          this.#init.onChanged?.(tenantId, document.id)
        } else document.close(documentMoved())
      }
      this.#init.onCommit('committed', operations, seconds())
      return true
    } catch (error) {
      this.#init.onCommit('failed', operations, seconds())
      this.#init.log.error({ action: 'commit_failed', tenant_id: tenantId, operations, err: error })
      for (const [document] of batch) {
        document.commitFailed(error)
        const documents = this.#dirty.get(tenantId) ?? new Set()
        this.#dirty.set(tenantId, documents.add(document))
      }
      return false
    }
  }
}

const operationsOf = (batch: readonly [Committed, Append][]): number =>
  batch.reduce((sum, [, append]) => sum + append.operations.length, 0)
