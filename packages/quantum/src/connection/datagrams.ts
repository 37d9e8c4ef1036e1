import { varintLength } from '../wire/varint.ts'

/** What a packet needs beside the largest datagram: header, tag, length, and room for a repair symbol's margin. */
export const DATAGRAM_OVERHEAD = 128

/** Datagrams waiting for a packet; when there are too many the oldest go, as on any network. */
export class Datagrams {
  readonly #waiting: { data: Uint8Array; idempotent: boolean }[] = []
  readonly #most = 256
  dropped = 0

  add(data: Uint8Array, idempotent: boolean): void {
    if (this.#waiting.length >= this.#most) {
      this.#waiting.shift()
      this.dropped++
    }
    this.#waiting.push({ data, idempotent })
  }

  hasWork(early: boolean): boolean {
    const first = this.#waiting[0]
    return first !== undefined && (!early || first.idempotent)
  }

  /** The next one, if it fits `space` bytes with its header. One that can never fit (`largest`) is dropped. */
  take(space: number, largest: number, early: boolean): Uint8Array | undefined {
    while (this.hasWork(early)) {
      const { data } = this.#waiting[0]!
      const needed = 1 + varintLength(data.length) + data.length
      if (needed > largest) {
        this.#waiting.shift()
        this.dropped++
      } else return needed <= space ? this.#waiting.shift()!.data : undefined
    }
    return undefined
  }

  clear(): void {
    this.#waiting.length = 0
  }
}
