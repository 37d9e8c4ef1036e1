import type { Tx } from '../../platform/database/database.ts'
import type { LibraryComponents } from './components.ts'
import { type PassageRow, readPassages } from './store/contents.ts'
import { bookText } from './store/searchable.ts'

type Search = Pick<LibraryComponents, 'search'>

/** Makes a book findable by its title, its authors and what is said about it. After every change of these. */
export async function indexBook({ search }: Search, tx: Tx, tenantId: string, bookId: string): Promise<void> {
  const book = await bookText(tx, bookId)
  if (!book) return search.removeDocument(tx, 'book', bookId)
  const { workspace_id, added_by, title, subtitle, authors, series, tags, description } = book
  const about = [subtitle ?? '', authors.join(', '), series ?? '', tags.join(' '), description ?? '']
  await search.putDocument(tx, tenantId, {
    kind: 'book',
    id: bookId,
    workspaceId: workspace_id,
    bookId,
    accountId: added_by,
    visibility: 'workspace',
    title,
    text: about.filter((part) => part !== '').join('\n'),
  })
}

const BATCH = 2000

/** Hands every passage of a content to the index, in the transaction that completes them. */
export async function indexPassages(
  { search }: Search,
  tx: Tx,
  tenantId: string,
  contentId: string,
): Promise<void> {
  const passages: PassageRow[] = []
  for (;;) {
    const batch = await readPassages(tx, contentId, { from: passages.length, limit: BATCH })
    passages.push(...batch)
    if (batch.length < BATCH) break
  }
  const texts = passages.map(({ ord, text, section_path }) => ({
    ord,
    text,
    headings: section_path.slice(-2),
  }))
  await search.indexContent(tx, tenantId, contentId, texts)
}
