import type { PalmDatabase } from './pdb.ts'

/** An entry of an INDX index: its name and its values by tag. */
export interface IndexEntry {
  name: string
  tags: ReadonlyMap<number, readonly number[]>
}

export interface Index {
  entries: IndexEntry[]
  /** Strings by the offset that entries refer to. */
  strings: ReadonlyMap<number, string>
}

interface Tag {
  tag: number
  valuesPerEntry: number
  mask: number
  ends: boolean
}

const most = 100_000

/** Reads the index that begins at record `first`. Throws `RangeError` for broken data. */
export async function readIndex(database: PalmDatabase, first: number): Promise<Index> {
  const head = await database.record(first)
  if (head.toString('latin1', 0, 4) !== 'INDX') throw new RangeError('no INDX record')
  const records = head.readUInt32BE(24)
  const encoding = head.readUInt32BE(28) === 65001 ? 'utf-8' : 'windows-1252'
  const { tags, controlBytes } = readTagTable(head.subarray(head.readUInt32BE(4)))
  const entries: IndexEntry[] = []
  for (let i = 0; i < Math.min(records, 1000); i++) {
    readEntries(await database.record(first + 1 + i), tags, controlBytes, entries)
  }
  const strings = new Map<number, string>()
  const stringRecords = Math.min(head.readUInt32BE(52), 1000)
  for (let i = 0; i < stringRecords; i++) {
    readStrings(await database.record(first + 1 + records + i), i * 0x10000, encoding, strings)
  }
  return { entries, strings }
}

function readTagTable(tagx: Buffer): { tags: Tag[]; controlBytes: number } {
  if (tagx.toString('latin1', 0, 4) !== 'TAGX') throw new RangeError('no TAGX section')
  const count = (tagx.readUInt32BE(4) - 12) / 4
  const tags = Array.from({ length: Math.min(Math.max(0, count), 256) }, (_, i): Tag => {
    const [tag = 0, valuesPerEntry = 0, mask = 0, end = 0] = tagx.subarray(12 + i * 4, 16 + i * 4)
    return { tag, valuesPerEntry, mask, ends: (end & 1) === 1 }
  })
  return { tags, controlBytes: tagx.readUInt32BE(8) }
}

function readEntries(record: Buffer, tags: readonly Tag[], controlBytes: number, into: IndexEntry[]): void {
  if (record.toString('latin1', 0, 4) !== 'INDX') throw new RangeError('no INDX record')
  const offsets = record.readUInt32BE(20) + 4
  const count = record.readUInt32BE(24)
  for (let i = 0; i < count; i++) {
    if (into.length >= most) throw new RangeError('index too long')
    const at = record.readUInt16BE(offsets + i * 2)
    const nameEnd = at + 1 + record.readUInt8(at)
    const name = record.toString('utf8', at + 1, nameEnd)
    into.push({ name, tags: readTags(record, nameEnd, tags, controlBytes) })
  }
}

function readTags(
  record: Buffer,
  start: number,
  tags: readonly Tag[],
  controlBytes: number,
): ReadonlyMap<number, readonly number[]> {
  const reader = new VarintReader(record, start + controlBytes)
  let control = start
  const pending: { tag: Tag; count: number; byBytes: boolean }[] = []
  for (const tag of tags) {
    if (tag.ends) {
      control++
      continue
    }
    const value = record.readUInt8(control) & tag.mask
    // All bits of a wide mask set: the number of bytes that the values take follows.
    const byBytes = value === tag.mask && bitCount(tag.mask) > 1
    pending.push({
      tag,
      count: byBytes ? reader.next() : value === tag.mask ? 1 : value >> trailingZeros(tag.mask),
      byBytes,
    })
  }
  return new Map(
    pending.map(({ tag, count, byBytes }) => [
      tag.tag,
      byBytes ? reader.bytes(count) : reader.many(count * tag.valuesPerEntry),
    ]),
  )
}

function readStrings(record: Buffer, base: number, encoding: string, into: Map<number, string>): void {
  const decoder = new TextDecoder(encoding)
  const reader = new VarintReader(record, 0)
  while (reader.at < record.length && into.size < most) {
    const offset = reader.at
    const length = reader.next()
    into.set(base + offset, decoder.decode(record.subarray(reader.at, reader.at + length)))
    reader.at += length
  }
}

/** Numbers of seven bits a byte; the high bit marks the last byte. */
class VarintReader {
  readonly #bytes: Buffer
  at: number

  constructor(bytes: Buffer, at: number) {
    this.#bytes = bytes
    this.at = at
  }

  next(): number {
    // A record may be padded: a number may end with it, not begin after it.
    if (this.at >= this.#bytes.length) throw new RangeError('number past the end of the record')
    let value = 0
    for (let i = 0; i < 4 && this.at < this.#bytes.length; i++) {
      const byte = this.#bytes.readUInt8(this.at++)
      value = (value << 7) | (byte & 0x7f)
      if (byte & 0x80) break
    }
    return value
  }

  many(count: number): number[] {
    const values: number[] = []
    while (values.length < count) values.push(this.next())
    return values
  }

  bytes(length: number): number[] {
    const values: number[] = []
    for (const end = this.at + length; this.at < end; ) values.push(this.next())
    return values
  }
}

function bitCount(mask: number): number {
  return mask.toString(2).replaceAll('0', '').length
}

function trailingZeros(mask: number): number {
  return mask === 0 ? 0 : Math.log2(mask & -mask)
}
