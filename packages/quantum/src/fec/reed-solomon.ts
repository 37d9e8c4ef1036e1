import { addScaled, inverse, multiply } from './galois.ts'

/** Source symbols of one block; with 128 rows of repair symbols left the Cauchy matrix has its 256 distinct points. */
export const MAX_BLOCK_SOURCES = 128
export const MAX_BLOCK_REPAIRS = 64

/** Entry of the Cauchy matrix: every square part of it can be inverted, so any k symbols of a block rebuild it. */
const coefficient = (repair: number, source: number): number => inverse((MAX_BLOCK_SOURCES + repair) ^ source)

/** Repair symbol `repair` of a block of symbols of at most `length` bytes. */
export function encodeRepair(sources: readonly Uint8Array[], repair: number, length: number): Uint8Array {
  const symbol = new Uint8Array(length)
  for (const [index, source] of sources.entries()) addScaled(symbol, source, coefficient(repair, index))
  return symbol
}

/**
 * Rebuilds missing sources. `sources` has holes where symbols are missing, `repairs` where repair symbols are. Returns the missing
 * symbols by index, or undefined when too few arrived.
 */
export function rebuild(
  sources: readonly (Uint8Array | undefined)[],
  repairs: readonly (Uint8Array | undefined)[],
  length: number,
): ReadonlyMap<number, Uint8Array> | undefined {
  const missing = sources.flatMap((source, index) => (source ? [] : [index]))
  const usable = repairs.flatMap((repair, index) => (repair ? [index] : [])).slice(0, missing.length)
  if (usable.length < missing.length) return undefined
  const matrix = usable.map((repair) => missing.map((source) => coefficient(repair, source)))
  const right = usable.map((repair) => {
    const rest = new Uint8Array(length)
    rest.set(repairs[repair]!)
    for (const [index, source] of sources.entries())
      if (source) addScaled(rest, source, coefficient(repair, index))
    return rest
  })
  solve(matrix, right)
  return new Map(missing.map((source, index) => [source, right[index]!]))
}

/** Gauss–Jordan elimination; `right` becomes the solution. A Cauchy matrix always has one. */
function solve(matrix: number[][], right: Uint8Array[]): void {
  for (let column = 0; column < matrix.length; column++) {
    const pivot = matrix.findIndex((row, index) => index >= column && row[column] !== 0)
    swap(matrix, pivot, column)
    swap(right, pivot, column)
    scale(matrix[column]!, right[column]!, inverse(matrix[column]![column]!))
    for (let row = 0; row < matrix.length; row++) {
      const factor = matrix[row]![column]!
      if (row === column || factor === 0) continue
      for (const [index, value] of matrix[column]!.entries()) matrix[row]![index]! ^= multiply(factor, value)
      addScaled(right[row]!, right[column]!, factor)
    }
  }
}

function swap<T>(list: T[], a: number, b: number): void {
  ;[list[a], list[b]] = [list[b]!, list[a]!]
}

function scale(row: number[], right: Uint8Array, factor: number): void {
  for (const [index, value] of row.entries()) row[index] = multiply(factor, value)
  for (const [index, value] of right.entries()) right[index] = multiply(factor, value)
}
