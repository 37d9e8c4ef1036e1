import { Socket } from 'node:net'

type Done = (error?: Error | null) => void

/**
 * A socket whose writes of one turn of the event loop leave together. The driver writes each message of the protocol on its
 * own; statements that go out without waiting for each other then cost one system call, and wake the server once.
 */
export class BatchingSocket extends Socket {
  #held = false

  override write(chunk: string | Uint8Array, done?: Done): boolean
  override write(chunk: string | Uint8Array, encoding?: BufferEncoding, done?: Done): boolean
  override write(chunk: string | Uint8Array, encoding?: BufferEncoding | Done, done?: Done): boolean {
    this.#hold()
    return typeof encoding === 'function' ? super.write(chunk, encoding) : super.write(chunk, encoding, done)
  }

  #hold(): void {
    if (this.#held) return
    this.#held = true
    this.cork()
    process.nextTick(() => {
      this.#held = false
      this.uncork()
    })
  }
}
