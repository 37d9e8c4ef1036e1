import { createHash } from 'node:crypto'
import { silentLogger, systemClock } from '@stoa/kernel'
import { type TestDatabase, testDatabase } from '@stoa/testkit/database'
import { createTenant } from '@stoa/testkit/identity'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { MemoryBlobs } from '../../../platform/blobs/memory/memory-blobs.ts'
import { UrlSigner } from '../../../platform/blobs/signed/grant.ts'
import { putStored } from '../store/contents.ts'
import { dropRows, insertManifest, markChunk, missingChunkRows } from '../store/plane.ts'
import { chunkKey, storedKey, uploadKey } from './keys.ts'
import { sweepContentJob } from './leftovers.ts'

const DAY = 24 * 3_600_000
const options = { contentType: 'x/y', maxBytes: 1_000 }
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const contentOf = (text: string) => ({ digest: sha256(text), size: text.length, type: 'x/y' })

let db: TestDatabase
let tenantId: string
let blobs: MemoryBlobs
beforeAll(async () => {
  db = await testDatabase()
  tenantId = (await createTenant(db)).tenantId
  const signer = new UrlSigner({ keys: [new Uint8Array(32)], basePath: '/blobs', clock: systemClock })
  blobs = new MemoryBlobs({ signer, clock: systemClock })
})
afterAll(() => db.close())

const write = <T>(run: Parameters<typeof db.database.tenant<T>>[1]) =>
  db.database.tenant({ tenantId, accountId: null }, run)
const put = (key: string) => blobs.put(key, Buffer.from('bytes'), options)

/** As it is run that much later. */
async function sweep(milliseconds: number): Promise<string[]> {
  const clock = { now: () => systemClock.now() + milliseconds }
  const job = sweepContentJob({ database: db.database, blobs, clock })
  await job.run({
    id: 'x',
    data: { tenantId },
    attempt: 1,
    signal: AbortSignal.timeout(60_000),
    log: silentLogger,
  })
  const keys: string[] = []
  for await (const { key } of blobs.list('')) keys.push(key)
  return keys.sort()
}

test('files that no row speaks of go after a day; what is used, is coming or is something else stays', async () => {
  const at = new Date(systemClock.now())
  const kept = { authored: false, at }
  const [used, coming, done, back] = ['used', 'coming', 'done', 'back'].map(contentOf)
  const chunks = [sha256('0'), sha256('1')]
  for (const content of [used, coming, done, back]) {
    await write((tx) => putStored(tx, tenantId, content!, undefined, kept))
    await write((tx) => insertManifest(tx, tenantId, content!.digest, new Uint8Array(1), chunks))
  }
  const partial = [coming!.digest, back!.digest]
  await db.sql(
    'update stoa.content_blobs set in_storage = false, whole = false where encode(digest, $1) = any($2)',
    ['hex', partial],
  )
  for (const digest of partial) await write((tx) => markChunk(tx, digest, 0))
  await db.sql(`update stoa.content_blobs set dropped = true where encode(digest, 'hex') = $1`, [
    back!.digest,
  ])

  const stays = [
    storedKey(tenantId, used!.digest),
    storedKey(tenantId, done!.digest),
    chunkKey(tenantId, coming!.digest, 0),
  ]
  const other = uploadKey(tenantId, 'x')
  const left = [
    chunkKey(tenantId, done!.digest, 0),
    chunkKey(tenantId, coming!.digest, 1),
    chunkKey(tenantId, back!.digest, 0),
    storedKey(tenantId, sha256('nobody')),
  ]
  const all = [...stays, other, ...left]
  for (const key of all) await put(key)
  expect(await sweep(DAY / 2)).toEqual(all.toSorted())
  expect(await sweep(2 * DAY)).toEqual([...stays, other].toSorted())
})

test('of what was taken back no chunk counts as held: whoever names it again fetches all of it', async () => {
  const { digest } = contentOf('back')
  await write((tx) => dropRows(tx, 10))
  expect(await write((tx) => missingChunkRows(tx, digest))).toHaveLength(2)
})
