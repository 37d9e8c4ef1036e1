import { uuidv7 } from '@stoa/kernel'
import type { Tx } from '../../platform/database/database.ts'
import { announceBook } from './announce.ts'
import { bookIdTaken } from './errors.ts'
import { nameWords } from './name-words.ts'
import { READ_IN } from './read-in/job-name.ts'
import { sortKey } from './sort-key.ts'
import { booksOfContent, findBookOfContent, insertBook } from './store/books.ts'
import { ensureContent } from './store/contents.ts'

export interface AddedFile {
  readonly filename: string
  readonly size: number
  readonly sha256: string
}

/**
 * Makes a book of a file that lies under its content key, and has it read in. The same bytes in the same workspace give the
 * book that is there already. @throws Problem 409 `book.id_taken`
 */
export async function addBook(
  tx: Tx,
  book: { tenantId: string; accountId: string; workspaceId: string; bookId: string; file: AddedFile },
): Promise<{ bookId: string; created: boolean }> {
  const { tenantId, workspaceId, bookId, file } = book
  const contentId = await ensureContent(tx, { tenantId, id: uuidv7(), sha256: file.sha256, size: file.size })
  const existing = await findBookOfContent(tx, workspaceId, contentId)
  if (existing) return { bookId: existing, created: false }
  const title = titleOf(file.filename)
  const inserted = await insertBook(tx, {
    tenantId,
    id: bookId,
    workspaceId,
    contentId,
    filename: file.filename,
    title,
    titleKey: sortKey(title),
    nameWords: nameWords(title),
    addedBy: book.accountId,
  })
  if (!inserted) {
    const same = (await booksOfContent(tx, contentId)).some((other) => other.id === bookId)
    if (!same) throw bookIdTaken()
    return { bookId, created: false }
  }
  await tx.enqueue({ name: READ_IN, data: { tenantId, contentId }, singletonKey: contentId })
  await announceBook(tx, 'book.created', { id: bookId, workspace_id: workspaceId })
  return { bookId, created: true }
}

/** `the_art-of.war.epub` → `the art-of.war`: what the book is called until it was read. */
function titleOf(filename: string): string {
  const stem = filename
    .replace(/\.[A-Za-z0-9]{1,8}$/, '')
    .replaceAll('_', ' ')
    .trim()
  return stem === '' ? filename : stem
}
