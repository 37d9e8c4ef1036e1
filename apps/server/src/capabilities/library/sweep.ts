import type { JobDefinition } from '../../platform/jobs/jobs.ts'
import type { LibraryComponents } from './components.ts'
import { contentKey, uploadKey } from './keys.ts'
import { deleteBook } from './store/books.ts'
import { deleteContent, unusedContents } from './store/contents.ts'
import { deleteUpload, expiredUploads, oldTrash } from './store/uploads.ts'

export const SWEEP = 'library.sweep'
export const TRASH_DAYS = 30
const BATCH = 500

/**
 * Clears up one tenant's library: uploads never finished, books long in the trash, files that nothing shows. Rows go first
 * and files after: a file without a row is found again by nobody, a row without a file would be a broken book.
 */
export function sweepJob(components: LibraryComponents): JobDefinition<{ tenantId: string }> {
  const { database, blobs } = components
  return {
    name: SWEEP,
    retryLimit: 2,
    concurrency: 1,
    expireInSeconds: 900,
    async run({ data: { tenantId }, log }) {
      const actor = { tenantId, accountId: null }
      const swept = await database.tenant(actor, async (tx) => {
        const uploads = await expiredUploads(tx, BATCH)
        for (const id of uploads) await deleteUpload(tx, id)
        const trash = await oldTrash(tx, TRASH_DAYS, BATCH)
        for (const id of trash) await deleteBook(tx, id)
        const contents = await unusedContents(tx, BATCH)
        for (const { id } of contents) await deleteContent(tx, id)
        return { uploads, trash, contents }
      })
      for (const id of swept.uploads) await blobs.delete(uploadKey(tenantId, id))
      for (const { sha256, reading_sha256, cover } of swept.contents) {
        const editions = [sha256, reading_sha256].filter((digest) => digest !== null)
        const keys = editions.map((digest) => contentKey(tenantId, digest))
        for (const key of cover ? [...keys, cover.smallKey, cover.largeKey] : keys) await blobs.delete(key)
      }
      const counts = {
        uploads: swept.uploads.length,
        books: swept.trash.length,
        contents: swept.contents.length,
      }
      log.info({ action: 'library_swept', tenant_id: tenantId, ...counts })
    },
  }
}
