import { compareLocators } from '@stoa/locators'
import type { LocalHighlight, LocalNote } from '../../../offline/types.ts'
import type { Marks } from '../marks/use-marks.ts'
import { fromWire } from '../place/wire-locator.ts'

export type Mark =
  | { readonly kind: 'highlight'; readonly row: LocalHighlight }
  | { readonly kind: 'note'; readonly row: LocalNote }

export interface MarkFilter {
  readonly ink: LocalHighlight['color'] | undefined
  readonly tag: string | undefined
}

/** What the filter lets through: those with a place in reading order, notes on the whole book first, and the lost apart. */
export function filterMarks(
  { highlights, notes }: Marks,
  { ink, tag }: MarkFilter,
): { found: Mark[]; lost: LocalHighlight[] } {
  const tagged = ({ tags }: { tags: readonly string[] }) => tag === undefined || tags.includes(tag)
  const shown = highlights.filter((row) => tagged(row) && (ink === undefined || row.color === ink))
  const written = ink === undefined ? notes.filter(tagged) : []
  const found: Mark[] = [
    ...shown
      .filter((row) => row.anchor_status !== 'lost')
      .map((row) => ({ kind: 'highlight' as const, row })),
    ...written.map((row) => ({ kind: 'note' as const, row })),
  ]
  return { found: found.sort(inReadingOrder), lost: shown.filter((row) => row.anchor_status === 'lost') }
}

function inReadingOrder({ row: a }: Mark, { row: b }: Mark): number {
  if (!a.locator || !b.locator) return Number(a.locator !== null) - Number(b.locator !== null)
  return compareLocators(fromWire(a.locator), fromWire(b.locator))
}

/** All tags of the book's marks, in the order of the language. */
export function tagsOf({ highlights, notes }: Marks): string[] {
  const tags = new Set([...highlights, ...notes].flatMap((row) => row.tags))
  return [...tags].sort((a, b) => a.localeCompare(b))
}
