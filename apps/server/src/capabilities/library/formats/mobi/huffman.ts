interface Entry {
  bytes: Uint8Array
  /** Whether the bytes are text already, or codes again. */
  plain: boolean
}

const deepest = 32
const mostPerRecord = 64 * 1024

/** Makes the decompressor of HUFF/CDIC text from its records. Throws `RangeError` for broken ones. */
export function huffmanDecompressor(
  huff: Buffer,
  cdics: readonly Buffer[],
): (input: Uint8Array) => Uint8Array {
  if (huff.toString('latin1', 0, 4) !== 'HUFF') throw new RangeError('no HUFF record')
  const byByte = Array.from({ length: 256 }, (_, i) => huff.readUInt32BE(huff.readUInt32BE(8) + i * 4))
  const byLength = Array.from({ length: 33 }, (_, i) =>
    i === 0 ? 0 : huff.readUInt32BE(huff.readUInt32BE(12) + i * 8 - 8),
  )
  const highest = Array.from({ length: 33 }, (_, i) =>
    i === 0 ? 0 : huff.readUInt32BE(huff.readUInt32BE(12) + i * 8 - 4),
  )
  const dictionary = readDictionary(cdics)

  const expand = (input: Uint8Array, depth: number): Uint8Array => {
    if (depth > deepest) throw new RangeError('HUFF codes without end')
    const parts: Uint8Array[] = []
    let size = 0
    const bitLength = input.length * 8
    for (let at = 0; at < bitLength; ) {
      const bits = read32(input, at)
      const known = byByte[bits >>> 24] ?? 0
      let length = known & 0x1f
      let value = known >>> 8
      if (!(known & 0x80)) {
        while (length < 32 && bits >>> (32 - length) < (byLength[length] ?? 0)) length++
        value = highest[length] ?? 0
      }
      if (length === 0) throw new RangeError('HUFF code without length')
      at += length
      if (at > bitLength) break
      const entry = dictionary[value - (bits >>> (32 - length))]
      if (!entry) throw new RangeError('HUFF code without entry')
      if (!entry.plain) {
        entry.bytes = expand(entry.bytes, depth + 1)
        entry.plain = true
      }
      parts.push(entry.bytes)
      size += entry.bytes.length
      if (size > mostPerRecord) throw new RangeError('text record too long')
    }
    return Buffer.concat(parts)
  }
  return (input) => expand(input, 0)
}

function readDictionary(cdics: readonly Buffer[]): Entry[] {
  const dictionary: Entry[] = []
  for (const cdic of cdics) {
    if (cdic.toString('latin1', 0, 4) !== 'CDIC') throw new RangeError('no CDIC record')
    const start = cdic.readUInt32BE(4)
    const left = cdic.readUInt32BE(8) - dictionary.length
    const count = Math.min(2 ** Math.min(16, cdic.readUInt32BE(12)), left)
    for (let i = 0; i < count; i++) {
      const at = start + cdic.readUInt16BE(start + i * 2)
      const head = cdic.readUInt16BE(at)
      dictionary.push({
        bytes: cdic.subarray(at + 2, at + 2 + (head & 0x7fff)),
        plain: (head & 0x8000) !== 0,
      })
    }
  }
  return dictionary
}

/** 32 bits from bit `at`, zeros past the end. */
function read32(input: Uint8Array, at: number): number {
  const byte = at >> 3
  const shift = at & 7
  const high =
    (((input[byte] ?? 0) << 24) |
      ((input[byte + 1] ?? 0) << 16) |
      ((input[byte + 2] ?? 0) << 8) |
      (input[byte + 3] ?? 0)) >>>
    0
  return shift === 0 ? high : ((high << shift) | ((input[byte + 4] ?? 0) >>> (8 - shift))) >>> 0
}
