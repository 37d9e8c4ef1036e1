import { sql } from 'kysely'
import type { Database } from '../database/database.ts'
import type { JobDefinition } from './jobs.ts'

/** What the job of one tenant is given. */
export interface TenantJobData {
  readonly tenantId: string
}

export interface EachTenant {
  readonly name: string
  /** A cron expression in UTC. */
  readonly schedule: string
  /** The job to add for every tenant, with {@link TenantJobData}; its key is the tenant's id. */
  readonly job: string
}

const PAGE = 200
/** Comes before every id. */
const FIRST = '00000000-0000-0000-0000-000000000000'

/** A scheduled job that adds another one for every tenant, unless the one before still waits. Safe to repeat. */
export function forEachTenant(database: Database, { name, schedule, job }: EachTenant): JobDefinition {
  return {
    ...{ name, schedule, retryLimit: 5, concurrency: 1, expireInSeconds: 600 },
    async run({ signal, log }) {
      let tenants = 0
      for (let page = await after(database, FIRST); page.length > 0; ) {
        signal.throwIfAborted()
        await database.account(null, async (tx) => {
          for (const tenantId of page)
            await tx.enqueue({ name: job, data: { tenantId }, singletonKey: tenantId })
        })
        tenants += page.length
        page = await after(database, page.at(-1) ?? FIRST)
      }
      log.info({ action: 'jobs_added_for_each_tenant', added: job, tenants })
    },
  }
}

async function after(database: Database, last: string): Promise<string[]> {
  const { rows } = await sql<{ tenant_id: string }>`
    select tenant_id from stoa.tenants_after(${last}, ${PAGE})`.execute(database.pool)
  return rows.map((row) => row.tenant_id)
}
