import type { Stream } from '../streams/stream.ts'

/** A frame whose fate matters, as part of a packet that was sent; a packet's frames are a linked list. */
export type Sent =
  | {
      kind: 'stream' | 'repetition'
      stream: Stream
      offset: number
      length: number
      fin: boolean
      next: Sent | undefined
    }
  | { kind: 'crypto'; space: number; offset: number; length: number; next: Sent | undefined }
  | { kind: 'control'; frame: ControlFrame; next: Sent | undefined }
  | { kind: 'ack'; space: number; largest: number; next: Sent | undefined }
  | { kind: 'probe'; size: number; next: Sent | undefined }

/** A rare frame that is sent again until it is acknowledged or no longer true. */
export interface ControlFrame {
  /** Most bytes it takes. */
  readonly size: number
  write(out: Uint8Array, at: number): number
  /** False: outdated, not worth sending (again). */
  needed(): boolean
  acked?(): void
}

/** Control frames waiting for a packet. */
export class ControlQueue {
  readonly #waiting: ControlFrame[] = []

  get empty(): boolean {
    return this.#waiting.length === 0
  }

  add(frame: ControlFrame): void {
    this.#waiting.push(frame)
  }

  /** The next frame that is needed and takes at most `space` bytes. */
  take(space: number): ControlFrame | undefined {
    while (this.#waiting.length > 0 && !this.#waiting[0]!.needed()) this.#waiting.shift()
    const first = this.#waiting[0]
    return first && first.size <= space ? this.#waiting.shift() : undefined
  }

  clear(): void {
    this.#waiting.length = 0
  }
}
