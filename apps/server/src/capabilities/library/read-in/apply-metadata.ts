import type { Tx } from '../../../platform/database/database.ts'
import { namesOf } from '../names.ts'
import { type BookChanges, type BookIdentity, booksOfContent } from '../store/books.ts'
import { contentMetadata } from '../store/contents.ts'

/** What an analysis found out about a book, as it is stored with the content. */
export interface FoundMetadata {
  readonly format: string
  readonly title: string
  readonly authors: readonly string[]
  readonly language: string | null
  readonly publisher: string | null
  readonly published: string | null
  readonly description: string | null
  readonly series: string | null
  readonly series_index: number | null
  readonly identifiers: readonly { scheme: string; value: string }[]
  readonly direction: 'ltr' | 'rtl'
  readonly page_count: number | null
}

/** For each book of the content that is not ready: what to change, a person's corrections left alone. */
export async function foundChanges(
  tx: Tx,
  contentId: string,
): Promise<{ book: BookIdentity; changes: BookChanges }[]> {
  const found = await contentMetadata<FoundMetadata>(tx, contentId)
  const books = await booksOfContent(tx, contentId)
  return books
    .filter((book) => book.state !== 'ACTIVE')
    .map((book) => {
      const kept = new Set(book.edited_fields)
      const changes: BookChanges = Object.fromEntries(
        Object.entries(found).filter(([field]) => !kept.has(field)),
      )
      const named = {
        title: changes.title ?? book.title,
        authors: [...(changes.authors ?? book.authors)],
        subtitle: book.subtitle,
        series: changes.series === undefined ? book.series : changes.series,
      }
      return { book, changes: { ...changes, ...namesOf(named) } }
    })
}
