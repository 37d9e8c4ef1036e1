import { createHash } from 'node:crypto'
import { silentLogger, systemClock, uuidv7 } from '@stoa/kernel'
import { Dice } from '@stoa/testkit/books/random'
import { type TestDatabase, testDatabase } from '@stoa/testkit/database'
import { createTenant, type TestTenant } from '@stoa/testkit/identity'
import { until } from '@stoa/testkit/until'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { MemoryBlobs } from '../../platform/blobs/memory/memory-blobs.ts'
import { UrlSigner } from '../../platform/blobs/signed/grant.ts'
import type { JobRequest } from '../../platform/database/database.ts'
import type { JobDefinition } from '../../platform/jobs/jobs.ts'
import { createPostgresSearch } from '../../platform/search/postgres/postgres-search.ts'
import { addBook } from './add-book.ts'
import { claimUpload, completeUpload } from './claim-upload.ts'
import type { LibraryComponents } from './components.ts'
import { DISCARD, discardJob } from './discard.ts'
import { contentKey, uploadKey } from './keys.ts'
import { storeEdition } from './read-in/stored-files.ts'
import { deleteBook } from './store/books.ts'
import { insertUpload } from './store/uploads.ts'
import { SWEEP, sweepJob } from './sweep.ts'

let db: TestDatabase
let tenant: TestTenant
let blobs: MemoryBlobs
let components: LibraryComponents
let queue: JobRequest[]
const swept = vi.fn<LibraryComponents['onSwept']>()

beforeEach(async () => {
  queue = []
  db = await testDatabase({ enqueue: async (_, job) => void queue.push(job) })
  tenant = await createTenant(db)
  const signer = new UrlSigner({ keys: [new Uint8Array(32)], basePath: '/blobs', clock: systemClock })
  blobs = new MemoryBlobs({ signer, clock: systemClock })
  components = {
    ...{ database: db.database, blobs, clock: systemClock, log: silentLogger, onSwept: swept },
    ...{ temporaryFolder: '', maxFileBytes: 1_000_000, search: createPostgresSearch() },
    workspacesOf: async () => [tenant.workspaceId],
    people: async () => new Map(),
    countAnnotations: async () => ({ highlights: 0, notes: 0 }),
  }
})
afterEach(() => db.close())

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const keyOf = (text: string) => contentKey(tenant.tenantId, sha256(text))
const options = { contentType: 'x/y', maxBytes: 1_000_000 }

async function run<Data extends object>(job: JobDefinition<Data>, data: Data): Promise<void> {
  await job.run({ id: 'x', data, attempt: 1, signal: AbortSignal.timeout(60_000), log: silentLogger })
}

/** A file that has arrived, not yet claimed. */
async function uploaded(text: string): Promise<string> {
  const { tenantId } = tenant
  const id = uuidv7()
  const { accountId } = tenant.member
  const expiresAt = new Date(Date.now() + 3_600_000)
  const upload = { tenantId, id, accountId, filename: 'a.txt', mediaType: null, size: text.length, expiresAt }
  await db.database.tenant(tenant.member.context, (tx) => insertUpload(tx, upload))
  await blobs.put(uploadKey(tenantId, id), Buffer.from(text), options)
  return id
}

const claim = async (text: string) => claimUpload(components, tenant.member.context, await uploaded(text))

/** The other half of making a book: what the database takes in one transaction. */
async function record(file: Awaited<ReturnType<typeof claimUpload>>): Promise<string> {
  const { context, accountId } = tenant.member
  return db.database.tenant(context, async (tx) => {
    const place = { tenantId: tenant.tenantId, accountId, workspaceId: tenant.workspaceId }
    const { bookId } = await addBook(tx, { ...place, bookId: uuidv7(), file })
    await completeUpload(tx, file)
    return bookId
  })
}

const remove = (bookId: string) => db.database.tenant(tenant.member.context, (tx) => deleteBook(tx, bookId))

/** As if everything had happened long ago. */
async function age(): Promise<void> {
  await db.sql(`update stoa.contents set created_at = now() - interval '2 hours'`)
  await db.sql(`update stoa.uploads set expires_at = now() - interval '3 days'`)
}

const sweep = () => run(sweepJob(components), { tenantId: tenant.tenantId })

/** Runs the jobs that delete files. */
async function discardAll(): Promise<void> {
  const waiting = queue.filter((job) => job.name === DISCARD)
  queue = queue.filter((job) => job.name !== DISCARD)
  for (const { data } of waiting) await run(discardJob(components), data as never)
}

test('a file that nothing shows any more goes, with its edition, and only that', async () => {
  const [gone, kept] = [await record(await claim('gone')), await record(await claim('kept'))]
  expect(kept).not.toBe(gone)
  await remove(gone)
  await age()
  await sweep()
  expect(await blobs.head(keyOf('gone')), 'rows first').toBeDefined()
  await discardAll()
  expect(await blobs.head(keyOf('gone'))).toBeUndefined()
  expect(await blobs.head(keyOf('kept'))).toBeDefined()
  expect(swept.mock.calls).toContainEqual(['contents', 1])
})

test('a file that was claimed but became no book goes with its upload', async () => {
  await claim('abandoned')
  await age()
  await sweep()
  await discardAll()
  expect(await blobs.head(keyOf('abandoned'))).toBeUndefined()
  expect(await db.sql('select from stoa.uploads')).toEqual([])
})

