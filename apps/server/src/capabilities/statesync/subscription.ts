import type { MessageInitShape } from '@bufbuild/protobuf'
import type { SubscribeDocumentResponseSchema } from '@stoa/contracts/statesync'
import type { StateSyncEngine } from './engine/engine.ts'
import type { LiveDocument } from './engine/live-document.ts'
import type { DocumentEvent } from './engine/subscribers.ts'
import { StateSyncError } from './errors.ts'
import type { StateSyncStore } from './store/store.ts'

type Reply = MessageInitShape<typeof SubscribeDocumentResponseSchema>

/** What may wait for one slow reader; then its stream ends and it resumes. */
const QUEUE_BYTES = 16 * 1024 * 1024
/** From so many missed operations on, the whole state is less than their sum. */
const REPLAY_OPERATIONS = 1_000

/** What was applied after `afterVersion`, then what is applied, until `signal` aborts. */
export async function* follow(
  engine: StateSyncEngine,
  store: StateSyncStore,
  ids: { readonly tenantId: string; readonly documentId: string },
  afterVersion: number | undefined,
  signal: AbortSignal,
): AsyncGenerator<Reply> {
  const document = await engine.document(ids.tenantId, ids.documentId)
  const queue = new Queue(signal)
  const unsubscribe = document.subscribe((event) => queue.push(event))
  try {
    if (afterVersion !== undefined) yield* missed(document, store, afterVersion)
    yield {
      event: {
        case: 'ready',
        value: { version: BigInt(document.durableVersion), stateVector: document.stateVector() },
      },
    }
    if (document.storeFailing) yield { event: { case: 'health', value: { storeFailing: true } } }
    for await (const event of queue) {
      if (event.kind === 'ended') throw event.error
      yield replyOf(event)
      if (event.kind === 'deleted') return
    }
  } finally {
    unsubscribe()
  }
}

async function* missed(document: LiveDocument, store: StateSyncStore, after: number): AsyncGenerator<Reply> {
  // Taken before the log is read: what is committed meanwhile is in one of the two.
  const uncommitted = document.uncommitted()
  const logged = await store.operations(document.tenantId, document.id, after, REPLAY_OPERATIONS)
  if (
    logged === undefined ||
    logged.truncated ||
    logged.operations.length >= REPLAY_OPERATIONS ||
    after > document.version
  ) {
    const state = document.missingFrom(new Uint8Array())
    yield { event: { case: 'state', value: { version: BigInt(document.durableVersion), state } } }
    return
  }
  for (const update of [...logged.operations.map((operation) => operation.update), ...uncommitted])
    yield { event: { case: 'update', value: { update } } }
}

function replyOf(event: Exclude<DocumentEvent, { kind: 'ended' }>): Reply {
  switch (event.kind) {
    case 'update':
      return { event: { case: 'update', value: { update: event.update } } }
    case 'committed':
      return { event: { case: 'committed', value: { version: BigInt(event.version) } } }
    case 'health':
      return { event: { case: 'health', value: { storeFailing: event.storeFailing } } }
    case 'deleted':
      return { event: { case: 'deleted', value: {} } }
  }
}

/** Events for one reader, bounded by their bytes. */
class Queue implements AsyncIterable<DocumentEvent> {
  readonly #signal: AbortSignal
  #items: DocumentEvent[] = []
  #bytes = 0
  #wake: (() => void) | undefined

  constructor(signal: AbortSignal) {
    this.#signal = signal
    signal.addEventListener('abort', () => this.#wake?.(), { once: true })
  }

  push(event: DocumentEvent): void {
    this.#bytes += event.kind === 'update' ? event.update.length : 0
    if (this.#bytes > QUEUE_BYTES) {
      const error = new StateSyncError('document.busy', 'The reader is too slow. Subscribe again.')
      this.#items = [{ kind: 'ended', error }]
    } else this.#items.push(event)
    this.#wake?.()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<DocumentEvent> {
    while (!this.#signal.aborted) {
      const items = this.#items
      this.#items = []
      this.#bytes = 0
      yield* items
      if (this.#items.length > 0) continue
      await new Promise<void>((resolve) => {
        this.#wake = resolve
        if (this.#signal.aborted) resolve()
      })
    }
  }
}
