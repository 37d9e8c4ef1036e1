import type { TenantJobData } from '../../platform/jobs/for-each-tenant.ts'
import type { JobDefinition } from '../../platform/jobs/jobs.ts'
import type { DocumentsComponents } from './components.ts'
import { DISCARD, dropForGood } from './drop.ts'
import { fileKey, importKey, thumbnailKey } from './keys.ts'
import { trashedBefore } from './store/documents.ts'
import { dropImports } from './store/imports.ts'
import { lockProjection } from './store/projection.ts'
import type { Texts } from './texts.ts'

export const PURGE = 'documents.purge'
export const PURGE_ALL = 'documents.purge-all'

const DAY_MS = 86_400_000
const TRASH_DAYS = 30
/** Files for an import are uploaded and read within minutes. */
const IMPORT_DAYS = 1
const BATCH = 100

/** The text and the bytes of a document whose row is gone: nobody finds them any more. Safe to repeat. */
export function discardJob(
  { blobs }: DocumentsComponents,
  texts: Texts,
): JobDefinition<{ tenantId: string; documentId: string; fileIds: string[] }> {
  return {
    ...{ name: DISCARD, retryLimit: 8, concurrency: 2, expireInSeconds: 300 },
    async run({ data: { tenantId, documentId, fileIds } }) {
      await texts.remove({ tenantId, documentId })
      for (const id of fileIds) {
        await blobs.delete(fileKey(tenantId, id))
        await blobs.delete(thumbnailKey(tenantId, id))
      }
    },
  }
}

/** Daily, for each tenant: what has been in the trash for a month, and files of imports. */
export function purgeJob(components: DocumentsComponents): JobDefinition<TenantJobData> {
  const { database, clock, blobs, onSwept } = components
  return {
    ...{ name: PURGE, retryLimit: 3, concurrency: 1, expireInSeconds: 900 },
    async run({ data: { tenantId }, signal }) {
      const actor = { tenantId, accountId: null }
      let purged = 0
      for (let ids = ['']; ids.length > 0; purged += ids.length) {
        signal.throwIfAborted()
        ids = await database.tenant(actor, async (tx) => {
          const old = await trashedBefore(tx, new Date(clock.now() - TRASH_DAYS * DAY_MS), BATCH)
          for (const id of old) {
            const row = await lockProjection(tx, id)
            if (row) await dropForGood(components, tx, tenantId, row)
          }
          return old
        })
      }
      onSwept('documents', purged)
      const before = new Date(clock.now() - IMPORT_DAYS * DAY_MS)
      for (let ids = ['']; ids.length > 0; ) {
        signal.throwIfAborted()
        ids = await database.tenant(actor, (tx) => dropImports(tx, before, BATCH))
        for (const id of ids) await blobs.delete(importKey(tenantId, id))
      }
    },
  }
}
