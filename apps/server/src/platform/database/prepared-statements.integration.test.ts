import { type TestDatabase, testDatabase } from '@stoa/testkit/database'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Tx } from './database.ts'

const A = '00000000-0000-7000-8000-00000000000a'
const B = '00000000-0000-7000-8000-00000000000b'
const ANN = '00000000-0000-7000-8000-000000000001'
const inA = { tenantId: A, accountId: ANN }
const inB = { tenantId: B, accountId: ANN }

let db: TestDatabase
const retries: string[] = []

beforeAll(async () => {
  const metrics = { transaction: () => {}, retry: (_: string, reason: string) => retries.push(reason) }
  db = await testDatabase({ maxConnections: 1, metrics })
  await db.sql('create table stoa.rows (tenant_id uuid, n int, primary key (tenant_id, n))')
  await db.sql(`select stoa.protect('stoa.rows')`)
})
afterAll(() => db.close())
beforeEach(async () => {
  retries.length = 0
})

const add = (tx: Tx, tenantId: string, n: number) =>
  sql`insert into rows (tenant_id, n) values (${tenantId}, ${n})`.execute(tx.db)
const after = async (tx: Tx, n: number) =>
  (await sql<{ n: number }>`select * from rows where n > ${n}`.execute(tx.db)).rows
const planned = async () => {
  const { rows } = await db.database.tenant(inA, (tx) =>
    sql<{
      name: string
      statement: string
      generic_plans: number
    }>`select name, statement, generic_plans from pg_prepared_statements`.execute(tx.db),
  )
  return rows
}

test('one plan for all values shows to each tenant its own rows, and lets it write no others', async () => {
  await db.database.tenant(inA, (tx) => add(tx, A, 1))
  await db.database.tenant(inB, (tx) => add(tx, B, 2))
  for (let times = 0; times < 12; times++) {
    expect(await db.database.tenantRead(inA, (tx) => after(tx, 0))).toMatchObject([{ tenant_id: A, n: 1 }])
    expect(await db.database.tenantRead(inB, (tx) => after(tx, 0))).toMatchObject([{ tenant_id: B, n: 2 }])
    await db.database.tenant(inB, (tx) => add(tx, B, -times))
    await expect(db.database.tenant(inB, (tx) => add(tx, A, 100 + times))).rejects.toMatchObject({
      code: '42501',
    })
  }
  expect(await db.database.account(null, (tx) => after(tx, 0))).toEqual([])
  const reading = (await planned()).find(({ statement }) => statement.includes('from rows'))
  expect(reading?.generic_plans).toBeGreaterThan(0)
})

test('what was planned before the schema changed is planned anew, in a second try', async () => {
  for (let times = 0; times < 4; times++) await db.database.tenantRead(inA, (tx) => after(tx, 0))
  await db.sql('alter table stoa.rows add column more text default 9')
  expect(await db.database.tenant(inA, (tx) => after(tx, 0))).toMatchObject([{ n: 1, more: '9' }])
  expect(retries).toEqual(['0A000'])
  for (let times = 0; times < 4; times++)
    expect(await db.database.tenant(inA, (tx) => after(tx, 0))).toMatchObject([{ more: '9' }])
  expect(retries).toHaveLength(1)
})

test('a session keeps a hundred plans', async () => {
  for (let n = 0; n < 150; n++)
    for (let times = 0; times < 3; times++)
      await db.database.tenantRead(inA, (tx) => sql`select ${n}::int, ${sql.lit(n)} as n`.execute(tx.db))
  expect(await planned()).toHaveLength(100)
})

test('where somebody else empties the session, statements have no names any more', async () => {
  await using other = await testDatabase({
    maxConnections: 1,
    metrics: { transaction: () => {}, retry: (_, reason) => retries.push(reason) },
  })
  const ask = () =>
    other.database.tenant(inA, (tx) => sql<{ id: number }>`select ${1}::int as id`.execute(tx.db))
  for (let times = 0; times < 3; times++) await ask()
  // As a pooler does that gives each transaction another session of the server.
  await sql`deallocate all`.execute(other.database.pool)
  expect((await ask()).rows).toEqual([{ id: 1 }])
  expect(retries).toEqual(['26000'])
  for (let times = 0; times < 5; times++) await ask()
  const { rows } = await sql`select from pg_prepared_statements`.execute(other.database.pool)
  expect(rows).toEqual([])
})
