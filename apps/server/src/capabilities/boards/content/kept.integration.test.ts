import { createHash } from 'node:crypto'
import { silentLogger, systemClock } from '@stoa/kernel'
import type { ContentRef, ItemView } from '@stoa/records'
import { type TestDatabase, testDatabase } from '@stoa/testkit/database'
import { createTenant } from '@stoa/testkit/identity'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { MemoryBlobs } from '../../../platform/blobs/memory/memory-blobs.ts'
import { UrlSigner } from '../../../platform/blobs/signed/grant.ts'
import type { Tx } from '../../../platform/database/database.ts'
import { type Policy, reserveBoard, setPolicy } from '../store/boards.ts'
import { nameContents, putInline, unnameContents } from '../store/contents.ts'
import { countMissing, keep, release } from '../store/kept.ts'
import { countContents, wantedRows } from '../store/plane.ts'
import { putItems } from '../store/posts.ts'
import { ContentCache } from './cache.ts'

const HOUR = 3_600_000
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const textOf = (text: string): ContentRef => ({ digest: sha256(text), size: 100, type: 'text/markdown' })
const POLICY = { standard: 'on_demand', recentAfter: new Date(0) } as const

let db: TestDatabase
let tenantId: string
/** Hours after now. */
let hours = 0
const clock = { now: () => systemClock.now() + hours * HOUR }

beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.close())
beforeEach(async () => {
  tenantId = (await createTenant(db)).tenantId
  hours = 0
})

const write = <T>(run: (tx: Tx) => Promise<T>, of = tenantId): Promise<T> =>
  db.database.tenant({ tenantId: of, accountId: null }, run)

/** A post that came from elsewhere, or a comment of one, with its text; ids and texts are made of the names. */
async function comes(
  name: string,
  given: { board?: string; root?: string; also?: string; of?: string } = {},
) {
  const { board = 'board', of = tenantId, root, also } = given
  const [boardId, id] = [sha256(`board ${board}`), sha256(name)]
  const item: ItemView = {
    ...{ id, kind: root === undefined ? 'post' : 'comment', author: sha256('author'), createdAt: 1000 },
    ...{ root: root ? sha256(root) : null, parent: root ? sha256(root) : null, title: name },
    ...{ content: textOf(name), media: [], editedAt: null, deleted: false, hidden: null },
    ...{ locked: false, pinned: false },
  }
  const contents = [textOf(name), ...(also === undefined ? [] : [textOf(also)])]
  await write(async (tx) => {
    const at = new Date(clock.now())
    await reserveBoard(tx, of, boardId, at)
    await putItems(tx, of, boardId, [item])
    const named = contents.map((content) => ({ content, postId: id, at: 1000 }))
    await nameContents(tx, of, boardId, named)
  }, of)
  for (const content of contents) await arrives(content, of)
}

const arrives = (content: ContentRef, of = tenantId) =>
  write(
    (tx) => putInline(tx, of, content, new Uint8Array(100), { authored: false, at: new Date(clock.now()) }),
    of,
  )

const keeps = (name: string, board = 'board') =>
  write((tx) =>
    keep(tx, tenantId, { id: sha256(name), boardId: sha256(`board ${board}`), at: new Date(clock.now()) }),
  )
const releases = (name: string) => write((tx) => release(tx, sha256(name)))

async function tidy({ budget = 0, policy = 'all' }: { budget?: number; policy?: Policy } = {}) {
  const signer = new UrlSigner({ keys: [new Uint8Array(32)], basePath: '/blobs', clock: systemClock })
  const blobs = new MemoryBlobs({ signer, clock: systemClock })
  const parts = { database: db.database, blobs, clock, log: silentLogger, onEvicted: () => {} }
  await new ContentCache({ ...parts, budget, policy }).tidy(tenantId)
}

/** Which of these are here. */
async function here(names: readonly string[], of = tenantId): Promise<string[]> {
  const rows = await db.sql<{ digest: string }>(
    `select encode(digest, 'hex') as digest from stoa.content_blobs where whole and tenant_id = $1`,
    [of],
  )
  const digests = new Set(rows.map(({ digest }) => digest))
  return names.filter((name) => digests.has(sha256(name)))
}
const wanted = async () =>
  (await write((tx) => wantedRows(tx, POLICY, undefined, 10))).map((one) => one.digest)

