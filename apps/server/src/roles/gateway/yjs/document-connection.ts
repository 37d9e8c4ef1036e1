import {
  type CloseReason,
  type DocumentMessage,
  decodeDocumentMessage,
  encodeDocumentMessage,
  MalformedBytes,
} from '@stoa/contracts/realtime'
import { isStoaError, type Logger } from '@stoa/kernel'
import type { TicketGrant } from '../../../capabilities/realtime/index.ts'
import type { CallOptions } from '../../../platform/rpc/types.ts'
import type { Channel } from '../socket.ts'
import { decodeAwareness } from './awareness.ts'
import type { DocumentHub } from './document-hub.ts'
import { Outgoing } from './outgoing.ts'
import { UpdateWriter } from './writer.ts'

export interface DocumentConnectionInit {
  readonly hub: DocumentHub
  readonly grant: TicketGrant
  readonly channel: Channel
  readonly traceparent: string | undefined
  readonly log: Logger
  readonly onSlow: (what: 'resynced' | 'closed') => void
}

/** Who is here is told to one client at most this often; milliseconds. */
const TELL_MS = 50

/**
 * One client in one document, over any channel: the y-websocket protocol, and our extension for clients that say hello.
 * What a client asks for again while it is being answered is answered once.
 */
export class DocumentConnection {
  readonly grant: TicketGrant
  readonly #init: DocumentConnectionInit
  readonly #writer: UpdateWriter
  readonly #outgoing: Outgoing
  #extended = false
  #ended = false
  #acknowledged = 0
  #asked: Uint8Array | undefined
  #answering = false
  #toldAt = Number.NEGATIVE_INFINITY

