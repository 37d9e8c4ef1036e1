/** Whole numbers from `from` to `to`, both included. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** The same numbers in as few spans as there are, in order. Order and repetition of what is given make no difference. */
export function addSpan(spans: readonly Span[], added: Span): readonly Span[] {
  if (added.to < added.from || spans.some((one) => one.from <= added.from && added.to <= one.to)) return spans
  const before = spans.filter((one) => one.to < added.from - 1)
  const after = spans.filter((one) => one.from > added.to + 1)
  const touching = spans.slice(before.length, spans.length - after.length)
  const from = Math.min(added.from, touching[0]?.from ?? added.from)
  const to = Math.max(added.to, touching.at(-1)?.to ?? added.to)
  return [...before, { from, to }, ...after]
}

/** The last number that is reached from `start` without a number missing; one less than `start` when that one is missing. */
export function reachedFrom(spans: readonly Span[], start: number): number {
  return spans.find((one) => one.from <= start && start <= one.to)?.to ?? start - 1
}

/** What lies between spans within `1..last`. */
export function holes(spans: readonly Span[], last: number): Span[] {
  const found: Span[] = []
  let next = 1
  for (const { from, to } of spans) {
    if (from > next) found.push({ from: next, to: from - 1 })
    next = Math.max(next, to + 1)
  }
  if (next <= last) found.push({ from: next, to: last })
  return found
}
