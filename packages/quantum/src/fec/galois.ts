/** Arithmetic in GF(2^8) with the polynomial x^8 + x^4 + x^3 + x^2 + 1 (0x11d). Addition is exclusive or. */

const POLYNOMIAL = 0x11d
const EXP = new Uint8Array(512)
const LOG = new Uint8Array(256)

for (let power = 0, value = 1; power < 255; power++) {
  EXP[power] = value
  EXP[power + 255] = value
  LOG[value] = power
  value <<= 1
  if (value & 0x100) value ^= POLYNOMIAL
}

export const multiply = (a: number, b: number): number => (a && b ? EXP[LOG[a]! + LOG[b]!]! : 0)

/** `a` must not be 0. */
export const inverse = (a: number): number => EXP[255 - LOG[a]!]!

/** Rows of the multiplication table, made when first needed. */
const rows: (Uint8Array | undefined)[] = []

function rowOf(factor: number): Uint8Array {
  let row = rows[factor]
  if (!row) {
    row = Uint8Array.from({ length: 256 }, (_, value) => multiply(factor, value))
    rows[factor] = row
  }
  return row
}

/** `target` += factor · `source`, byte by byte. */
export function addScaled(target: Uint8Array, source: Uint8Array, factor: number): void {
  if (factor === 0) return
  const row = rowOf(factor)
  for (let index = 0; index < source.length; index++) target[index]! ^= row[source[index]!]!
}
