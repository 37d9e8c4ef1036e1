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

/**
 * Commits of one tenant begin at least this far apart, in milliseconds: further when several share one, whose writers see
 * each other's edits before that anyway; who writes alone and waits for each acknowledgement is not held up.
 */
const WINDOW_MS = { alone: 4, shared: 20 } as const
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
  readonly #dirty = new Map<string, Set<LiveDocument>>()
  readonly #running = new Map<string, Promise<void>>()
  #stopping = false

  constructor(init: CommitterInit) {
    this.#init = init
  }

  enqueue(document: LiveDocument): void {
    const documents = this.#dirty.get(document.tenantId) ?? new Set()
    this.#dirty.set(document.tenantId, documents.add(document))
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
      const wait = ok ? this.#window(startedAt, batch) : Math.min(LONGEST_BACKOFF_MS, 50 * 2 ** failures)
      if (wait > 0) await delay(wait)
    }
    this.#running.delete(tenantId)
  }

  #window(startedAt: number, batch: readonly [LiveDocument, Append][]): number {
    if (this.#stopping) return 0
    const window = operationsOf(batch) > 1 ? WINDOW_MS.shared : WINDOW_MS.alone
    return window - (performance.now() - startedAt)
  }

  #take(tenantId: string): [LiveDocument, Append][] {
    const documents = this.#dirty.get(tenantId) ?? new Set()
    const batch: [LiveDocument, Append][] = []
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
    batch: readonly [LiveDocument, Append][],
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

const operationsOf = (batch: readonly [LiveDocument, Append][]): number =>
  batch.reduce((sum, [, append]) => sum + append.operations.length, 0)
