/** Where a term stands: one integer for each passage, as `search_blocks` keeps them; see its migration. */

/** Passages that one block can tell apart; the next ones are in another part. */
export const BLOCK = 16_384
const MOST_OFTEN = 63
const LONGEST = 2047

/** @param length of the passage in terms */
export const posting = (ord: number, often: number, length: number): number =>
  ((ord % BLOCK) << 17) | (Math.min(often, MOST_OFTEN) << 11) | Math.min(length, LONGEST)

export interface Block {
  readonly term: string
  readonly part: number
  readonly postings: readonly number[]
}

/** Turns passages with their terms round. @param passages by ascending number, each term as often as it stands there */
export function blocksOf(passages: readonly { ord: number; terms: readonly string[] }[]): Block[] {
  const parts = new Map<number, Map<string, number[]>>()
  for (const { ord, terms } of passages) {
    const part = Math.floor(ord / BLOCK)
    const blocks = parts.get(part) ?? new Map<string, number[]>()
    parts.set(part, blocks)
    const counts = new Map<string, number>()
    for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1)
    for (const [term, often] of counts) {
      const postings = blocks.get(term)
      if (postings) postings.push(posting(ord, often, terms.length))
      else blocks.set(term, [posting(ord, often, terms.length)])
    }
  }
  return [...parts].flatMap(([part, blocks]) =>
    Array.from(blocks, ([term, postings]) => ({ term, part, postings })),
  )
}
