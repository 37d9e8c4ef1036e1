import { FileTruncatedError } from '../errors.ts'
import type { ByteSource } from '../source.ts'

/** A Palm database: numbered records. */
export class PalmDatabase {
  readonly count: number
  readonly #source: ByteSource
  readonly #offsets: readonly number[]

  private constructor(source: ByteSource, offsets: readonly number[]) {
    this.#source = source
    this.#offsets = offsets
    this.count = offsets.length
  }

  /** Reads the record list. Throws `FileTruncatedError` when a record would begin past the end of the file. */
  static async open(source: ByteSource): Promise<PalmDatabase> {
    const head = Buffer.from(await source.read(0, 78))
    if (head.length < 78) throw new FileTruncatedError()
    const count = head.readUInt16BE(76)
    const list = Buffer.from(await source.read(78, count * 8))
    if (list.length < count * 8) throw new FileTruncatedError()
    const offsets = Array.from({ length: count }, (_, i) => list.readUInt32BE(i * 8))
    if (offsets.some((offset) => offset > source.size)) throw new FileTruncatedError()
    return new PalmDatabase(source, offsets)
  }

  /** The record's bytes. Throws `RangeError` for a number that is not in the list. */
  async record(index: number): Promise<Buffer> {
    const start = this.#offsets[index]
    if (start === undefined) throw new RangeError(`no record ${index}`)
    const end = this.#offsets[index + 1] ?? this.#source.size
    if (end < start) throw new RangeError(`record ${index} ends before it begins`)
    return Buffer.from(await this.#source.read(start, end - start))
  }
}
