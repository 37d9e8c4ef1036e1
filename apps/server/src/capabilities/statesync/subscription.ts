import type { MessageInitShape } from '@bufbuild/protobuf'
import type { SubscribeDocumentResponseSchema } from '@stoa/contracts/statesync'
import type { StateSyncEngine } from './engine/engine.ts'
import type { LiveDocument } from './engine/live-document.ts'
import type { DocumentEvent, DocumentListener } from './engine/subscribers.ts'
import { StateSyncError } from './errors.ts'
import type { StateSyncStore } from './store/store.ts'

type Reply = MessageInitShape<typeof SubscribeDocumentResponseSchema>

/** What may wait for one slow reader; then its stream ends and it resumes. */
const QUEUE_BYTES = 16 * 1024 * 1024
/** From so many missed operations on, the whole state is less than their sum. */
const REPLAY_OPERATIONS = 1_000

/** What was applied after `afterVersion`, then what is applied, until `signal` aborts. */
export function follow(
  engine: StateSyncEngine,
  store: StateSyncStore,
  ids: { readonly tenantId: string; readonly documentId: string },
  afterVersion: number | undefined,
  signal: AbortSignal,
): AsyncIterableIterator<Reply> {
  return new Following(signal, async (listener) => {
    const document = await engine.document(ids.tenantId, ids.documentId)
    const unsubscribe = document.subscribe(listener)
    return { unsubscribe, replies: beginning(document, store, afterVersion) }
  })
}

/** What a follower is told before it is live. */
async function* beginning(
  document: LiveDocument,
  store: StateSyncStore,
  afterVersion: number | undefined,
): AsyncGenerator<Reply> {
  if (afterVersion !== undefined) yield* missed(document, store, afterVersion)
  const ready = { version: BigInt(document.durableVersion), stateVector: document.stateVector() }
  yield { event: { case: 'ready', value: ready } }
  if (document.storeFailing) yield { event: { case: 'health', value: { storeFailing: true } } }
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

function replyOf(event: Exclude<DocumentEvent, Ended>): Reply {
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

/** A subscription that has begun: how to end it, and what comes before its events. */
interface Begun {
  readonly unsubscribe: () => void
  readonly replies: AsyncIterator<Reply>
}

const END: IteratorReturnResult<undefined> = { done: true, value: undefined }

/**
 * The replies for one follower, whose events are bounded by their bytes. Asked for one at a time. Whoever waits for an event is
 * given it as it happens: this is the way of every edit to everybody else, and a chain of generators would be most of its cost.
 */
class Following implements AsyncIterableIterator<Reply> {
  readonly #signal: AbortSignal
  readonly #begin: (listener: DocumentListener) => Promise<Begun>
  #begun: Begun | undefined
  #isLive = false
  #ended = false
  #events: Exclude<DocumentEvent, Ended>[] = []
  /** The first of the events that was not taken. */
  #at = 0
  #bytes = 0
  #failure: Error | undefined
  #waiting: PromiseWithResolvers<IteratorResult<Reply>> | undefined

  constructor(signal: AbortSignal, begin: (listener: DocumentListener) => Promise<Begun>) {
    this.#signal = signal
    this.#begin = begin
    if (signal.aborted) this.#ended = true
    else signal.addEventListener('abort', this.#end, { once: true })
  }

  next(): Promise<IteratorResult<Reply>> {
    return this.#isLive || this.#ended ? this.#nextEvent() : this.#nextOfBeginning()
  }

  async return(): Promise<IteratorResult<Reply>> {
    this.#end()
    return END
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  async #nextOfBeginning(): Promise<IteratorResult<Reply>> {
    try {
      this.#begun ??= await this.#begin((event) => this.#hear(event))
      // Ended meanwhile.
      if (this.#ended) this.#begun.unsubscribe()
      else {
        const reply = await this.#begun.replies.next()
        if (reply.done !== true) return reply
        this.#isLive = true
      }
    } catch (error) {
      this.#end()
      throw error
    }
    return this.#nextEvent()
  }

  #nextEvent(): Promise<IteratorResult<Reply>> {
    if (this.#ended) return Promise.resolve(END)
    const event = this.#events[this.#at]
    if (event !== undefined) return Promise.resolve({ done: false, value: this.#take(event) })
    if (this.#failure !== undefined) {
      this.#end()
      return Promise.reject(this.#failure)
    }
    this.#waiting = Promise.withResolvers()
    return this.#waiting.promise
  }

  #take(event: Exclude<DocumentEvent, Ended>): Reply {
    this.#at += 1
    this.#bytes -= bytesOf(event)
    // Now and then, not each time: so a long queue is not moved for each of its events.
    if (this.#at * 2 >= this.#events.length) {
      this.#events = this.#events.slice(this.#at)
      this.#at = 0
    }
    if (event.kind === 'deleted') this.#end()
    return replyOf(event)
  }

  #hear(event: DocumentEvent): void {
    if (this.#ended || this.#failure !== undefined) return
    if (event.kind === 'ended') this.#failure = event.error
    else {
      this.#events.push(event)
      this.#bytes += bytesOf(event)
      if (this.#bytes > QUEUE_BYTES) {
        this.#events = []
        this.#at = 0
        this.#failure = new StateSyncError('document.busy', 'The reader is too slow. Subscribe again.')
      }
    }
    this.#wake()
  }

  #wake(): void {
    const waiting = this.#waiting
    if (waiting === undefined) return
    this.#waiting = undefined
    const event = this.#events[this.#at]
    if (event !== undefined) waiting.resolve({ done: false, value: this.#take(event) })
    else if (this.#failure !== undefined) {
      this.#end()
      waiting.reject(this.#failure)
    }
  }

  readonly #end = (): void => {
    if (this.#ended) return
    this.#ended = true
    this.#signal.removeEventListener('abort', this.#end)
    this.#begun?.unsubscribe()
    this.#waiting?.resolve(END)
  }
}

type Ended = Extract<DocumentEvent, { kind: 'ended' }>

const bytesOf = (event: DocumentEvent): number => (event.kind === 'update' ? event.update.length : 0)
