/** The library: files in, books out. The only module of this capability that others import. */

import { createHash } from 'node:crypto'
import { readFile, rm } from 'node:fs/promises'
import { basename } from 'node:path'
import { type Service, uuidv7 } from '@stoa/kernel'
import type { TenantContext, Tx } from '../../platform/database/database.ts'
import { forEachTenant } from '../../platform/jobs/for-each-tenant.ts'
import type { JobDefinition } from '../../platform/jobs/jobs.ts'
import type { Capability } from '../capability.ts'
import { type AddedFile, addBook } from './add-book.ts'
import type { LibraryComponents } from './components.ts'
import { discardJob } from './discard.ts'
import { otherWorkspace } from './errors.ts'
import { contentKey } from './keys.ts'
import { createBook } from './operations/create-book.ts'
import { createUpload } from './operations/create-upload.ts'
import { deleteBookOperation } from './operations/delete-book.ts'
import { getBook } from './operations/get-book.ts'
import { getBookContents } from './operations/get-book-contents.ts'
import { getBookFile } from './operations/get-book-file.ts'
import { getLibrarySummary } from './operations/get-library-summary.ts'
import { listBooksOperation } from './operations/list-books.ts'
import { replaceBookFile } from './operations/replace-book-file.ts'
import { restoreBook } from './operations/restore-book.ts'
import { retryBook } from './operations/retry-book.ts'
import {
  addShelfBooks,
  createShelf,
  deleteShelfOperation,
  listShelvesOperation,
  removeShelfBooks,
  updateShelfOperation,
} from './operations/shelves.ts'
import { updateBookOperation } from './operations/update-book.ts'
import type { BookReader } from './read-in/book-reader.ts'
import { readInJob } from './read-in/read-in.ts'
import { chosenWorkspace, presentBookById, visibleBook, visibleShelf } from './scope.ts'
import { reserveContent } from './store/contents.ts'
import { lockDigest } from './store/digests.ts'
import { insertShelf, lockShelves, putOnShelf, siblings } from './store/shelves.ts'
import { SWEEP, SWEEP_ALL, sweepJob } from './sweep.ts'

export type { LibraryComponents } from './components.ts'
export { buildEdition } from './formats/edition/build.ts'
export type { EditionChapter } from './formats/edition/edition.ts'
// File by file: the parsers belong into the reader processes, not into the program's memory.
export { FileError, fileErrorCodes } from './formats/errors.ts'
export { BookReaderPool } from './formats/worker/pool.ts'
export type { BookReader } from './read-in/book-reader.ts'
export { SAMPLE, type SampleData, sampleJob } from './sample.ts'
export { sortKey } from './sort-key.ts'
export { type BookRow, findBook } from './store/books.ts'
export { type PassageRow, passagesAt, readPassages } from './store/contents.ts'
export { addMarks, countFinished, recordPosition, recordStatus, titlesOf } from './store/readers.ts'
export {
  booksOfFiles,
  bookTags,
  type FoundBook,
  foundBooks,
  isReadingIn,
  searchableContents,
} from './store/searchable.ts'
export { shelvesBelow } from './store/shelves.ts'
export { coverView, locatorView, readingView } from './views.ts'

/** A shelf to be made; the same id again gives the same shelf. */
export interface SampleShelf {
  readonly workspaceId: string
  readonly shelfId: string
  readonly shelfName: string
}

export interface Library extends Capability {
  /** Started before the first job, which may be one that a crash cut off and that writes where is tidied up. */
  readonly engines: readonly Service[]
  /** A book the caller may see. @throws Problem 404 `book.not_found` */
  visibleBook(tx: Tx, context: TenantContext, bookId: string): ReturnType<typeof visibleBook>
  /** Puts a file of the server's own on a new shelf: the sample library. Safe to repeat. */
  addFiles(
    owner: Pick<TenantContext, 'tenantId' | 'accountId'>,
    place: SampleShelf,
    paths: readonly string[],
  ): Promise<void>
  /** Makes a book of a file that the program made for the caller. Safe to repeat. @throws Problem 404, 409 as `createBook` */
  addMadeFile(
    context: TenantContext,
    file: MadeFile,
  ): Promise<{ readonly created: boolean; readonly book: Awaited<ReturnType<typeof presentBookById>> }>
}

