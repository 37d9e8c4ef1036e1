/** Where a term stands: one integer for each passage, as `search_blocks` keeps them; see its migration. */

/** Passages that one block can tell apart; the next ones are in another part. */
export const BLOCK = 16_384
const MOST_OFTEN = 63
const LONGEST = 2047

/** @param length of the passage in terms */
export const posting = (ord: number, often: number, length: number): number =>
  ((ord % BLOCK) << 17) | (Math.min(often, MOST_OFTEN) << 11) | Math.min(length, LONGEST)

export interface Block {
  readonly term: number
  readonly part: number
  readonly postings: readonly number[]
}

/** A passage as numbers of terms, each as often as it stands there. */
export interface PassageTerms {
  readonly ord: number
  readonly ranked: readonly number[]
  /** Do not count for the length of the passage. */
  readonly exact: readonly number[]
}

/** Turns passages with their terms round. @param passages by ascending number */
export function blocksOf(passages: readonly PassageTerms[]): Block[] {
  const parts = new Map<number, Map<number, number[]>>()
  for (const { ord, ranked, exact } of passages) {
    const part = Math.floor(ord / BLOCK)
    const blocks = parts.get(part) ?? new Map<number, number[]>()
    parts.set(part, blocks)
    const counts = new Map<number, number>()
    for (const term of ranked) counts.set(term, (counts.get(term) ?? 0) + 1)
    for (const term of exact) counts.set(term, (counts.get(term) ?? 0) + 1)
    for (const [term, often] of counts) {
      const postings = blocks.get(term)
      if (postings) postings.push(posting(ord, often, ranked.length))
      else blocks.set(term, [posting(ord, often, ranked.length)])
    }
  }
  return [...parts].flatMap(([part, blocks]) =>
    Array.from(blocks, ([term, postings]) => ({ term, part, postings })),
  )
}
