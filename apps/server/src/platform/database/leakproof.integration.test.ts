import { silentLogger } from '@stoa/kernel'
import { type TestDatabase, testDatabase } from '@stoa/testkit/database'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { markLeakproof } from './leakproof.ts'

const A = '00000000-0000-7000-8000-00000000000a'

describe('indexes under row-level security', () => {
  let db: TestDatabase
  let mayMark: boolean
  beforeAll(async () => {
    db = await testDatabase()
    mayMark = await markLeakproof(db.ownerUrl, silentLogger)
    await db.sql(`create table texts (tenant_id uuid, id int, words tsvector, tags text[], facts jsonb, name text collate "C",
      primary key (tenant_id, id))`)
    await db.sql(`insert into texts select '${A}', n, to_tsvector('simple', 'w' || n % 500), array['t' || n % 500],
      jsonb_build_object('k', n % 500), 'N' || n from generate_series(1, 20000) n`)
    await db.sql(`create index texts_words on texts using gin (words); create index texts_tags on texts using gin (tags);
      create index texts_facts on texts using gin (facts); create index texts_name on texts (lower(name));
      select stoa.protect('texts')`)
    await db.sql('analyze texts')
  })
  afterAll(() => db.close())

  test.each([
    ['texts_words', `words @@ 'w7'`],
    ['texts_tags', `tags @> '{t7}'`],
    ['texts_tags', `tags && '{t7,t8}'`],
    ['texts_facts', `facts @> '{"k": 7}'`],
    ['texts_name', `lower(name) = 'n7'`],
  ])('%s serves %s for the application', async (index, condition) => {
    const plan = await db.database.tenantRead({ tenantId: A, accountId: null }, async (tx) => {
      const { rows } = await sql
        .raw<{ 'QUERY PLAN': string }>(`explain select id from texts where ${condition}`)
        .execute(tx.db)
      return rows.map((row) => row['QUERY PLAN']).join('\n')
    })
    // Where no superuser has said so, the sequential scan is what PostgreSQL does.
    expect(plan).toMatch(mayMark ? new RegExp(`Index Scan (on|using) ${index}`) : /Seq Scan/)
  })
})
