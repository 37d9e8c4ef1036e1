import { type TestDatabase, testDatabase } from '@stoa/testkit/database'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const A = '00000000-0000-7000-8000-00000000000a'
const B = '00000000-0000-7000-8000-00000000000b'
const ANN = '00000000-0000-7000-8000-000000000001'

describe('transactions of a tenant', () => {
  let db: TestDatabase
  beforeAll(async () => {
    db = await testDatabase()
    await db.sql(
      'create table notes (id bigint generated always as identity, tenant_id uuid not null, body text not null)',
    )
    await db.sql(`select stoa.protect('stoa.notes')`)
  })
  afterAll(() => db.close())

  test('see and change the rows of their tenant only', async () => {
    await db.database.tenant({ tenantId: A, accountId: ANN }, async ({ db: tx }) => {
      await sql`insert into notes (tenant_id, body) values (${A}, 'of A')`.execute(tx)
    })
    const seen = await db.database.tenant({ tenantId: B, accountId: ANN }, async ({ db: tx }) => {
      await sql`update notes set body = 'taken'`.execute(tx)
      return (await sql`select * from notes`.execute(tx)).rows
    })
    expect(seen).toEqual([])
    expect(await db.sql('select body from notes')).toEqual([{ body: 'of A' }])
  })
})
