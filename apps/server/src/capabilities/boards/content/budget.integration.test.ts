import { createHash } from 'node:crypto'
import { systemClock } from '@stoa/kernel'
import { type TestDatabase, testDatabase } from '@stoa/testkit/database'
import { createTenant } from '@stoa/testkit/identity'
import { until } from '@stoa/testkit/until'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { MemoryBlobs } from '../../../platform/blobs/memory/memory-blobs.ts'
import { UrlSigner } from '../../../platform/blobs/signed/grant.ts'
import { MemoryNetwork } from '../../../platform/peers/memory-network.ts'
import { systemScheduler } from '../../../platform/peers/scheduler.ts'
import { putInline, putStored } from '../store/contents.ts'
import { countContents } from '../store/plane.ts'
import { keptLines } from '../testing/kept-lines.ts'
import { newAuthor, ReplicatedNode } from '../testing/replicated-node.ts'
import { ContentCache } from './cache.ts'
import { storedKey } from './keys.ts'

const SIZE = 100
const START = Date.parse('2026-11-22T10:00:00Z')

let db: TestDatabase
let tenantId: string
let blobs: MemoryBlobs
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.close())
beforeEach(async () => {
  tenantId = (await createTenant(db)).tenantId
  const signer = new UrlSigner({ keys: [new Uint8Array(32)], basePath: '/blobs', clock: systemClock })
  blobs = new MemoryBlobs({ signer, clock: systemClock })
})

const write = <T>(run: Parameters<typeof db.database.tenant<T>>[1]) =>
  db.database.tenant({ tenantId, accountId: null }, run)

/** A text of 100 bytes in the database or an image of 100 bytes in blob storage, used `at` seconds after the start. */
async function put(name: string, at: number, { authored = false, stored = false } = {}): Promise<string> {
  const bytes = Buffer.from(name.padEnd(SIZE, '.'))
  const digest = createHash('sha256').update(bytes).digest('hex')
  const content = { digest, size: SIZE, type: stored ? 'image/webp' : 'text/markdown' }
  const kept = { authored, at: new Date(START + at * 1000) }
  if (stored) await blobs.put(storedKey(tenantId, digest), bytes, { maxBytes: SIZE })
  await write((tx) =>
    stored
      ? putStored(tx, tenantId, content, undefined, kept)
      : putInline(tx, tenantId, content, bytes, kept),
  )
  return digest
}

const putAll = async (count: number, options: Parameters<typeof put>[2] = {}) => {
  const digests: string[] = []
  for (let n = 0; n < count; n++) digests.push(await put(`${JSON.stringify(options)} ${n}`, n, options))
  return digests
}

const pin = (digests: readonly string[]) =>
  db.sql(`update stoa.content_blobs set pinned = true where encode(digest, 'hex') = any($1)`, [digests])

/** What is still here, of these, in their order. */
async function here(digests: readonly string[]): Promise<boolean[]> {
  const rows = await db.sql<{ digest: string; held: boolean }>(
    `select encode(digest, 'hex') as digest, whole and (bytes is not null or in_storage) as held
     from stoa.content_blobs where tenant_id = $1`,
    [tenantId],
  )
  return digests.map((one) => rows.some(({ digest, held }) => digest === one && held))
}

function cacheOf(budget: number) {
  const { log, lines } = keptLines()
  const evictions: [number, number][] = []
  const cache = new ContentCache({
    ...{ database: db.database, blobs, clock: { now: () => START + 3_600_000 }, log, budget },
    policy: 'all',
    onEvicted: (count, bytes) => evictions.push([count, bytes]),
  })
  const said = (action: string) => lines.filter((line) => line.action === action)
  return { cache, evictions, said, tidy: () => cache.tidy(tenantId) }
}

test('within its budget nothing goes', async () => {
  const all = await putAll(10)
  const { cache, said, tidy } = cacheOf(10 * SIZE)
  await tidy()
  expect(await here(all)).toEqual(all.map(() => true))
  expect([cache.evicted, said('content_evicted')]).toEqual([0, []])
})

test('over it, what was used longest ago goes first, to a tenth below; what was read counts as used', async () => {
  const all = await putAll(10)
  const { cache, evictions, said, tidy } = cacheOf(10 * SIZE - 1)
  cache.use(all[0]!)
  cache.use(all[2]!)
  await tidy()
  const gone = new Set([1, 3])
  expect(await here(all)).toEqual(all.map((_, n) => !gone.has(n)))
  expect([cache.evicted, evictions]).toEqual([2, [[2, 2 * SIZE]]])
  expect(said('content_evicted')).toEqual([{ action: 'content_evicted', count: 2, bytes: 2 * SIZE }])
})

