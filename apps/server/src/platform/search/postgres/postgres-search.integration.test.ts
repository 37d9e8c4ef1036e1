import { uuidv7 } from '@stoa/kernel'
import { type TestDatabase, testDatabase } from '@stoa/testkit/database'
import { createTenant, type TestTenant } from '@stoa/testkit/identity'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Tx } from '../../database/database.ts'
import { parseQuery } from '../query.ts'
import { createPostgresSearch } from './postgres-search.ts'

const engine = createPostgresSearch()
let db: TestDatabase
let tenant: TestTenant
let other: TestTenant

beforeAll(async () => {
  db = await testDatabase()
  tenant = await createTenant(db, 'Readers')
  other = await createTenant(db, 'Others')
})
afterAll(() => db.close())

const as = <T>(who: TestTenant, run: (tx: Tx) => Promise<T>): Promise<T> =>
  db.database.tenant({ tenantId: who.tenantId, accountId: who.owner.accountId }, run)

async function addContent(
  who: TestTenant,
  texts: readonly string[],
  headings: readonly string[] = [],
): Promise<string> {
  const contentId = uuidv7()
  await as(who, async (tx) => {
    await tx.db
      .insertInto('contents')
      .values({
        tenant_id: who.tenantId,
        id: contentId,
        sha256: contentId.replaceAll('-', '').padEnd(64, '0'),
        size: 1,
      })
      .execute()
    await engine.indexContent(
      tx,
      who.tenantId,
      contentId,
      texts.map((text, ord) => ({ ord, text, headings })),
    )
  })
  return contentId
}

const find = (who: TestTenant, contentIds: readonly string[], typed: string, limit = 10) =>
  as(who, (tx) => engine.searchPassages(tx, parseQuery(typed), { contentIds }, limit))

const ords = async (who: TestTenant, contentIds: readonly string[], typed: string) =>
  (await find(who, contentIds, typed)).hits.map((hit) => hit.ord)

describe('passages', () => {
  let book: string
  beforeAll(async () => {
    book = await addContent(tenant, [
      'To read well, that is, to read true books in a true spirit, is a noble exercise.',
      'It requires a training such as the athletes underwent.',
      'The athletes were training; training is everything to an athlete.',
      '我在南京市长江大桥上读红楼梦。',
      '乒乓球拍卖完了。',
      'Books must be read as deliberately and reservedly as they were written.',
    ])
  })

  test('finds English by its stems, the better match first', async () => {
    expect(await ords(tenant, [book], 'trained athlete')).toEqual([2, 1])
  })

  test('finds Chinese by word', async () => {
    expect(await ords(tenant, [book], '红楼梦')).toEqual([3])
    expect(await ords(tenant, [book], '南京市')).toEqual([3])
  })

  test('finds Chinese that is cut into other words, after everything else', async () => {
    expect(await ords(tenant, [book], '球拍')).toEqual([4])
  })

  test('finds phrases word by word, and prefixes', async () => {
    expect(await ords(tenant, [book], '"to read true"')).toEqual([0])
    expect(await ords(tenant, [book], '"read to true"')).toEqual([])
    expect(await ords(tenant, [book], 'reserv*')).toEqual([5])
    expect(await ords(tenant, [book], '“长江大桥”')).toEqual([3])
  })

  test('counts what matches at all, and where', async () => {
    const results = await find(tenant, [book], 'read', 1)
    expect(results.hits).toHaveLength(1)
    expect(results.total).toBe(2)
    expect(results.byContent).toEqual([{ contentId: book, count: 2 }])
  })

  test('finds by heading without confusing it with the text', async () => {
    const chapter = await addContent(tenant, ['Nothing of the sort.'], ['The Pond in Winter'])
    expect(await ords(tenant, [chapter], 'pond')).toEqual([0])
    expect(await ords(tenant, [chapter], '"pond in winter"')).toEqual([])
  })

  test('indexing again replaces what was there', async () => {
    const content = await addContent(tenant, ['aardvark', 'zebra'])
    await as(tenant, (tx) =>
      engine.indexContent(tx, tenant.tenantId, content, [{ ord: 0, text: 'zebra', headings: [] }]),
    )
    expect(await ords(tenant, [content], 'aardvark')).toEqual([])
    expect(await ords(tenant, [content], 'zebra')).toEqual([0])
  })

  test('looks only into the contents it is given', async () => {
    const second = await addContent(tenant, ['athletes elsewhere'])
    expect((await find(tenant, [second], 'athletes')).hits.map((hit) => hit.contentId)).toEqual([second])
    expect((await find(tenant, [], 'athletes')).hits).toEqual([])
  })

  test('another tenant finds nothing, whatever ids it names', async () => {
    const theirs = await addContent(other, ['athletes of another house'])
    expect((await find(tenant, [theirs], 'athletes')).hits).toEqual([])
    expect((await find(tenant, [theirs], '"another house"')).hits).toEqual([])
    expect((await find(other, [book], '"to read true"')).hits).toEqual([])
  })

  test('says which words of a text match', async () => {
    const words = await as(tenant, (tx) =>
      engine.matchingWords(tx, parseQuery('reading trai*'), ['Read', 'reads', 'bread', 'Training', 'café']),
    )
    expect([...words].sort()).toEqual(['Read', 'Training', 'reads'])
  })

  test('two contents with the same new words at once do not block each other for ever', async () => {
    const words = Array.from({ length: 300 }, (_, index) => `neologism${index}x`)
    const ids = await Promise.all([
      addContent(tenant, [words.join(' ')]),
      addContent(tenant, [words.toReversed().join(' ')]),
    ])
    expect((await find(tenant, ids, 'neologism7x')).total).toBe(2)
  })
})

