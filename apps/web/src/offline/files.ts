import { api, ok } from '../data/api.ts'
import { OfflineError } from '../data/problem.ts'
import type { KeptBook, OfflineDatabase } from './database.ts'
import { keepPdfParts } from './pdf-parts.ts'
import type { Book, BookFile } from './types.ts'

/** Files of books that were opened, beyond those that are pinned. */
const ROOM_BYTES = 500_000_000

export interface OpenedFile {
  readonly blob: Blob
  readonly format: BookFile['format']
  readonly book: Book
  /** From this device: the server was not asked, or could not be. */
  readonly offline: boolean
}

/** Books on this device: what was opened stays readable without the server, what is pinned stays for good. */
export class BookFiles {
  readonly #database: OfflineDatabase

  constructor(database: OfflineDatabase) {
    this.#database = database
  }

  /**
   * The file the reader opens: from this device when it is the one the server has, else downloaded and kept.
   * @throws OfflineError when the server is away and the file is not here; ApiError with the server's reason
   */
  async open(
    bookId: string,
    options: { signal?: AbortSignal; onProgress?: (received: number, total: number) => void } = {},
  ): Promise<OpenedFile> {
    const kept = await this.#database.books.get(bookId)
    const found = await this.#ask(bookId, options.signal).catch((error: unknown) => {
      if (error instanceof OfflineError) return undefined
      throw error
    })
    if (!found) return this.#fromDevice(kept)
    const { book, file } = found
    const here = await this.#database.files.get(file.sha256)
    const blob = here?.blob ?? (await download(file, options))
    if (!here) await this.#database.files.put({ sha256: file.sha256, blob, size: blob.size })
    const { sha256, format } = file
    await this.#database.books.put({
      id: bookId,
      book,
      sha256,
      format,
      pinned: kept?.pinned ?? false,
      openedAt: Date.now(),
    })
    await this.#makeRoom()
    // Behind the book; not reached, the next PDF tries again.
    if (format === 'pdf') void keepPdfParts().catch(() => {})
    return { blob, format, book, offline: false }
  }

  /** Keeps the book's file for good, or lets go of it. */
  async pin(bookId: string, pinned: boolean, options?: Parameters<BookFiles['open']>[1]): Promise<void> {
    if (pinned) await this.open(bookId, options)
    await this.#database.books.update(bookId, { pinned })
    if (!pinned) await this.#makeRoom()
  }

  async #ask(bookId: string, signal?: AbortSignal): Promise<{ book: Book; file: BookFile }> {
    const init = { params: { path: { book_id: bookId } }, ...(signal && { signal }) }
    const book = await ok(api.GET('/api/v1/books/{book_id}', init))
    const file = await ok(api.GET('/api/v1/books/{book_id}/file', init))
    return { book, file }
  }

  async #fromDevice(kept: KeptBook | undefined): Promise<OpenedFile> {
    const file = kept?.sha256 === undefined ? undefined : await this.#database.files.get(kept.sha256)
    if (!kept?.format || !file) throw new OfflineError('This book is not on this device yet.')
    await this.#database.books.update(kept.id, { openedAt: Date.now() })
    return { blob: file.blob, format: kept.format, book: kept.book, offline: true }
  }

  /** Lets go of the files that were opened longest ago, of books that nobody pinned. */
  async #makeRoom(): Promise<void> {
    const { books, files } = this.#database
    const kept = await books.orderBy('openedAt').reverse().toArray()
    const wanted = new Set<string>()
    let used = 0
    for (const { sha256, pinned } of kept) {
      const size = sha256 === undefined ? 0 : ((await files.get(sha256))?.size ?? 0)
      if (sha256 === undefined) continue
      const fits = used === 0 || used + size <= ROOM_BYTES
      if (pinned || fits) wanted.add(sha256)
      if (!pinned && fits) used += size
    }
    for (const sha256 of await files.toCollection().primaryKeys())
      if (!wanted.has(sha256)) await files.delete(sha256)
  }
}

async function download(
  file: BookFile,
  { signal, onProgress }: { signal?: AbortSignal; onProgress?: (received: number, total: number) => void },
): Promise<Blob> {
  const { url, headers } = file.transfer
  const response = await fetch(url, { headers, ...(signal && { signal }) }).catch((cause: unknown) => {
    if (signal?.aborted) throw cause
    throw new OfflineError('The file could not be fetched.', { cause })
  })
  if (!response.ok || !response.body)
    throw new OfflineError(`The file could not be fetched (${response.status}).`)
  const parts: Uint8Array<ArrayBuffer>[] = []
  let received = 0
  for await (const part of response.body) {
    parts.push(part as Uint8Array<ArrayBuffer>)
    received += part.length
    onProgress?.(received, file.size)
  }
  if (received !== file.size) throw new OfflineError('The file did not arrive whole.')
  return new Blob(parts, { type: file.media_type })
}