test('of more than is given up in one go, as much goes as is needed: the budget holds', async () => {
  await db.sql(
    `insert into stoa.content_blobs (tenant_id, digest, size, media_type, bytes, whole, named_at, used_at)
     select $1::uuid, sha256(n::text::bytea), 100, 'text/markdown', 'x', true, now(), to_timestamp(n)
     from generate_series(1, 1300) as n`,
    [tenantId],
  )
  const { evictions, tidy } = cacheOf(100 * SIZE)
  await tidy()
  expect(evictions.map(([count]) => count)).toEqual([500, 500, 210])
  const { bytes } = await write(countContents)
  expect(bytes).toBe(90 * SIZE)
  const [oldest] = await db.sql<{ at: string }>(
    `select extract(epoch from min(used_at))::integer as at from stoa.content_blobs where tenant_id = $1 and whole`,
    [tenantId],
  )
  expect(oldest?.at).toBe(1211)
})

test('bytes go, from the disk as well; the rows that say what there is stay', async () => {
  const images = await putAll(4, { stored: true })
  await cacheOf(2 * SIZE).tidy()
  expect(await here(images)).toEqual([false, false, false, true])
  const heads = await Promise.all(images.map((one) => blobs.head(storedKey(tenantId, one))))
  expect(heads.map((head) => head !== undefined)).toEqual([false, false, false, true])
  const rows = await db.sql<{ size: number; evicted: boolean }>(
    `select size::integer, evicted_at is not null as evicted from stoa.content_blobs
     where tenant_id = $1 order by used_at`,
    [tenantId],
  )
  expect(rows).toEqual([true, true, true, false].map((evicted) => ({ size: SIZE, evicted })))
})

test('what was written here and what is pinned never goes; when that is too much, it is said', async () => {
  const written = await putAll(3, { authored: true })
  const pinned = await putAll(3)
  await pin(pinned)
  const fetched = await putAll(3, { stored: true })
  const { cache, said, tidy } = cacheOf(5 * SIZE)
  await tidy()
  expect(await here([...written, ...pinned])).toEqual(Array(6).fill(true))
  expect(await here(fetched)).toEqual([false, false, false])
  expect(cache.evicted).toBe(3)
  const over = { action: 'content_over_budget', bytes: 6 * SIZE, budget: 5 * SIZE }
  expect(said('content_over_budget')).toEqual([over])
})

test('of another organisation nothing goes', async () => {
  const other = tenantId
  const theirs = await putAll(5)
  tenantId = (await createTenant(db)).tenantId
  await putAll(5)
  await cacheOf(SIZE).tidy()
  tenantId = other
  expect(await here(theirs)).toEqual(theirs.map(() => true))
})

test('what was given up is listed still, not fetched by itself, and fetched again when somebody opens it', async () => {
  const network = new MemoryNetwork({ scheduler: systemScheduler, latencyMs: [0, 1] })
  const { database } = db
  const give = { database, tenantId, host: network.node('giver') }
  tenantId = (await createTenant(db)).tenantId
  const take = { database, tenantId, host: network.node('taker'), budget: 4 * SIZE }
  const [giver, taker] = [new ReplicatedNode(give), new ReplicatedNode(take)]
  await using stack = new AsyncDisposableStack()
  for (const node of [giver, taker]) {
    await node.start()
    stack.defer(() => node.replication.stop())
  }
  const hour = (n: number) => systemScheduler.now() - (100 - n) * 3_600_000
  const { id } = await giver.write(null, { kind: 'board', title: 'Talk', access: 'open' }, { at: hour(0) })
  const posts = []
  for (let n = 0; n < 6; n++)
    posts.push(await giver.post(id, `Post ${n}`.padEnd(SIZE, '.'), { at: hour(10 + n) }))
  const digests = posts.map(({ digest }) => digest)
  await taker.host.dial(['/memory/giver/p2p/giver'])
  await until('all is here', async () => (await here(digests)).every(Boolean))

  await db.sql(`update stoa.content_blobs set used_at = named_at where tenant_id = $1`, [tenantId])
  await taker.replication.tidy()
  const kept = [false, false, false, true, true, true]
  expect(await here(digests)).toEqual(kept)
  const listed = await db.sql('select from stoa.posts where tenant_id = $1', [tenantId])
  expect(listed).toHaveLength(6)

  // Older than all others: whoever would fetch those again does so before.
  const before = taker.fetched.length
  const oldest = await giver.post(id, 'The oldest', { at: hour(1), author: newAuthor() })
  await until('the oldest is here', async () => (await here([oldest.digest]))[0])
  expect(taker.fetched.slice(0, -before)).toEqual([oldest.digest])
  expect(await here(digests)).toEqual(kept)

  const opened = await taker.replication.fetch(tenantId, [posts[0]!], { waitMs: 30_000 })
  expect(opened).toEqual({ state: 'present', reason: null })
  expect(await here(digests)).toEqual(kept.with(0, true))
  expect(taker.fetched[0]).toBe(digests[0])
})
