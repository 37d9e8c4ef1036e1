import type { CitationAttributes } from '@stoa/document-schema'
import type { Passage } from '../../../passages/open-passage.ts'
import type { DraftCitation } from '../../rooms/composer/drafts.ts'

type Locator = Passage['locator']

const isLocator = (value: unknown): value is Locator =>
  typeof value === 'object' &&
  value !== null &&
  'type' in value &&
  ((value.type === 'epub' && 'cfi' in value) || (value.type === 'pdf' && 'page' in value))

/** Where a citation leads; undefined when it does not say so. */
export function passageOf({ book_id, locator, quote }: Partial<CitationAttributes>): Passage | undefined {
  if (!book_id || !quote?.exact || !isLocator(locator)) return undefined
  return { book_id, locator, quote }
}

/** A passage as a document holds it. */
export function attributesOf({ citation, title, authors }: DraftCitation): CitationAttributes {
  const { book_id, locator, quote, chapter, highlight_id } = citation
  return {
    book_id,
    locator: { ...locator },
    quote: { exact: quote.exact, prefix: quote.prefix ?? '', suffix: quote.suffix ?? '' },
    chapter: chapter ?? null,
    highlight_id: highlight_id ?? null,
    book_title: title,
    book_authors: authors,
  }
}
