import { silentLogger } from '@stoa/kernel'
import { type TestDatabase, testDatabase } from '@stoa/testkit/database'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createCleanUpJob } from './clean-up-job.ts'

const TENANTS = ['00000000-0000-7000-8000-00000000000a', '00000000-0000-7000-8000-00000000000b']
let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.close())

const count = async (table: string) =>
  (await db.sql<{ n: number }>(`select count(*) as n from ${table}`))[0]?.n

test('deletes what is past its time, of every tenant, and nothing else', async () => {
  for (const tenantId of TENANTS)
    await db.database.tenant({ tenantId, accountId: tenantId }, async (tx) => {
      await tx.emit({ type: 'test.old', payload: {} })
      await tx.emit({ type: 'test.new', payload: {} })
      const key = { tenant_id: tenantId, account_id: tenantId, operation: 'x', request_hash: 'y' }
      await tx.db
        .insertInto('idempotency_keys')
        .values([
          { ...key, key: 'old' },
          { ...key, key: 'new' },
        ])
        .execute()
    })
  await db.sql(`select jobs.create_queue('x', '{"policy": "standard"}')`)
  await db.sql(`insert into jobs.job (name, state, completed_on) select 'x', state::jobs.job_state, now() - age::interval
    from (values ('completed', '1 day'), ('completed', '1 hour'), ('failed', '1 day'), ('created', '1 day')) as v(state, age)`)
  await withoutBounds(
    'events',
    `update stoa.events set created_at = now() - interval '8 days' where type = 'test.old'`,
  )
  await withoutBounds(
    'idempotency_keys',
    `update stoa.idempotency_keys set created_at = now() - interval '3 days' where key = 'old'`,
  )

  await createCleanUpJob(db.database).run({
    ...{ id: '1', data: {}, attempt: 1, signal: new AbortController().signal, log: silentLogger },
  })

  for (const tenantId of TENANTS) {
    const left = await db.database.tenantRead({ tenantId, accountId: null }, async (tx) => ({
      events: await tx.db.selectFrom('events').select('type').execute(),
      keys: await tx.db.selectFrom('idempotency_keys').select('key').execute(),
      horizon: await tx.db.selectFrom('event_horizons').selectAll().execute(),
    }))
    expect(left).toEqual({
      events: [{ type: 'test.new' }],
      keys: [{ key: 'new' }],
      horizon: [expect.anything()],
    })
  }
  expect(await count('jobs.job')).toBe(3)
})

/** The owner may be bound by forced row-level security, too. */
async function withoutBounds(table: string, statement: string): Promise<void> {
  await db.sql(`alter table stoa.${table} no force row level security`)
  await db.sql(statement)
  await db.sql(`alter table stoa.${table} force row level security`)
}
