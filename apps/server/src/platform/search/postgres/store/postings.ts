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

/** A passage as places in a list of terms, each as often as it stands there. */
export interface PassageTerms {
  readonly ord: number
  readonly ranked: readonly number[]
  /** Do not count for the length of the passage. */
  readonly exact: readonly number[]
}

/** Turns passages with their terms round. @param passages by ascending number @param terms what the passages point at */
export function blocksOf(passages: readonly PassageTerms[], terms: readonly number[]): Block[] {
  const blocks: Block[] = []
  const often = new Uint32Array(terms.length)
  let postings: number[][] = []
  let part = 0
  const close = () => {
    // Only terms of this part have a list: `forEach` passes over the others.
    postings.forEach((list, place) => {
      blocks.push({ term: terms[place] ?? 0, part, postings: list })
    })
    postings = []
  }
  for (const { ord, ranked, exact } of passages) {
    const at = Math.floor(ord / BLOCK)
    if (at !== part) close()
    part = at
    const standing = countPlaces(ranked, exact, often)
    for (const place of standing) {
      const packed = posting(ord, often[place] ?? 0, ranked.length)
      const list = postings[place]
      if (list) list.push(packed)
      else postings[place] = [packed]
      often[place] = 0
    }
  }
  close()
  return blocks
}

/** Counts into `often`; gives the distinct places. */
function countPlaces(ranked: readonly number[], exact: readonly number[], often: Uint32Array): number[] {
  const standing: number[] = []
  const count = (place: number) => {
    const before = often[place] ?? 0
    if (before === 0) standing.push(place)
    often[place] = before + 1
  }
  ranked.forEach(count)
  exact.forEach(count)
  return standing
}