/** A file that the program made. */
export interface MadeFile {
  readonly bookId: string
  readonly workspaceId: string
  readonly shelfIds: readonly string[]
  readonly filename: string
  readonly bytes: Uint8Array
}

export function createLibrary(components: LibraryComponents & { readonly reader: BookReader }): Library {
  return {
    name: 'library',
    operations: [
      createUpload,
      listBooksOperation,
      createBook,
      getBook,
      updateBookOperation,
      deleteBookOperation,
      restoreBook,
      retryBook,
      getBookFile,
      getBookContents,
      replaceBookFile,
      getLibrarySummary,
      listShelvesOperation,
      createShelf,
      updateShelfOperation,
      deleteShelfOperation,
      addShelfBooks,
      removeShelfBooks,
    ].map((create) => create(components)),
    jobs: [
      readInJob(components),
      sweepJob(components),
      discardJob(components),
      forEachTenant(components.database, { name: SWEEP_ALL, schedule: '43 3 * * *', job: SWEEP }),
    ] as unknown as JobDefinition[],
    services: [],
    engines: [emptyFolder(components.temporaryFolder)],
    visibleBook: (tx, context, bookId) => visibleBook(components, tx, context, bookId),
    addFiles: (owner, place, paths) => addFiles(components, owner, place, paths),
    addMadeFile: (context, file) => addMadeFile(components, context, file),
  }
}

/** What a crash left half read. */
function emptyFolder(path: string): Service {
  return {
    name: 'library',
    start: () => rm(path, { recursive: true, force: true }),
    stop: async () => {},
  }
}

/** Stores the bytes under their content key; answers their SHA-256. */
async function keepBytes(
  { database, blobs }: Pick<LibraryComponents, 'database' | 'blobs'>,
  owner: Pick<TenantContext, 'tenantId' | 'accountId'>,
  bytes: Uint8Array,
): Promise<string> {
  const { tenantId } = owner
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  await database.tenant(owner, async (tx) => {
    await lockDigest(tx, tenantId, sha256)
    await reserveContent(tx, { tenantId, id: uuidv7(), sha256, size: bytes.length })
  })
  const options = { contentType: 'application/octet-stream', maxBytes: bytes.length }
  await blobs.put(contentKey(tenantId, sha256), bytes, options)
  return sha256
}

async function addMadeFile(
  components: LibraryComponents,
  context: TenantContext,
  { bookId, workspaceId, shelfIds, filename, bytes }: MadeFile,
): ReturnType<Library['addMadeFile']> {
  const { tenantId, accountId } = context
  const sha256 = await keepBytes(components, context, bytes)
  return components.database.tenant(context, async (tx) => {
    await chosenWorkspace(components, tx, context, workspaceId)
    const file = { filename, size: bytes.length, sha256 }
    const added = await addBook(tx, { tenantId, accountId, workspaceId, bookId, file })
    for (const id of new Set(shelfIds)) {
      const shelf = await visibleShelf(components, tx, context, id)
      if (shelf.workspace_id !== workspaceId) throw otherWorkspace()
      await putOnShelf(tx, tenantId, id, [added.bookId])
    }
    const book = await presentBookById(components, tx, context, added.bookId)
    return { created: added.created, book }
  })
}

async function addFiles(
  { database, blobs }: LibraryComponents,
  owner: Pick<TenantContext, 'tenantId' | 'accountId'>,
  place: SampleShelf,
  paths: readonly string[],
): Promise<void> {
  const { tenantId, accountId } = owner
  const files: AddedFile[] = []
  for (const path of paths) {
    const bytes = await readFile(path)
    const sha256 = await keepBytes({ database, blobs }, owner, bytes)
    files.push({ filename: basename(path), size: bytes.length, sha256 })
  }
  await database.tenant(owner, async (tx) => {
    const { workspaceId, shelfId, shelfName } = place
    await lockShelves(tx, workspaceId)
    const position = (await siblings(tx, workspaceId, null)).length
    await insertShelf(tx, {
      tenantId,
      id: shelfId,
      workspaceId,
      parentId: null,
      name: shelfName,
      position,
      createdBy: accountId,
    })
    for (const file of files) {
      const { bookId } = await addBook(tx, { tenantId, accountId, workspaceId, bookId: uuidv7(), file })
      await putOnShelf(tx, tenantId, shelfId, [bookId])
    }
  })
}
