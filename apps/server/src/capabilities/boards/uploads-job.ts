import type { JobDefinition } from '../../platform/jobs/jobs.ts'
import type { BoardParts } from './components.ts'
import { uploadKey } from './content/keys.ts'
import { dropUnnamed } from './store/contents.ts'
import { deleteOldUploads } from './store/uploads.ts'

const KEPT_HOURS = 24
const BATCH = 500

type Components = Pick<BoardParts, 'blobs' | 'database' | 'clock'>

/** Daily: images that were uploaded and never posted. */
export function oldUploadsJob({ blobs, database, clock }: Components): JobDefinition {
  return {
    ...{ name: 'boards.delete_old_uploads', retryLimit: 3, concurrency: 1, expireInSeconds: 600 },
    schedule: '47 3 * * *',
    async run({ signal, log }) {
      const before = new Date(clock.now() - KEPT_HOURS * 3_600_000)
      let uploads = 0
      for (let rows = await deleteOldUploads(database, before, BATCH); rows.length > 0; ) {
        for (const { tenant_id, id } of rows) await blobs.delete(uploadKey(tenant_id, id))
        for (const tenantId of new Set(rows.map((row) => row.tenant_id)))
          await database.tenant({ tenantId, accountId: null }, (tx) => dropUnnamed(tx, before))
        uploads += rows.length
        signal.throwIfAborted()
        rows = await deleteOldUploads(database, before, BATCH)
      }
      log.info({ action: 'old_board_uploads_deleted', uploads })
    },
  }
}
