import type { JobDefinition } from '../../platform/jobs/jobs.ts'
import type { RoomsComponents } from './components.ts'
import { attachmentKey, thumbnailKey } from './keys.ts'
import { deleteUnsent } from './store/unsent.ts'

export const FILES_JOB = 'rooms.delete_files'
const UNSENT_HOURS = 24
const BATCH = 500

type Components = Pick<RoomsComponents, 'blobs' | 'database' | 'clock'>

/** Deletes the bytes of files whose messages were removed. Rows went first: nobody finds the files any more. */
export function deleteFilesJob({ blobs }: Components): JobDefinition<{ tenantId: string; ids: string[] }> {
  return {
    ...{ name: FILES_JOB, retryLimit: 5, concurrency: 2, expireInSeconds: 300 },
    async run({ data: { tenantId, ids } }) {
      for (const id of ids) {
        await blobs.delete(attachmentKey(tenantId, id))
        await blobs.delete(thumbnailKey(tenantId, id))
      }
    },
  }
}

/** Daily: files that were reserved or uploaded and never sent. */
export function unsentFilesJob({ blobs, database, clock }: Components): JobDefinition {
  return {
    ...{ name: 'rooms.delete_unsent_files', retryLimit: 3, concurrency: 1, expireInSeconds: 600 },
    schedule: '41 3 * * *',
    async run({ signal, log }) {
      const before = new Date(clock.now() - UNSENT_HOURS * 3_600_000)
      let files = 0
      for (let rows = await deleteUnsent(database, before, BATCH); rows.length > 0; ) {
        for (const { tenant_id, id } of rows) {
          await blobs.delete(attachmentKey(tenant_id, id))
          await blobs.delete(thumbnailKey(tenant_id, id))
        }
        files += rows.length
        signal.throwIfAborted()
        rows = await deleteUnsent(database, before, BATCH)
      }
      log.info({ action: 'unsent_files_deleted', files })
    },
  }
}
