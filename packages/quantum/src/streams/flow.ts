import { QuantumError } from '../errors.ts'

/** Flow control of a whole connection: bytes of all streams together (SPEC FLW-*). */
export class ConnectionFlow {
  readonly #window: number
  /** Fresh bytes we sent, and how many we may. */
  sent = 0
  sendLimit = 0
  /** Bytes the peer sent (highest offsets), those the application took, and how many may come. */
  received = 0
  consumed = 0
  limit: number

  constructor(window: number) {
    this.#window = window
    this.limit = window
  }

  get credit(): number {
    return this.sendLimit - this.sent
  }

  onReceived(bytes: number): void {
    this.received += bytes
    if (this.received > this.limit)
      throw new QuantumError('quantum.flow_control', 'The peer sends more than the connection allows.')
  }

  /** A new limit worth telling the peer, or 0. */
  nextLimit(): number {
    const next = this.consumed + this.#window
    if (next - this.limit < this.#window / 4) return 0
    this.limit = next
    return next
  }
}
