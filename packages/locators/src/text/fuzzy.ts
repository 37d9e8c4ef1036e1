/** One place where the pattern occurs with `errors` insertions, deletions or substitutions. Half-open, UTF-16 units. */
export interface FuzzyMatch {
  readonly start: number
  readonly end: number
  readonly errors: number
}

const WORD = 31

/**
 * Every end in `text` where `pattern` ends with at most `maxErrors` edits, by Myers' bit-parallel algorithm in blocks of 31
 * bits (Myers 1999, Hyyrö 2003). Cost: |text| × ⌈|pattern|/31⌉ word steps, whatever the text.
 */
export function fuzzyEnds(
  text: string,
  pattern: string,
  maxErrors: number,
): { readonly end: number; readonly errors: number }[] {
  const found: { end: number; errors: number }[] = []
  const blocks = Math.ceil(pattern.length / WORD)
  if (blocks === 0) return found
  const peq = patternMasks(pattern, blocks)
  const empty = new Int32Array(blocks)
  const positive = new Int32Array(blocks).fill(0x7fffffff)
  const negative = new Int32Array(blocks)
  const topBit = 1 << ((pattern.length - 1) % WORD)
  let score = pattern.length
  for (let i = 0; i < text.length; i++) {
    const masks = peq.get(text.charCodeAt(i)) ?? empty
    score += advanceColumn(masks, positive, negative, topBit)
    if (score <= maxErrors) found.push({ end: i + 1, errors: score })
  }
  return found
}

/** The best matches, one per neighbourhood, fewest errors first; each with the longest plausible start. */
export function fuzzySearch(text: string, pattern: string, maxErrors: number): FuzzyMatch[] {
  const ends = fuzzyEnds(text, pattern, maxErrors)
  const best: FuzzyMatch[] = []
  const reversed = reverse(pattern)
  for (let i = 0; i < ends.length; i++) {
    const local = ends[i]
    if (
      local === undefined ||
      (ends[i + 1]?.end === local.end + 1 && (ends[i + 1]?.errors ?? 0) < local.errors)
    ) {
      continue
    }
    const previous = best.at(-1)
    const near = previous !== undefined && local.end - previous.end <= pattern.length / 2
    if (near && previous.errors <= local.errors) continue
    const from = Math.max(0, local.end - pattern.length - local.errors)
    const starts = fuzzyEnds(reverse(text.slice(from, local.end)), reversed, local.errors)
    const start = starts.find(({ errors }) => errors === local.errors)
    if (start === undefined) continue
    if (near) best.pop()
    best.push({ start: local.end - start.end, end: local.end, errors: local.errors })
  }
  return best.sort((a, b) => a.errors - b.errors || a.start - b.start)
}

/** One text character through all blocks; returns the change of the last row's score. */
function advanceColumn(
  masks: Int32Array,
  positive: Int32Array,
  negative: Int32Array,
  topBit: number,
): -1 | 0 | 1 {
  let carry = 0
  const last = masks.length - 1
  for (let b = 0; b <= last; b++) {
    const high = b === last ? topBit : 1 << (WORD - 1)
    const pv = positive[b] ?? 0
    const mv = negative[b] ?? 0
    const match = masks[b] ?? 0
    const xv = match | mv
    const eq = carry < 0 ? match | 1 : match
    const xh = ((((eq & pv) + pv) & 0x7fffffff) ^ pv) | eq
    let ph = (mv | ~(xh | pv)) & 0x7fffffff
    let mh = pv & xh
    const out = ph & high ? 1 : mh & high ? -1 : 0
    ph = (ph << 1) & 0x7fffffff
    mh = (mh << 1) & 0x7fffffff
    if (carry > 0) ph |= 1
    else if (carry < 0) mh |= 1
    positive[b] = (mh | ~(xv | ph)) & 0x7fffffff
    negative[b] = ph & xv
    carry = out
  }
  return carry as -1 | 0 | 1
}

function patternMasks(pattern: string, blocks: number): Map<number, Int32Array> {
  const masks = new Map<number, Int32Array>()
  for (let i = 0; i < pattern.length; i++) {
    const code = pattern.charCodeAt(i)
    const mask = masks.get(code) ?? new Int32Array(blocks)
    const block = Math.floor(i / WORD)
    mask[block] = (mask[block] ?? 0) | (1 << (i % WORD))
    masks.set(code, mask)
  }
  return masks
}

function reverse(text: string): string {
  return text.split('').reverse().join('')
}
