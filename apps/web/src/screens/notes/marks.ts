import type { Ink } from '@stoa/ui'
import type { LocalHighlight, LocalNote } from '../../offline/types.ts'
import { type PassageAddress, placeOf } from '../search/hit-target.ts'
import type { NotesAddress } from './address.ts'

/** A highlight or a note of the one list. */
export type Mark =
  | { readonly kind: 'highlight'; readonly row: LocalHighlight }
  | { readonly kind: 'note'; readonly row: LocalNote }

/** Everything that was not removed, newest first. */
export function marksOf(highlights: readonly LocalHighlight[], notes: readonly LocalNote[]): Mark[] {
  const all: Mark[] = [
    ...highlights.map((row): Mark => ({ kind: 'highlight', row })),
    ...notes.map((row): Mark => ({ kind: 'note', row })),
  ]
  return all
    .filter(({ row }) => row.deleted_at === null)
    .sort((a, b) => b.row.created_at.localeCompare(a.row.created_at) || b.row.id.localeCompare(a.row.id))
}

/** What the filters leave. Text is looked for in quotes, notes, titles, tags and names of books, in any case. */
export function filterMarks(marks: readonly Mark[], address: NotesAddress): Mark[] {
  const { ink, tag, book, whose, q } = address
  const words = (q ?? '').toLowerCase().split(/\s+/).filter(Boolean)
  return marks.filter((mark) => {
    const { row } = mark
    if (ink !== undefined && inkOf(mark) !== ink) return false
    if (tag !== undefined && !row.tags.includes(tag)) return false
    if (book !== undefined && (row.book_id ?? 'none') !== book) return false
    if (whose !== undefined && row.mine !== (whose === 'mine')) return false
    if (words.length === 0) return true
    const text = textOf(mark)
    return words.every((word) => text.includes(word))
  })
}

export const inkOf = (mark: Mark): Ink | undefined => (mark.kind === 'highlight' ? mark.row.color : undefined)

function textOf({ kind, row }: Mark): string {
  const own = kind === 'highlight' ? [row.note, row.chapter] : [row.title, row.body]
  return [row.quote?.exact, ...own, row.book_title, ...row.tags].filter(Boolean).join('\n').toLowerCase()
}

/** A line of the list: the name of a book above its marks, or a mark. */
export type Line =
  | {
      readonly kind: 'book'
      readonly key: string
      readonly bookId: string | null
      readonly title: string | null
      readonly count: number
    }
  | { readonly kind: 'mark'; readonly key: string; readonly mark: Mark }

const lineOf = (mark: Mark): Line => ({ kind: 'mark', key: `${mark.kind}:${mark.row.id}`, mark })

/** The marks as lines. By book: books as they were last marked, their marks as they stand in them; notes of no book last. */
export function arrange(marks: readonly Mark[], by: 'newest' | 'book'): Line[] {
  if (by === 'newest') return marks.map(lineOf)
  const groups = Map.groupBy(marks, ({ row }) => row.book_id)
  const books = [...groups].sort(([a], [b]) => Number(a === null) - Number(b === null))
  return books.flatMap(([bookId, own]): Line[] => [
    {
      kind: 'book',
      key: `book:${bookId}`,
      bookId,
      title: own[0]?.row.book_title ?? null,
      count: own.length,
    },
    ...(bookId === null ? own : [...own].sort((a, b) => standing(a) - standing(b))).map(lineOf),
  ])
}

/** How far into its book a mark stands; unknown places come last, in the order they had. */
function standing({ row: { locator } }: Mark): number {
  if (locator === null) return Number.MAX_SAFE_INTEGER
  if (locator.type === 'pdf') return locator.page + Math.min(locator.start ?? 0, 999_999) / 1_000_000
  return locator.fraction ?? locator.section_index ?? Number.MAX_SAFE_INTEGER
}

export interface Counted {
  readonly key: string
  readonly name: string | null
  readonly count: number
}

/** The tags of the marks, most used first. */
export function tagsIn(marks: readonly Mark[]): Counted[] {
  return count(marks.flatMap(({ row }) => row.tags.map((tag) => ({ key: tag, name: tag }))))
}

/** The books of the marks, most marked first; `none` are notes without a book. */
export function booksIn(marks: readonly Mark[]): Counted[] {
  return count(marks.map(({ row }) => ({ key: row.book_id ?? 'none', name: row.book_title })))
}

function count(things: readonly { key: string; name: string | null }[]): Counted[] {
  const groups = Map.groupBy(things, ({ key }) => key)
  return [...groups]
    .map(([key, own]) => ({ key, name: own[0]?.name ?? null, count: own.length }))
    .sort((a, b) => b.count - a.count || a.key.localeCompare(b.key))
}

/** Where "open the passage" leads; `undefined` for a note without a book. */
export function passageOf({ kind, row }: Mark): { bookId: string; search: PassageAddress } | undefined {
  if (row.book_id === null) return undefined
  const place = placeOf(row.locator)
  if (kind === 'highlight') return { bookId: row.book_id, search: { highlight: row.id, ...place } }
  const highlight = row.highlight_id === null ? {} : { highlight: row.highlight_id }
  const words = row.quote?.exact.trim().slice(0, 160)
  return { bookId: row.book_id, search: { ...highlight, ...place, ...(words && { q: words }) } }
}

/** Longest tag and most tags the contract takes. */
const LONGEST_TAG = 64
const MOST_TAGS = 30

/** Tags as they are typed: separated by commas of either width, with or without `#`. */
export function readTags(typed: string): string[] {
  const tags = typed
    .split(/[,，、\n\t]/)
    .map((tag) => tag.trim().replace(/^#+/, '').trim().slice(0, LONGEST_TAG))
    .filter((tag) => tag !== '')
  return [...new Set(tags)].slice(0, MOST_TAGS)
}
