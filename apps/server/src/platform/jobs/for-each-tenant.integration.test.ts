import { silentLogger } from '@stoa/kernel'
import { testDatabase } from '@stoa/testkit/database'
import { createTenant } from '@stoa/testkit/identity'
import { expect, test } from 'vitest'
import type { JobRequest } from '../database/database.ts'
import { forEachTenant } from './for-each-tenant.ts'

test('adds one job for every tenant, page by page, and sees nothing else of them', async () => {
  const queue: JobRequest[] = []
  await using db = await testDatabase({ enqueue: async (_, job) => void queue.push(job) })
  const known = [await createTenant(db), await createTenant(db)].map(({ tenantId }) => tenantId)
  await db.sql(
    `insert into stoa.tenants (id, name) select gen_random_uuid(), 'T' from generate_series(1, 450)`,
  )
  const job = forEachTenant(db.database, { name: 'all', schedule: '1 1 * * *', job: 'one' })
  expect(job.schedule).toBe('1 1 * * *')
  const signal = AbortSignal.timeout(60_000)
  await job.run({ id: 'x', data: {}, attempt: 1, signal, log: silentLogger })
  expect(queue).toHaveLength(452)
  expect(new Set(queue.map(({ singletonKey }) => singletonKey)).size).toBe(452)
  expect(queue).toContainEqual({ name: 'one', data: { tenantId: known[0] }, singletonKey: known[0] })
  await expect(db.database.pool.selectFrom('tenants').select('name').execute()).resolves.toEqual([])
})
