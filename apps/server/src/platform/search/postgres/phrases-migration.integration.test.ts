import { silentLogger, uuidv7 } from '@stoa/kernel'
import { testDatabase } from '@stoa/testkit/database'
import { createTenant } from '@stoa/testkit/identity'
import { expect, test } from 'vitest'
import { migrateDown, migrateUp, readMigrations } from '../../database/migrate.ts'
import { parseQuery } from '../query.ts'
import { createPostgresSearch } from './postgres-search.ts'

test('what was indexed before phrases were found by blocks is found after, too', async () => {
  const db = await testDatabase()
  const tenant = await createTenant(db, 'Readers')
  const engine = createPostgresSearch()
  const actor = { tenantId: tenant.tenantId, accountId: tenant.owner.accountId }
  const contentId = uuidv7()
  const texts = ['To read well, that is, to read true books', '', '我在南京市长江大桥上 reading 红楼梦。']
  await db.database.tenant(actor, async (tx) => {
    const row = {
      tenant_id: tenant.tenantId,
      id: contentId,
      sha256: contentId.replaceAll('-', '').padEnd(64, '0'),
      size: 1,
    }
    await tx.db.insertInto('contents').values(row).execute()
    const passages = texts.map((text, ord) => ({ ord, text, headings: ['The Pond'] }))
    await engine.indexContent(tx, tenant.tenantId, contentId, passages)
  })
  const find = async () => {
    const found: number[][] = []
    for (const typed of ['"to read true"', '“长江大桥”', 'readi*', 'true', '江大', 'th*'])
      await db.database.tenantRead(actor, async (tx) => {
        const scope = { contentIds: [contentId] }
        found.push((await engine.searchPassages(tx, parseQuery(typed), scope, 10)).hits.map(({ ord }) => ord))
      })
    return found
  }
  const expected = [[0], [2], [2], [0], [2], [0]]
  expect(await find()).toEqual(expected)
  const names = (await readMigrations()).map(({ name }) => name)
  const count = names.length - names.indexOf('20261122_240_search_phrases')
  await migrateDown({ ownerUrl: db.ownerUrl, log: silentLogger, count })
  await migrateUp({ ownerUrl: db.ownerUrl, log: silentLogger })
  expect(await find()).toEqual(expected)
  await db.database.tenant(actor, (tx) => engine.indexContent(tx, tenant.tenantId, contentId, []))
  expect(await db.sql('select from stoa.search_blocks')).toEqual([])
  await db.close()
})
