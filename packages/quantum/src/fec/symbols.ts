/** Symbols of the block codes: length (2 bytes, big-endian), payload, zeros up to the block's longest. */

const LENGTH_BYTES = 2

export function symbolLength(payloadLength: number): number {
  return LENGTH_BYTES + payloadLength
}

/** A payload as a symbol, without the zeros. */
export function symbolOf(payload: Uint8Array): Uint8Array {
  const symbol = new Uint8Array(symbolLength(payload.length))
  symbol[0] = payload.length >> 8
  symbol[1] = payload.length & 0xff
  symbol.set(payload, LENGTH_BYTES)
  return symbol
}

/** The payload of a rebuilt symbol; undefined when its length cannot be right. */
export function readSymbol(symbol: Uint8Array): Uint8Array | undefined {
  if (symbol.length < LENGTH_BYTES) return undefined
  const length = (symbol[0]! << 8) | symbol[1]!
  if (length === 0 || LENGTH_BYTES + length > symbol.length) return undefined
  return symbol.slice(LENGTH_BYTES, LENGTH_BYTES + length)
}

/** Adds (exclusive or) a payload's symbol to `sum`. */
export function addSymbol(sum: Uint8Array, payload: Uint8Array): void {
  sum[0]! ^= payload.length >> 8
  sum[1]! ^= payload.length & 0xff
  for (let index = 0; index < payload.length; index++) sum[LENGTH_BYTES + index]! ^= payload[index]!
}
