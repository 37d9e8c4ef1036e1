import { FileTooLargeError } from '../errors.ts'
import { limits } from '../limits.ts'
import type { MobiHeader } from './header.ts'
import { huffmanDecompressor } from './huffman.ts'
import { decompressPalmDoc } from './palmdoc.ts'
import type { PalmDatabase } from './pdb.ts'

/** The whole text of a book, uncompressed. `start` is the record of its header. Throws `RangeError` for broken data. */
export async function readText(
  database: PalmDatabase,
  header: MobiHeader,
  start: number,
): Promise<Uint8Array> {
  const size = header.textRecords * 4096
  if (size > limits.wholeFile) throw new FileTooLargeError({ part: 'text', size, limit: limits.wholeFile })
  const decompress = await decompressor(database, header, start)
  const parts: Uint8Array[] = []
  for (let i = 1; i <= header.textRecords; i++) {
    parts.push(decompress(withoutTrailing(await database.record(start + i), header.trailingFlags)))
  }
  return Buffer.concat(parts)
}

async function decompressor(
  database: PalmDatabase,
  header: MobiHeader,
  start: number,
): Promise<(input: Uint8Array) => Uint8Array> {
  if (header.compression === 'none') return (input) => input
  if (header.compression === 'palmdoc') return decompressPalmDoc
  const { first, count } = header.huffman
  const records: Buffer[] = []
  for (let i = 0; i < Math.min(count, 256); i++) records.push(await database.record(start + first + i))
  const [huff, ...cdics] = records
  if (!huff) throw new RangeError('no HUFF record')
  return huffmanDecompressor(huff, cdics)
}

/** Cuts off what follows the text of a record: entries counted by the flags' bits, then bytes of a split character. */
function withoutTrailing(record: Buffer, flags: number): Uint8Array {
  let end = record.length
  for (let bits = flags >>> 1; bits > 0; bits >>>= 1) {
    if (bits & 1) end -= backwardVarint(record.subarray(0, end))
  }
  if (flags & 1) end -= ((record[end - 1] ?? 0) & 3) + 1
  return record.subarray(0, Math.max(0, end))
}

/** A number of seven bits a byte at the end of `bytes`; the high bit marks its first byte. */
function backwardVarint(bytes: Uint8Array): number {
  let value = 0
  for (const byte of bytes.subarray(-4)) {
    if (byte & 0x80) value = 0
    value = (value << 7) | (byte & 0x7f)
  }
  return value
}
