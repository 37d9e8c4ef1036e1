import type { Tx } from '../../platform/database/database.ts'
import type { PassageText } from '../../platform/search/search-engine.ts'
import type { LibraryComponents } from './components.ts'
import { type PassageRow, readPassages } from './store/contents.ts'
import { bookText } from './store/searchable.ts'

type Search = Pick<LibraryComponents, 'search'>

/** Makes a book findable by its title, its authors and what is said about it. After every change of these. */
export async function indexBook({ search }: Search, tx: Tx, tenantId: string, bookId: string): Promise<void> {
  const book = await bookText(tx, bookId)
  if (!book) return search.removeDocuments(tx, 'book', [bookId])
  const { workspace_id, added_by, title, subtitle, authors, series, tags, description } = book
  const about = [subtitle ?? '', authors.join(', '), series ?? '', tags.join(' '), description ?? '']
  const document = {
    kind: 'book',
    id: bookId,
    workspaceId: workspace_id,
    bookId,
    accountId: added_by,
    visibility: 'workspace',
    title,
    text: about.filter((part) => part !== '').join('\n'),
  } as const
  await search.putDocuments(tx, tenantId, [document])
}

const BATCH = 2000

/** A passage as it is found. */
export const passageText = (passage: Pick<PassageRow, 'ord' | 'text' | 'section_path'>): PassageText => ({
  ord: passage.ord,
  text: passage.text,
  headings: passage.section_path.slice(-2),
})

/** Hands every stored passage of a content to the index once more. */
export async function indexPassages(
  { search }: Search,
  tx: Tx,
  tenantId: string,
  contentId: string,
): Promise<void> {
  const passages: PassageText[] = []
  for (;;) {
    const batch = await readPassages(tx, contentId, { from: passages.length, limit: BATCH })
    passages.push(...batch.map(passageText))
    if (batch.length < BATCH) break
  }
  await search.indexContent(tx, tenantId, contentId, passages)
}
