import type { Channel } from '../socket.ts'

export interface OutgoingInit {
  readonly channel: Channel
  /** The client takes again what it is sent: everything it has missed is to be sent once more. */
  readonly catchUp: () => Promise<void>
  /** It has not taken anything for too long. */
  readonly tooSlow: () => void
}

/** From here on nothing is added to what a client has not taken; below the second it is brought up to date again. */
const LAGGING_BYTES = 1024 * 1024
const CAUGHT_UP_BYTES = 64 * 1024
/** Awareness is the first to go. */
const AWARENESS_BYTES = 128 * 1024
const LAG_CHECK_MS = 100
/** A client that has not caught up after this is let go. */
const LONGEST_LAG_MS = 30_000

/**
 * What is sent to one client of a document. Memory is bounded by one state of the document and a megabyte: a client that does
 * not keep up is sent nothing until it has, then everything at once.
 */
export class Outgoing {
  readonly #init: OutgoingInit
  /** Bytes of a whole state that is on its way: those it may be behind by without lagging. */
  #owed = 0
  #laggingSince: number | undefined
  #timer: NodeJS.Timeout | undefined

  constructor(init: OutgoingInit) {
    this.#init = init
  }

  /** Sends it, unless the client lags: then catching up will say the same. */
  send(message: Uint8Array): void {
    if (this.#fits(message.length)) this.#init.channel.send(message)
  }

  sendAwareness(message: Uint8Array): void {
    const { channel } = this.#init
    if (this.#laggingSince === undefined && channel.buffered < AWARENESS_BYTES) channel.send(message)
  }

  /** The whole state, or a large part of it; one at a time is on its way. */
  sendState(message: Uint8Array): void {
    if (!this.#fits(0)) return
    if (this.#owed > 0) this.#lag()
    else {
      this.#owed = message.length
      this.#init.channel.send(message)
    }
  }

  close(): void {
    clearInterval(this.#timer)
  }

  #fits(length: number): boolean {
    if (this.#laggingSince !== undefined) return false
    const { buffered } = this.#init.channel
    if (buffered <= CAUGHT_UP_BYTES) this.#owed = 0
    if (buffered === 0 || buffered + length <= LAGGING_BYTES + this.#owed) return true
    this.#lag()
    return false
  }

  #lag(): void {
    const { channel, catchUp, tooSlow } = this.#init
    const since = performance.now()
    this.#laggingSince = since
    this.#timer = setInterval(() => {
      if (channel.buffered > CAUGHT_UP_BYTES) {
        if (performance.now() - since > LONGEST_LAG_MS) tooSlow()
        return
      }
      clearInterval(this.#timer)
      this.#laggingSince = undefined
      void catchUp()
    }, LAG_CHECK_MS)
  }
}