test('uploads that never became anything leave nothing, those under way stay', async () => {
  const [old, fresh] = [await uploaded('old'), await uploaded('fresh')]
  const later = { ...components, clock: { now: () => Date.now() + 24 * 3_600_000 } }
  await db.sql(`update stoa.uploads set expires_at = now() - interval '2 hours' where id = $1`, [old])
  await blobs.put(uploadKey(tenant.tenantId, uuidv7()), Buffer.from('arrived late'), options)
  await run(sweepJob(later), { tenantId: tenant.tenantId })
  const left: string[] = []
  for await (const { key } of blobs.list(`tenants/${tenant.tenantId}/uploads/`)) left.push(key)
  expect(left).toEqual([uploadKey(tenant.tenantId, fresh)])
})

test('bytes that are uploaded again after their row was swept stay', async () => {
  await remove(await record(await claim('same')))
  await age()
  await sweep()
  const file = await claim('same')
  await discardAll()
  await record(file)
  expect(await blobs.head(keyOf('same'))).toBeDefined()
})

test('an upload of bytes that are being deleted waits, then keeps its own', async () => {
  await remove(await record(await claim('same')))
  await age()
  await sweep()
  const upload = await uploaded('same')
  const deleting = Promise.withResolvers<void>()
  const proceed = Promise.withResolvers<void>()
  const slow = Object.create(blobs, {
    delete: {
      value: async (key: string) => {
        if (key === keyOf('same')) {
          deleting.resolve()
          await proceed.promise
        }
        await blobs.delete(key)
      },
    },
  })
  const [{ data }] = queue.filter(({ name }) => name === DISCARD) as [JobRequest]
  const discarded = run(discardJob({ ...components, blobs: slow }), data as never)
  await deleting.promise
  const claimed = claimUpload(components, tenant.member.context, upload)
  await until('the upload waits for the lock', async () => {
    const waiting = await db.sql(`select from pg_locks where locktype = 'advisory' and not granted`)
    return waiting.length > 0
  })
  proceed.resolve()
  await discarded
  await record(await claimed)
  expect(await blobs.head(keyOf('same'))).toBeDefined()
})

test('an edition that is being written, and one that is somebody’s book, are left alone', async () => {
  const edition = Buffer.from('edition')
  const bookId = await record(await claim('text'))
  const [{ content_id: contentId } = { content_id: '' }] = await db.sql<{ content_id: string }>(
    'select content_id from stoa.books where id = $1',
    [bookId],
  )
  await storeEdition(components, { tenantId: tenant.tenantId, contentId }, { edition })
  const other = await record(await claim('edition'))
  await remove(bookId)
  await age()
  await sweep()
  await discardAll()
  expect(await blobs.head(keyOf('text'))).toBeUndefined()
  expect(await blobs.head(keyOf('edition')), 'shown by another book').toBeDefined()
  await remove(other)
  await age()
  await sweep()
  await discardAll()
  expect(await blobs.head(keyOf('edition'))).toBeUndefined()
})

test('whatever happens at once, no book loses its file and no file its reason', {
  timeout: 120_000,
}, async () => {
  const dice = new Dice(41)
  const books = new Set<string>()
  const add = async () => {
    books.add(await record(await claim(`file ${dice.between(1, 3)}`)))
  }
  const drop = async () => {
    const [bookId] = books
    if (bookId !== undefined) {
      books.delete(bookId)
      await remove(bookId)
    }
  }
  const clear = async () => {
    await db.sql(`update stoa.contents set created_at = now() - interval '2 hours'`)
    await db.sql(`update stoa.uploads set expires_at = now() - interval '3 days' where used_at is not null`)
    await sweep()
    await discardAll()
  }
  for (let round = 0; round < 40; round++) {
    const acts = Array.from({ length: 4 }, () => dice.pick([add, add, drop, clear]))
    const ended = await Promise.allSettled(acts.map((act) => act()))
    // An upload that was cleared up in the moment it was used is refused, not half done.
    for (const end of ended)
      if (end.status === 'rejected') expect(end.reason).toMatchObject({ code: 'upload.not_found' })
    const shown = await db.sql<{ sha256: string }>(
      'select distinct c.sha256 from stoa.books b join stoa.contents c on c.id = b.content_id',
    )
    for (const { sha256: digest } of shown)
      expect(await blobs.head(contentKey(tenant.tenantId, digest)), `round ${round}`).toBeDefined()
  }
  await db.sql('delete from stoa.books')
  await age()
  await sweep()
  await discardAll()
  for await (const { key } of blobs.list('tenants/')) expect.unreachable(`${key} is left`)
})

test('who has much gets another turn after the others', async () => {
  await db.sql(
    `insert into stoa.contents (tenant_id, id, sha256, size, created_at)
     select $1, gen_random_uuid(), encode(sha256(n::text::bytea), 'hex'), 1, now() - interval '1 day'
     from generate_series(1, 5010) as n`,
    [tenant.tenantId],
  )
  await sweep()
  const again = queue.find((job) => job.name === SWEEP)
  expect(again).toMatchObject({ data: { tenantId: tenant.tenantId }, singletonKey: tenant.tenantId })
  queue = []
  await sweep()
  expect(await db.sql('select from stoa.contents')).toEqual([])
  expect(queue.filter((job) => job.name === SWEEP)).toEqual([])
})

test('a text that another ICU cut into words is cut anew', async () => {
  const bookId = await record(await claim('chinese'))
  await db.sql(
    `insert into stoa.search_contents (tenant_id, content_id, passages, length, icu_version)
     select tenant_id, content_id, 1, 1, '0.0' from stoa.books where id = $1`,
    [bookId],
  )
  await sweep()
  // The version names ICU, and after it the layout of the index.
  expect(await db.sql(`select icu_version from stoa.search_contents`)).toEqual([
    { icu_version: expect.stringContaining(`${process.versions.icu} `) },
  ])
})
