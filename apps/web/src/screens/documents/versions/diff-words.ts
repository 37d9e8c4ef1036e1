/** A stretch of text that both sides have, or only one of them. */
export interface Piece {
  readonly kind: 'same' | 'added' | 'removed'
  readonly text: string
}

/** Above this many comparisons two texts are told apart as wholes. */
const MOST = 4_000_000

const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' })

/** A word with the space after it: a space alone is nothing that two texts could have in common. */
interface Word {
  readonly word: string
  readonly space: string
}

function wordsOf(text: string): Word[] {
  const words: Word[] = []
  for (const { segment } of segmenter.segment(text)) {
    const last = words.at(-1)
    if (segment.trim() === '' && last) words.splice(-1, 1, { ...last, space: last.space + segment })
    else words.push({ word: segment, space: '' })
  }
  return words
}

/** For each pair of the longest common subsequence the indices on both sides, in order. */
export function commonPairs<Item>(
  before: readonly Item[],
  after: readonly Item[],
  same: (a: Item, b: Item) => boolean,
): [number, number][] {
  let start = 0
  while (start < before.length && start < after.length && equal(start, start)) start++
  let end = 0
  while (
    end < before.length - start &&
    end < after.length - start &&
    equal(before.length - 1 - end, after.length - 1 - end)
  )
    end++
  const head = Array.from({ length: start }, (_, i): [number, number] => [i, i])
  const tail = Array.from({ length: end }, (_, i): [number, number] => [
    before.length - end + i,
    after.length - end + i,
  ])
  const rows = before.length - start - end
  const columns = after.length - start - end
  const middle = rows * columns > MOST ? [] : longest(rows, columns, (i, j) => equal(start + i, start + j))
  return [...head, ...middle.map(([i, j]): [number, number] => [start + i, start + j]), ...tail]

  function equal(i: number, j: number): boolean {
    const a = before[i]
    const b = after[j]
    return a !== undefined && b !== undefined && same(a, b)
  }
}

/** By the classic table of lengths, from the end. */
function longest(
  rows: number,
  columns: number,
  equal: (i: number, j: number) => boolean,
): [number, number][] {
  const width = columns + 1
  const lengths = new Uint32Array((rows + 1) * width)
  const at = (i: number, j: number) => lengths[i * width + j] ?? 0
  for (let i = rows - 1; i >= 0; i--) {
    for (let j = columns - 1; j >= 0; j--) {
      lengths[i * width + j] = equal(i, j) ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
    }
  }
  const pairs: [number, number][] = []
  for (let i = 0, j = 0; i < rows && j < columns; ) {
    if (equal(i, j)) pairs.push([i++, j++])
    else if (at(i + 1, j) >= at(i, j + 1)) i++
    else j++
  }
  return pairs
}

/** What became of a text, word by word; Han words as the language's dictionary cuts them. */
export function diffWords(before: string, after: string): Piece[] {
  const a = wordsOf(before)
  const b = wordsOf(after)
  const pieces: Piece[] = []
  let i = 0
  let j = 0
  for (const [x, y] of commonPairs(a, b, (one, other) => one.word === other.word)) {
    push(pieces, 'removed', a.slice(i, x))
    push(pieces, 'added', b.slice(j, y))
    pushSame(pieces, a[x], b[y])
    i = x + 1
    j = y + 1
  }
  push(pieces, 'removed', a.slice(i))
  push(pieces, 'added', b.slice(j))
  return pieces
}

function push(pieces: Piece[], kind: Piece['kind'], words: readonly Word[]): void {
  const text = words.map(({ word, space }) => word + space).join('')
  const last = pieces.at(-1)
  if (text === '') return
  if (last?.kind === kind) pieces.splice(-1, 1, { kind, text: last.text + text })
  else pieces.push({ kind, text })
}

/** The word, and its space where that is the same, too. */
function pushSame(pieces: Piece[], a: Word | undefined, b: Word | undefined): void {
  if (!a || !b) return
  const whole = a.space === b.space
  push(pieces, 'same', [whole ? a : { word: a.word, space: '' }])
  if (whole) return
  push(pieces, 'removed', [{ word: '', space: a.space }])
  push(pieces, 'added', [{ word: '', space: b.space }])
}

/** How much two texts have in common: 0 nothing, 1 everything. */
export function likeness(before: string, after: string): number {
  const longer = Math.max(before.length, after.length)
  if (longer === 0) return 1
  const shared = diffWords(before, after)
    .filter(({ kind }) => kind === 'same')
    .reduce((sum, { text }) => sum + text.trim().length, 0)
  return shared / longer
}
