import type { TenantJobData } from '../../platform/jobs/for-each-tenant.ts'
import type { JobDefinition } from '../../platform/jobs/jobs.ts'
import type { AnnotationComponents } from './components.ts'
import { purgeRemoved } from './store/tags.ts'

export const PURGE = 'annotations.purge'
export const PURGE_ALL = 'annotations.purge-all'
/** Removed annotations may be restored for as long, and devices that were offline learn of it; then they are purged. */
const REMOVED_DAYS = 30
const BATCH = 1_000
/** Of one tenant in one run. Who has more waits until the others had their turn. */
const BUDGET = 20_000

/** Deletes for good what one tenant's people removed long ago. Safe to repeat and to be cut off anywhere. */
export function purgeJob({
  database,
  onSwept,
}: Pick<AnnotationComponents, 'database' | 'onSwept'>): JobDefinition<TenantJobData> {
  return {
    ...{ name: PURGE, retryLimit: 3, concurrency: 1, expireInSeconds: 900 },
    async run({ data: { tenantId }, signal, log }) {
      const actor = { tenantId, accountId: null }
      let purged = 0
      for (let count = 1; count > 0 && purged < BUDGET; purged += count) {
        signal.throwIfAborted()
        count = await database.tenant(actor, (tx) => purgeRemoved(tx, REMOVED_DAYS, BATCH))
      }
      onSwept('annotations', purged)
      log.info({ action: 'annotations_purged', tenant_id: tenantId, annotations: purged })
      if (purged < BUDGET) return
      await database.tenant(actor, (tx) =>
        tx.enqueue({ name: PURGE, data: { tenantId }, singletonKey: tenantId }),
      )
    },
  }
}
