import type { ByteReader } from './byte-reader.ts'
import type { ByteWriter } from './byte-writer.ts'
import { malformed } from './errors.ts'
import { type Bound, FIRST_BOUND, ID_BYTES, INFINITE, isBefore, MAX_TIMESTAMP } from './item.ts'

/** Version 1 of the protocol; versions are 0x60 to 0x6f (WIRE-1). */
export const VERSION_BYTE = 0x61

export const Mode = { skip: 0, fingerprint: 1, idList: 2 } as const

/** Writes bounds; timestamps as differences from the one before in the same message (WIRE-3). */
export class BoundWriter {
  #last = 0

  write(writer: ByteWriter, { timestamp, prefix }: Bound): void {
    if (timestamp === INFINITE) writer.varint(0)
    else {
      writer.varint(1 + timestamp - this.#last)
      this.#last = timestamp
    }
    writer.varint(prefix.length)
    writer.bytes(prefix)
  }
}

/** Reads bounds and holds them to their order (WIRE-5). */
export class BoundReader {
  #last: Bound = FIRST_BOUND

  read(reader: ByteReader): Bound {
    const last = this.#last
    if (last.timestamp === INFINITE) throw malformed('A range follows the last bound.')
    const difference = reader.varint()
    const timestamp = difference === 0 ? INFINITE : last.timestamp + difference - 1
    if (timestamp !== INFINITE && timestamp > MAX_TIMESTAMP)
      throw malformed('A timestamp is larger than 2^53 - 2.')
    const length = reader.varint()
    if (length > ID_BYTES) throw malformed('A bound is longer than an id.')
    const bound = { timestamp, prefix: reader.bytes(length) }
    if (isBefore(bound, last)) throw malformed('Bounds are out of order.')
    this.#last = bound
    return bound
  }
}
