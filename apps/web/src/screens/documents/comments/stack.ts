/** A card that would like to stand at a height. In pixels. */
export interface Wish {
  readonly id: string
  readonly top: number
  readonly height: number
}

const BETWEEN = 12

/**
 * Heights of cards, none over another: the one that is looked at stands where it wants to; those before it make room
 * upwards, those after it downwards. None stands over the upper edge.
 */
export function stack(wishes: readonly Wish[], active: string | undefined): ReadonlyMap<string, number> {
  const sorted = [...wishes].sort((a, b) => a.top - b.top)
  const pivot = Math.max(
    0,
    sorted.findIndex(({ id }) => id === active),
  )
  const tops = new Map<string, number>()
  let floor = Number.POSITIVE_INFINITY
  for (const { id, top, height } of sorted.slice(0, pivot + 1).reverse()) {
    const at = Math.min(top, floor - BETWEEN - height)
    tops.set(id, at)
    floor = at
  }
  const short = Math.min(0, ...tops.values())
  let free = Number.NEGATIVE_INFINITY
  for (const { id, top, height } of sorted) {
    const at = Math.max((tops.get(id) ?? top) - short * Number(tops.has(id)), free, 0)
    tops.set(id, at)
    free = at + height + BETWEEN
  }
  return tops
}