test('a kept post stays with its comments, also with those that come later; everything else goes', async () => {
  await comes('post', { also: 'image' })
  await comes('comment', { root: 'post' })
  await comes('other')
  await keeps('post')
  await keeps('post')
  await comes('late', { root: 'post' })
  const all = ['post', 'image', 'comment', 'late', 'other']
  await tidy()
  expect(await here(all)).toEqual(['post', 'image', 'comment', 'late'])
  expect(await write(countContents)).toMatchObject({ pinned_bytes: 400, bytes: 400, authored_bytes: 0 })

  await releases('post')
  expect(await here(all)).toHaveLength(4)
  await tidy()
  expect(await here(all)).toEqual([])
})

test('what had been given up is wanted again once it is kept, whatever the policy', async () => {
  await comes('post', { also: 'image' })
  await tidy()
  expect([await here(['post', 'image']), await wanted()]).toEqual([[], []])
  await keeps('post')
  expect(new Set(await wanted())).toEqual(new Set([sha256('post'), sha256('image')]))
  expect(await write((tx) => countMissing(tx, sha256('post')))).toBe(2)
  await arrives(textOf('post'))
  expect(await write((tx) => countMissing(tx, sha256('post')))).toBe(1)
  await tidy()
  expect(await here(['post', 'image'])).toEqual(['post'])
})

test('what two kept posts name stays until both are released', async () => {
  await comes('one', { also: 'image' })
  await comes('two', { also: 'image', board: 'other board' })
  await keeps('one')
  await keeps('two', 'other board')
  await releases('one')
  await tidy()
  expect(await here(['one', 'two', 'image'])).toEqual(['two', 'image'])
  await releases('two')
  await tidy()
  expect(await here(['one', 'two', 'image'])).toEqual([])
})

test('what its author takes back goes, though the post is kept; what an edit names instead stays', async () => {
  await comes('post', { also: 'image' })
  await keeps('post')
  const [postId, text] = [sha256('post'), sha256('post')]
  await write((tx) => unnameContents(tx, [postId], [{ postId, digest: text }]))
  await tidy()
  expect(await here(['post', 'image'])).toEqual(['post'])
  await write((tx) => unnameContents(tx, [postId], []))
  await tidy()
  expect(await here(['post'])).toEqual([])
})

test('keeping is of one organisation: the same post of another is neither pinned nor released', async () => {
  const { tenantId: theirs } = await createTenant(db, 'Theirs')
  await comes('post')
  await comes('post', { of: theirs })
  await keeps('post')
  const pinned = await db.sql(
    'select tenant_id from stoa.content_blobs where pinned and tenant_id = any($1)',
    [[tenantId, theirs]],
  )
  expect(pinned).toEqual([{ tenant_id: tenantId }])
  await write((tx) => release(tx, sha256('post')), theirs)
  await tidy()
  expect(await here(['post'])).toEqual(['post'])
  const kept = await db.database.tenantRead({ tenantId: theirs, accountId: null }, (tx) =>
    tx.db.selectFrom('kept_posts').selectAll().execute(),
  )
  expect(kept).toEqual([])
})

test('of boards that hold only what is kept, all else goes an hour after it was last used', async () => {
  await comes('kept')
  await keeps('kept')
  await comes('opened')
  await comes('elsewhere', { board: 'other board' })
  await write((tx) => setPolicy(tx, sha256('board other board'), 'all'))
  const all = ['kept', 'opened', 'elsewhere']
  const given = { budget: 1_000_000, policy: 'pinned' as const }
  await tidy(given)
  expect(await here(all)).toEqual(all)
  hours = 2
  await tidy({ ...given, policy: 'on_demand' })
  expect(await here(all)).toEqual(all)
  await tidy(given)
  expect(await here(all)).toEqual(['kept', 'elsewhere'])
})
