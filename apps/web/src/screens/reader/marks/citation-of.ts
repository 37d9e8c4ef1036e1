import type { LocalHighlight } from '../../../offline/types.ts'
import type { SelectionDetail } from '../../../reader/engine/index.ts'
import type { DraftCitation } from '../../rooms/composer/drafts.ts'
import { toWire } from '../place/wire-locator.ts'
import type { Reader } from '../reader-store.ts'

/** Longest text the contract keeps of a chapter's name. */
const CHAPTER = 300

/** The words that are selected, as a message cites them. */
export function citationOf({ book, view }: Reader, { locator, quote }: SelectionDetail): DraftCitation {
  const chapter = view.location?.tocItem?.label.trim().slice(0, CHAPTER)
  const fraction = locator.fraction ?? view.location?.locator.fraction
  const wire = toWire({ ...locator, ...(fraction !== undefined && { fraction }) })
  return {
    citation: { book_id: book.id, locator: wire, quote, ...(chapter && { chapter }) },
    title: book.title,
    authors: book.authors,
  }
}

/** A highlight, as a message cites it: who marked it is told with it. */
export function citationOfHighlight(row: LocalHighlight): DraftCitation {
  const { id, book_id, locator, quote, chapter, book_title } = row
  return {
    citation: { book_id, locator, quote, highlight_id: id, ...(chapter !== null && { chapter }) },
    title: book_title,
    authors: [],
  }
}
