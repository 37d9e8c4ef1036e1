/** Records hold 4,096 bytes of text; twice that is room for odd makers. */
const mostPerRecord = 64 * 1024

/** Undoes PalmDOC compression (LZ77 with pairs of space and letter). Throws `RangeError` for broken data. */
export function decompressPalmDoc(input: Uint8Array): Uint8Array {
  let output = new Uint8Array(8192)
  let length = 0
  const put = (byte: number) => {
    if (length === output.length) {
      if (length >= mostPerRecord) throw new RangeError('text record too long')
      const larger = new Uint8Array(output.length * 2)
      larger.set(output)
      output = larger
    }
    output[length++] = byte
  }
  for (let i = 0; i < input.length; i++) {
    const byte = input[i] ?? 0
    if (byte === 0 || (byte >= 0x09 && byte <= 0x7f)) put(byte)
    else if (byte <= 0x08) {
      for (const literal of input.subarray(i + 1, i + 1 + byte)) put(literal)
      i += byte
    } else if (byte >= 0xc0) {
      put(0x20)
      put(byte ^ 0x80)
    } else {
      const pair = (byte << 8) | (input[++i] ?? 0)
      const distance = (pair & 0x3fff) >>> 3
      if (distance === 0 || distance > length) throw new RangeError('PalmDOC distance out of bounds')
      for (let left = (pair & 7) + 3; left > 0; left--) put(output[length - distance] ?? 0)
    }
  }
  return output.subarray(0, length)
}
