import { wordsOf } from '@stoa/document-schema'
import { type ContentNode, type Line, linesOf } from '../content.ts'
import { commonPairs, diffWords, likeness, type Piece } from './diff-words.ts'

/** What became of one line. `changed` shows both texts in one, word by word. */
export type LineChange =
  | { readonly kind: 'same' | 'added' | 'removed'; readonly line: Line }
  | {
      readonly kind: 'changed'
      readonly line: Line
      readonly before: Line
      /** Empty when only its form changed: a paragraph that became a heading. */
      readonly pieces: readonly Piece[]
    }

/** From this likeness on, a line that went and one that came are one line that changed. */
const ALIKE = 0.4

/** Of both documents every line, with what became of it, in the order of reading. */
export function diffDocuments(before: ContentNode, after: ContentNode): LineChange[] {
  const a = linesOf(before)
  const b = linesOf(after)
  const keysA = a.map(keyOf)
  const keysB = b.map(keyOf)
  const pairs = commonPairs(keysA, keysB, (one, other) => one === other)
  const changes: LineChange[] = []
  let i = 0
  let j = 0
  for (const [x, y] of [...pairs, [a.length, b.length]] as const) {
    changes.push(...between(a.slice(i, x), b.slice(j, y)))
    const line = b[y]
    if (line) changes.push({ kind: 'same', line })
    i = x + 1
    j = y + 1
  }
  return changes
}

const keyOf = ({ node, within }: Line) => JSON.stringify([within, node])

/** Lines that went and lines that came between two that stayed: those that are alike are the same line, changed. */
function between(gone: readonly Line[], come: readonly Line[]): LineChange[] {
  const pairs = commonPairs(gone, come, (one, other) => likeness(one.text, other.text) >= ALIKE)
  const changes: LineChange[] = []
  let i = 0
  let j = 0
  for (const [x, y] of [...pairs, [gone.length, come.length]] as const) {
    for (const line of gone.slice(i, x)) changes.push({ kind: 'removed', line })
    for (const line of come.slice(j, y)) changes.push({ kind: 'added', line })
    const was = gone[x]
    const line = come[y]
    if (was && line) {
      const pieces = was.text === line.text ? [] : diffWords(was.text, line.text)
      changes.push({ kind: 'changed', line, before: was, pieces })
    }
    i = x + 1
    j = y + 1
  }
  return changes
}

/** Words that came and words that went. */
export function changedWords(changes: readonly LineChange[]): { added: number; removed: number } {
  let added = 0
  let removed = 0
  for (const change of changes) {
    if (change.kind === 'added') added += wordsOf(change.line.text).length
    if (change.kind === 'removed') removed += wordsOf(change.line.text).length
    if (change.kind !== 'changed') continue
    for (const { kind, text } of change.pieces) {
      if (kind === 'added') added += wordsOf(text).length
      if (kind === 'removed') removed += wordsOf(text).length
    }
  }
  return { added, removed }
}
