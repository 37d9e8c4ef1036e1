import { StreamKind } from '../wire/constants.ts'
import type { ReceivePart } from './receive-part.ts'
import type { SendPart } from './send-part.ts'

/** What the opener of a stream chooses; the other side learns kind and direction from its id (STR-1). */
export interface StreamOptions {
  /** Default `bytes`. */
  kind?: 'bytes' | 'messages' | 'unordered'
  /** Only the opener sends. */
  unidirectional?: boolean
  /** 0 (first) to 7 (last). Default: 2 for messages, 4 for bytes. */
  priority?: number
  /** Small data that must not wait for lost packets: it is repeated ahead of loss. Default: true for messages. */
  latencySensitive?: boolean
  /** May be done twice without harm: only such streams may be sent before the server has answered (0-RTT). */
  idempotent?: boolean
}

const KINDS = {
  bytes: StreamKind.bytes,
  messages: StreamKind.messages,
  unordered: StreamKind.unordered,
} as const
const NAMES = ['bytes', 'messages', 'unordered'] as const

export const kindOf = (name: 'bytes' | 'messages' | 'unordered' = 'bytes'): StreamKind => KINDS[name]

/** What a stream asks of its connection. */
export interface StreamOwner {
  /** There is something to send. */
  onWork(stream: Stream): void
  onRead(stream: Stream): void
  onReset(stream: Stream): void
  onStop(stream: Stream, code: number): void
}

/**
 * One stream as the engine has it. Hosts set the callbacks; they are called while a datagram is being read or an
 * acknowledgement handled, and must not throw.
 */
export class Stream {
  readonly id: number
  readonly kind: StreamKind
  readonly sender: SendPart | undefined
  readonly receiver: ReceivePart | undefined
  readonly #owner: StreamOwner
  priority: number
  latencySensitive: boolean
  idempotent: boolean
  /** Carried before the handshake was done: may be a replay by somebody else, at most once. */
  early = false
  /** In the scheduler's queue. */
  queued = false
  onReadable: (() => void) | undefined
  /** Bytes were acknowledged, or the peer stopped the stream. */
  onWritable: (() => void) | undefined
  /** Both halves are done, or the connection is. */
  onClosed: (() => void) | undefined

  constructor(
    id: number,
    parts: { sender: SendPart | undefined; receiver: ReceivePart | undefined },
    owner: StreamOwner,
    options: StreamOptions,
  ) {
    this.id = id
    this.kind = kindOfId(id)
    this.sender = parts.sender
    this.receiver = parts.receiver
    this.#owner = owner
    const messages = this.kind !== StreamKind.bytes
    this.priority = Math.min(7, Math.max(0, options.priority ?? (messages ? 2 : 4)))
    this.latencySensitive = options.latencySensitive ?? messages
    this.idempotent = options.idempotent ?? false
  }

  get kindName(): 'bytes' | 'messages' | 'unordered' {
    return NAMES[this.kind]
  }

  /** Bytes written and not acknowledged. */
  get buffered(): number {
    return this.sender?.held ?? 0
  }

  get finished(): boolean {
    return (this.sender?.finished ?? true) && (this.receiver?.finished ?? true)
  }

  /** Hands bytes over; they must not change until acknowledged. */
  write(data: Uint8Array): void {
    this.sender?.write(data)
    this.#owner.onWork(this)
  }

  /** As `write`, but the bytes are the caller's again at once. */
  writeCopy(data: Uint8Array): void {
    this.sender?.writeCopy(data)
    this.#owner.onWork(this)
  }

  writeMessage(data: Uint8Array): void {
    this.sender?.writeMessage(data)
    this.#owner.onWork(this)
  }

  end(): void {
    this.sender?.finish()
    this.#owner.onWork(this)
  }

  /** Ends the sending half at once; what was not acknowledged may never arrive. */
  reset(code: number): void {
    if (!this.sender || this.sender.finished || this.sender.resetCode !== undefined) return
    this.sender.reset(code)
    this.#owner.onReset(this)
  }

  /** Asks the peer to send no more. */
  stop(code: number): void {
    if (!this.receiver || this.receiver.finished || this.receiver.stopped) return
    this.receiver.stop()
    this.#owner.onStop(this, code)
    this.#owner.onRead(this)
  }

  read(): Uint8Array | undefined {
    const data = this.receiver?.read()
    if (data) this.#owner.onRead(this)
    return data
  }

  readMessage(): Uint8Array | undefined {
    const message = this.receiver?.readMessage()
    if (message) this.#owner.onRead(this)
    return message
  }
}

/** Bits 2 and 3 of a stream id. */
export function kindOfId(id: number): StreamKind {
  const kind = (id >>> 2) & 3
  return kind === 1 ? StreamKind.messages : kind === 2 ? StreamKind.unordered : StreamKind.bytes
}
