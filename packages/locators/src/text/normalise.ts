/** Text folded for comparison, each unit traceable to the original. */
export interface NormalText {
  readonly text: string
  /** `starts[i]` = offset in the original where unit `i` of `text` begins. */
  readonly starts: Int32Array
  /** `ends[i]` = offset just past the original characters that made unit `i`. */
  readonly ends: Int32Array
}

/** Runs of plain ASCII go through in one piece; everything else by base character with its combining marks. */
const CLUSTER = /\s+|[!#-&(-,.-_a-~]+(?!\p{M})|[^\s\p{M}]\p{M}*|\p{M}+/gu
const PLAIN = /^[!#-&(-,.-_a-~]{2,}$/
const INVISIBLE = /[\u00AD\u200B-\u200F\u2060\uFEFF\u202A-\u202E]/gu
const HAN =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303F\uFF00-\uFFEF]/u
const FOLDS: readonly (readonly [RegExp, string])[] = [
  [/["“”„‟«»「」『』〝〞＂]/gu, '"'],
  [/['‘’‚‛′`´＇]/gu, "'"],
  [/[-‐‑‒–—―−﹣－]/gu, '-'],
  [/[·・‧•]/gu, '·'],
]

/**
 * QUO-1: NFKC (which opens ligatures and full-width forms), white space collapsed, invisible characters dropped, quotation
 * marks and dashes folded, white space beside Chinese or Japanese dropped, line-end hyphens joined. Case stays.
 */
export function normalise(original: string): NormalText {
  const units: string[] = []
  const starts: number[] = []
  const ends: number[] = []
  const put = (text: string, start: number, end: number) => {
    for (let i = 0; i < text.length; i++) {
      units.push(text.charAt(i))
      starts.push(start)
      ends.push(end)
    }
  }
  for (const match of original.matchAll(CLUSTER)) {
    const [cluster] = match
    const end = match.index + cluster.length
    if (/^\s/u.test(cluster)) {
      const space = foldSpace(original, match.index, cluster)
      if (space === 'join') drop(units, starts, ends)
      else if (space === 'keep' && units.length > 0) put(' ', match.index, end)
    } else if (PLAIN.test(cluster)) {
      for (let i = 0; i < cluster.length; i++) put(cluster.charAt(i), match.index + i, match.index + i + 1)
    } else put(foldCluster(cluster), match.index, end)
  }
  if (units.at(-1) === ' ') drop(units, starts, ends)
  return { text: units.join(''), starts: Int32Array.from(starts), ends: Int32Array.from(ends) }
}

/** Original offsets of `normal.text.slice(start, end)`. */
export function originalSpan(normal: NormalText, start: number, end: number): { start: number; end: number } {
  const first = normal.starts[start] ?? normal.ends.at(-1) ?? 0
  return { start: first, end: end > start ? (normal.ends[end - 1] ?? first) : first }
}

/** First unit whose original characters reach past `offset`. */
export function normalOffset(normal: NormalText, offset: number): number {
  let low = 0
  let high = normal.ends.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((normal.ends[middle] ?? 0) <= offset) low = middle + 1
    else high = middle
  }
  return low
}

function foldCluster(cluster: string): string {
  let text = cluster.replace(INVISIBLE, '').normalize('NFKC').replaceAll(/\s/gu, '')
  for (const [pattern, replacement] of FOLDS) text = text.replace(pattern, replacement)
  return text
}

function foldSpace(original: string, at: number, space: string): 'keep' | 'drop' | 'join' {
  const before = original.slice(Math.max(0, at - 2), at)
  const after = original.slice(at + space.length, at + space.length + 2)
  if (space.includes('\n') && /\p{L}[-‐\u00AD]$/u.test(before) && /^\p{Ll}/u.test(after)) {
    return before.endsWith('\u00AD') ? 'drop' : 'join'
  }
  return HAN.test(before.slice(-1)) || HAN.test(after.slice(0, 1)) ? 'drop' : 'keep'
}

function drop(units: string[], starts: number[], ends: number[]): void {
  units.pop()
  starts.pop()
  ends.pop()
}
