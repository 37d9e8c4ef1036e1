/** Values of the EXTH header by record type; numbers are in the bytes, big-endian. */
export type Exth = ReadonlyMap<number, readonly Buffer[]>

export const exthTypes = {
  author: 100,
  publisher: 101,
  description: 103,
  isbn: 104,
  subject: 105,
  date: 106,
  asin: 113,
  kf8Boundary: 121,
  fixedLayout: 122,
  coverOffset: 201,
  thumbnailOffset: 202,
  title: 503,
  language: 524,
  writingMode: 525,
  pageProgression: 527,
} as const

/** Throws `RangeError` when the header does not fit its record. */
export function readExth(bytes: Buffer): Exth {
  const values = new Map<number, Buffer[]>()
  if (bytes.toString('latin1', 0, 4) !== 'EXTH') return values
  const count = bytes.readUInt32BE(8)
  let at = 12
  for (let i = 0; i < count && at + 8 <= bytes.length; i++) {
    const type = bytes.readUInt32BE(at)
    const length = bytes.readUInt32BE(at + 4)
    if (length < 8) throw new RangeError('EXTH record without length')
    const list = values.get(type) ?? []
    list.push(bytes.subarray(at + 8, at + length))
    values.set(type, list)
    at += length
  }
  return values
}