  constructor(init: DocumentConnectionInit) {
    this.#init = init
    this.grant = init.grant
    this.#outgoing = new Outgoing({
      channel: init.channel,
      catchUp: () => this.#catchUp(),
      tooSlow: () => {
        init.onSlow('closed')
        this.end('slow', 'You do not take what you are sent.')
      },
    })
    this.#writer = new UpdateWriter({
      apply: (updates) => this.#apply(updates),
      onAck: (seq) => {
        this.#acknowledged = seq
        this.#tellDurable()
      },
      onRefused: (seq, code, message) => this.#refuse(seq, code, message),
      onPressure: (high) => (high ? init.channel.pause() : init.channel.resume()),
      log: init.log,
    })
    init.hub.join(this)
    this.#tellEverybody()
  }

  /** One message of the client. */
  receive(bytes: Uint8Array): void {
    if (this.#ended) return
    try {
      this.#handle(decodeDocumentMessage(bytes))
    } catch (error) {
      if (!(error instanceof MalformedBytes)) throw error
      this.#init.log.warn({ action: 'document_message_malformed', why: error.message })
      this.end('malformed', error.message)
    }
  }

  /** The client is gone. */
  closed(): void {
    if (this.#ended) return
    this.#ended = true
    this.#outgoing.close()
    this.#writer.close()
    this.#init.hub.leave(this)
  }

  end(reason: CloseReason, text: string): void {
    if (this.#ended) return
    this.#init.channel.close(reason, text)
    this.closed()
  }

  /** Whether nothing of this client waits to be stored. */
  get settled(): boolean {
    return this.#writer.idle
  }

  /** A finished update message for everybody in the document. */
  relay(message: Uint8Array): void {
    this.#outgoing.send(message)
  }

  relayAwareness(message: Uint8Array): void {
    this.#outgoing.sendAwareness(message)
  }

  /** The service has begun anew with this state: what it lacks is with us. */
  askForMissing(stateVector: Uint8Array): void {
    if (this.grant.mode === 'write') this.#send({ kind: 'step1', stateVector })
  }

  tellStatus(): void {
    if (this.#extended) this.#send({ kind: 'status', mode: this.grant.mode, storing: this.#init.hub.storing })
  }

  #tellDurable(): void {
    if (this.#extended && this.#acknowledged > 0) this.#send({ kind: 'ack', seq: this.#acknowledged })
  }

  /** What was acknowledged before the first one is said with it. */
  #hello(): void {
    const isFirst = !this.#extended
    this.#extended = true
    this.tellStatus()
    if (isFirst) this.#tellDurable()
  }

  #send(message: DocumentMessage): void {
    this.#outgoing.send(encodeDocumentMessage(message))
  }

  #handle(message: DocumentMessage): void {
    switch (message.kind) {
      case 'step1':
        this.#ask(message.stateVector)
        break
      case 'step2':
      case 'update':
        this.#write(message.update, 0)
        break
      case 'numbered':
        this.#write(message.update, message.seq)
        break
      case 'awareness':
        this.#init.hub.awareness.set(this, this.grant.context.accountId, decodeAwareness(message.update))
        this.#init.hub.newsOfAwareness()
        break
      case 'query-awareness':
        this.#tellEverybody()
        break
      case 'hello':
        this.#hello()
        break
      default:
        throw new MalformedBytes('that is not said here')
    }
  }

  /** Who is here. */
  #tellEverybody(): void {
    const now = performance.now()
    if (now - this.#toldAt < TELL_MS) return
    this.#toldAt = now
    const everybody = this.#init.hub.awareness.everybody()
    if (everybody !== undefined) this.#outgoing.sendAwareness(everybody)
  }

  #write(update: Uint8Array, seq: number): void {
    // An empty update (no structs, no deletions) is what a stock client sends when it has nothing new.
    if (seq === 0 && update.length === 2 && update[0] === 0 && update[1] === 0) return
    if (this.grant.mode === 'write') this.#writer.add(update, seq)
    else if (seq > 0) this.#refuse(seq, 'document.read_only', 'You may read this document, not change it.')
  }

  async #apply(updates: readonly Uint8Array[]): Promise<void> {
    const { hub } = this.#init
    const userId = this.grant.context.accountId
    await hub.statesync.applyOperations(
      {
        tenantId: hub.tenantId,
        documentId: hub.documentId,
        operations: updates.map((update) => ({ userId, update })),
      },
      this.#call,
    )
  }

  /** What goes with every call to the services. */
  get #call(): CallOptions {
    const { traceparent } = this.#init
    return traceparent === undefined ? {} : { traceparent }
  }

  #refuse(seq: number, code: string, message: string): void {
    if (this.#extended) this.#send({ kind: 'refused', seq, code, message })
    if (code === 'document.read_only') return
    this.end(
      code === 'update.invalid' ? 'malformed' : code === 'document.not_found' ? 'notFound' : 'tooLarge',
      message,
    )
  }

  /** One answer at a time; of what is asked meanwhile the last counts. */
  #ask(stateVector: Uint8Array): void {
    this.#asked = stateVector
    if (!this.#answering) void this.#answerAll()
  }

  async #answerAll(): Promise<void> {
    this.#answering = true
    for (let asked = this.#asked; asked !== undefined && !this.#ended; asked = this.#asked) {
      this.#asked = undefined
      await this.#answer(asked)
    }
    this.#answering = false
  }

  /** What the client lacks, then the question for what we lack. */
  async #answer(stateVector: Uint8Array): Promise<void> {
    const { hub } = this.#init
    try {
      await hub.live
      const { tenantId, documentId } = hub
      const reply = await hub.statesync.getDocument({ tenantId, documentId, stateVector }, this.#call)
      if (this.#ended) return
      this.#outgoing.sendState(encodeDocumentMessage({ kind: 'step2', update: reply.state }))
      this.askForMissing(reply.stateVector)
    } catch (error) {
      const code = isStoaError(error) ? error.code : 'unknown'
      if (code === 'document.not_found') return this.end('notFound', 'There is no such document.')
      if (code === 'document.invalid') return this.end('malformed', 'The state vector cannot be read.')
      this.#init.log.warn({ action: 'document_state_unavailable', code, err: error })
      this.end('overloaded', 'The document cannot be read now.')
    }
  }

  /** The whole state: what was left out is in it, and Yjs takes only what is new. Then whatever else was not said. */
  async #catchUp(): Promise<void> {
    if (this.#ended) return
    this.#init.onSlow('resynced')
    this.#ask(new Uint8Array([0]))
    this.tellStatus()
    this.#tellDurable()
    this.#tellEverybody()
  }
}