describe('documents', () => {
  const put = (
    who: TestTenant,
    document: Partial<Parameters<typeof engine.putDocuments>[2][number]> & { text: string },
  ) => {
    const id = uuidv7()
    const whole = {
      kind: 'note' as const,
      id,
      workspaceId: who.workspaceId,
      bookId: null,
      accountId: who.owner.accountId,
      visibility: 'workspace' as const,
      title: '',
      ...document,
    }
    return as(who, (tx) => engine.putDocuments(tx, who.tenantId, [whole])).then(() => id)
  }
  const look = (who: TestTenant, typed: string, accountId = who.owner.accountId) =>
    as(who, (tx) =>
      engine.searchDocuments(
        tx,
        parseQuery(typed),
        { accountId, workspaceIds: [who.workspaceId], roomIds: [], kinds: ['book', 'note', 'highlight'] },
        10,
      ),
    )

  test('finds notes in both languages, by word, part of a run, phrase and prefix', async () => {
    const note = await put(tenant, { text: 'Linen paper again: 他在乎一句话印在什么纸上', title: '亚麻纸' })
    for (const typed of ['papers', '亚麻纸', '印在', '"linen paper"', 'lin*']) {
      expect(
        (await look(tenant, typed)).hits.map((hit) => hit.id),
        typed,
      ).toEqual([note])
    }
    expect((await look(tenant, '"paper linen"')).hits).toEqual([])
  })

  test('a private one is found by its maker alone', async () => {
    const secret = await put(tenant, { text: 'quokka', visibility: 'private' })
    expect((await look(tenant, 'quokka')).hits.map((hit) => hit.id)).toEqual([secret])
    expect((await look(tenant, 'quokka', tenant.member.accountId)).hits).toEqual([])
    expect((await look(other, 'quokka')).hits).toEqual([])
  })

  test('the better match comes first, and each kind is counted', async () => {
    const weak = await put(tenant, { text: `wombat ${'and much else besides '.repeat(20)}` })
    const strong = await put(tenant, { text: 'wombat, wombat and wombat' })
    await put(tenant, { kind: 'book', text: 'wombat' })
    const { hits, totals } = await look(tenant, 'wombats')
    expect(hits.filter((hit) => hit.kind === 'note').map((hit) => hit.id)).toEqual([strong, weak])
    expect(totals).toEqual({ book: 1, note: 2, highlight: 0, message: 0, document: 0, post: 0 })
  })

  test('what was removed is not found', async () => {
    const id = await put(tenant, { text: 'numbat' })
    await as(tenant, (tx) => engine.removeDocuments(tx, 'note', [id]))
    expect((await look(tenant, 'numbat')).hits).toEqual([])
  })
})

test('what ranks is planned for the words that are asked for, never kept', async () => {
  await using small = await testDatabase({ maxConnections: 1 })
  const who = await createTenant(small, 'Readers')
  const within = <T>(run: (tx: Tx) => Promise<T>) =>
    small.database.tenant({ tenantId: who.tenantId, accountId: who.owner.accountId }, run)
  const id = uuidv7()
  await small.sql(`insert into stoa.contents (tenant_id, id, sha256, size) values ($1, $2, $3, 1)`, [
    ...[who.tenantId, id, '0'.repeat(64)],
  ])
  const texts = [
    'It requires a training, a noble exercise, to read true books.',
    '乒乓球拍卖完了，我读红楼梦。',
  ]
  await within((tx) =>
    engine.indexContent(
      ...([tx, who.tenantId, id] as const),
      texts.map((text, ord) => ({ ord, text, headings: [] })),
    ),
  )
  const scope = { accountId: who.owner.accountId, workspaceIds: [], roomIds: [], kinds: ['message'] as const }
  for (const typed of ['train', '"true books"', 'exer*', '红楼梦', '球拍', 'a noble exercise of reading'])
    for (let times = 0; times < 4; times++)
      await within(async (tx) => {
        const { hits } = await engine.searchPassages(tx, parseQuery(typed), { contentIds: [id] }, 10)
        expect(hits).not.toEqual([])
        await engine.searchDocuments(tx, parseQuery(typed), scope, 10)
      })
  const kept = await sql<{ statement: string }>`select statement from pg_prepared_statements`.execute(
    small.database.pool,
  )
  expect(kept.rows.filter(({ statement }) => /search_blocks|documents_matching/.test(statement))).toEqual([])
})
