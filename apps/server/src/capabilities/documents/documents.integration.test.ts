import { fromMarkdown, readDocument, toMarkdown } from '@stoa/document-schema'
import { ManualClock, seededRandom, silentLogger, systemClock, uuidv7 } from '@stoa/kernel'
import { type TestDatabase, testDatabase } from '@stoa/testkit/database'
import { createTenant, type TestTenant } from '@stoa/testkit/identity'
import { until } from '@stoa/testkit/until'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { MemoryBlobs } from '../../platform/blobs/memory/memory-blobs.ts'
import { UrlSigner } from '../../platform/blobs/signed/grant.ts'
import type { JobRequest } from '../../platform/database/database.ts'
import type { JobDefinition } from '../../platform/jobs/jobs.ts'
import { createPostgresSearch } from '../../platform/search/postgres/postgres-search.ts'
import { createStateSync } from '../statesync/index.ts'
import { membersAmong, namesOfMembers, requireWorkspace } from '../tenancy/index.ts'
import { textMode } from './access.ts'
import { textChanges } from './changes.ts'
import type { DocumentsComponents } from './components.ts'
import { DISCARD } from './drop.ts'
import { fileKey } from './keys.ts'
import { PROJECT, projectText, sweepTextsJob } from './project.ts'
import { discardJob, purgeJob } from './purge.ts'
import { insertDocument, setTrashed } from './store/documents.ts'
import { insertFile } from './store/files.ts'
import { setMembers } from './store/members.ts'
import { contentOfVersion, listVersions } from './store/versions.ts'
import { Texts } from './texts.ts'

const MINUTE = 60_000
let db: TestDatabase
let tenant: TestTenant
let clock: ManualClock
let components: DocumentsComponents
let texts: Texts
let queue: JobRequest[]
let stop: () => Promise<void>
const swept = vi.fn<DocumentsComponents['onSwept']>()

beforeEach(async () => {
  queue = []
  swept.mockClear()
  db = await testDatabase({ enqueue: async (_, job) => void queue.push(job) })
  tenant = await createTenant(db)
  clock = new ManualClock(systemClock.now())
  const statesync = createStateSync({
    database: db.database,
    clock: systemClock,
    random: seededRandom(3),
    log: silentLogger,
  })
  await statesync.service.start(new AbortController().signal)
  stop = () => statesync.service.stop()
  const signer = new UrlSigner({ keys: [new Uint8Array(32)], basePath: '/blobs', clock: systemClock })
  components = {
    ...{ clock, database: db.database, log: silentLogger, statesync: statesync.client, onSwept: swept },
    ...{ blobs: new MemoryBlobs({ signer, clock: systemClock }), search: createPostgresSearch() },
    ...{ membersAmong, requireWorkspace, people: namesOfMembers, sortKey: (title: string) => title },
    booksOf: async () => new Map(),
    thumbnailOf: async () => undefined,
    addBook: () => Promise.reject(new Error('no library here')),
  }
  texts = new Texts(components)
})
afterEach(async () => {
  await stop()
  await db.close()
})

const contextOf = (one = tenant.owner) => ({
  ...{ tenantId: tenant.tenantId, accountId: one.accountId, sessionId: uuidv7(), role: 'member' as const },
})
const actor = () => ({ tenantId: tenant.tenantId, accountId: null })

async function made(markdown: string, visibility: 'workspace' | 'private' = 'workspace') {
  const documentId = uuidv7()
  const place = { tenantId: tenant.tenantId, documentId }
  await texts.create(place, tenant.owner.accountId, fromMarkdown(markdown).doc)
  const row = { id: documentId, workspace_id: tenant.workspaceId, book_id: null, title: 'T', title_key: 't' }
  const shared = { visibility, workspace_access: 'write' as const, created_by: tenant.owner.accountId }
  await db.database.tenant(contextOf(), async (tx) => {
    await insertDocument(tx, tenant.tenantId, { ...row, ...shared, at: new Date(clock.now()) })
    const owner = { accountId: tenant.owner.accountId, role: 'owner' as const }
    await setMembers(tx, tenant.tenantId, documentId, [owner], new Date(clock.now()))
  })
  return place
}

async function say(place: { tenantId: string; documentId: string }, markdown: string, by = tenant.member) {
  await texts.write(place, by.accountId, fromMarkdown(markdown).doc)
  await projectText(components, texts, place)
}

const versionsOf = (documentId: string) =>
  db.database.tenantRead(actor(), (tx) =>
    listVersions(tx, documentId, false, { after: undefined, limit: 50 }),
  )

const run = <Data extends object>(job: JobDefinition<Data>, data: Data) =>
  job.run({ data, id: 'j', attempt: 1, log: silentLogger, signal: new AbortController().signal })

describe('versions by themselves', () => {
  test('what a sitting left is kept before the next one takes its place, once, with who wrote it', async () => {
    const place = await made('Begun.')
    clock.advance(MINUTE)
    await say(place, 'First sitting.')
    await say(place, 'First sitting, on.')
    expect(await versionsOf(place.documentId)).toEqual([])
    clock.advance(15 * MINUTE)
    await say(place, 'Second sitting.', tenant.owner)
    const [kept, ...more] = await versionsOf(place.documentId)
    expect(more).toEqual([])
    expect(kept).toMatchObject({
      kind: 'automatic',
      name: null,
      word_count: 3,
      authors: [tenant.owner.accountId, tenant.member.accountId],
    })
    const content = await db.database.tenantRead(actor(), (tx) =>
      contentOfVersion(tx, place.documentId, kept?.id ?? ''),
    )
    expect(JSON.stringify(content)).toContain('First sitting, on.')
    await projectText(components, texts, place)
    expect(await versionsOf(place.documentId)).toHaveLength(1)
  })

  test('a long sitting is kept now and then; unnamed ones are thinned out', async () => {
    const place = await made('0')
    for (let n = 1; n <= 12; n += 1) {
      clock.advance(7 * MINUTE)
      await say(place, `word ${n}`)
    }
    const kept = await versionsOf(place.documentId)
    expect(kept.length).toBeGreaterThanOrEqual(2)
    expect(kept.length).toBeLessThanOrEqual(3)
  })
})

test('texts that were changed and not read, as after a kill, are found by the sweep', async () => {
  const [one, two] = [await made('one'), await made('two')]
  await projectText(components, texts, one)
  queue.length = 0
  await texts.write(two, tenant.member.accountId, fromMarkdown('changed').doc)
  await run(sweepTextsJob(components), { tenantId: tenant.tenantId })
  expect(queue).toEqual([{ name: PROJECT, data: two, singletonKey: two.documentId }])
})

test('many changes of a text are one reading, and what waits is asked for at the end', async () => {
  const changes = textChanges({ database: db.database, clock, log: silentLogger })
  const place = await made('text')
  for (let n = 0; n < 1000; n += 1) changes.changed(place.tenantId, place.documentId)
  await changes.stop()
  expect(queue).toEqual([{ name: PROJECT, data: place, singletonKey: place.documentId }])
})

test('texts that change at the same time are asked for in one transaction, those of no document not at all', async () => {
  const places = [await made('one'), await made('two'), await made('three')]
  const transactions = vi.spyOn(db.database, 'tenant')
  const changes = textChanges({ database: db.database, clock, log: silentLogger })
  for (const { tenantId, documentId } of [...places, { tenantId: tenant.tenantId, documentId: uuidv7() }])
    changes.changed(tenantId, documentId)
  clock.advance(9_000)
  await until('they are asked for', () => queue.length === 3)
  expect(queue.map(({ data }) => data)).toEqual(expect.arrayContaining(places))
  expect(transactions).toHaveBeenCalledTimes(1)
  await changes.stop()
  expect(queue).toHaveLength(3)
})

test('an edit and a restore that were cut off between their steps are whole when they are repeated', async () => {
  const place = await made('First.')
  const before = (await texts.read(place)).doc
  await say(place, 'Second.')
  // The text was restored, the answer was lost: the same once more changes nothing.
  await texts.write(place, tenant.owner.accountId, before)
  const { version } = await texts.read(place)
  await texts.write(place, tenant.owner.accountId, before)
  expect((await texts.read(place)).version).toBe(version)
  await texts.create(place, tenant.owner.accountId, fromMarkdown('Other.').doc)
  expect(toMarkdown((await texts.read(place)).doc)).toBe('First.\n')
  await expect(texts.create(place, tenant.member.accountId, undefined)).rejects.toMatchObject({
    code: 'document.id_taken',
  })
})

test('a text whose making was cut off before its content came has it once when that is repeated', async () => {
  const documentId = uuidv7()
  const place = { tenantId: tenant.tenantId, documentId }
  const { accountId } = tenant.owner
  await components.statesync.createDocument({ ...place, userId: accountId, metadata: { kind: 'document' } })
  const { doc } = fromMarkdown('# Imported\n\nEvery word.')
  await Promise.all(Array.from({ length: 4 }, () => texts.create(place, accountId, doc)))
  await texts.create(place, accountId, doc)
  expect(toMarkdown((await texts.read(place)).doc)).toBe('# Imported\n\nEvery word.\n')
})

test('the month-old trash goes with text and images; the rest stays', async () => {
  const [old, young] = [await made('old'), await made('young')]
  const fileId = uuidv7()
  const bytes = new Uint8Array([1, 2, 3])
  await components.blobs.put(fileKey(tenant.tenantId, fileId), bytes, {
    contentType: 'image/png',
    maxBytes: 3,
  })
  const image = { width: 1, height: 1, thumbnail_width: 1, thumbnail_height: 1, color: '#000000' }
  await db.database.tenant(contextOf(), async (tx) => {
    const file = {
      id: fileId,
      document_id: old.documentId,
      account_id: tenant.owner.accountId,
      filename: 'a',
      size: 3,
    }
    await insertFile(tx, tenant.tenantId, {
      ...file,
      media_type: 'image/png',
      image,
      at: new Date(clock.now()),
    })
    await setTrashed(tx, old.documentId, new Date(clock.now() - 31 * 24 * 60 * MINUTE))
    await setTrashed(tx, young.documentId, new Date(clock.now()))
  })
  await run(purgeJob(components), { tenantId: tenant.tenantId })
  expect(swept).toHaveBeenCalledWith('documents', 1)
  const discards = queue.filter(({ name }) => name === DISCARD)
  expect(discards.map(({ data }) => data)).toEqual([{ ...old, fileIds: [fileId] }])
  for (let twice = 0; twice < 2; twice += 1)
    await run(discardJob(components, texts), { ...old, fileIds: [fileId] })
  expect(await components.blobs.head(fileKey(tenant.tenantId, fileId))).toBeUndefined()
  await expect(texts.read(old)).rejects.toMatchObject({ code: 'document.not_found' })
  expect(toMarkdown((await texts.read(young)).doc)).toBe('young\n')
})

test('another organisation sees no row, and nobody opens what is private or in the trash', async () => {
  const place = await made('secret', 'private')
  await projectText(components, texts, place)
  const other = await createTenant(db, 'Theirs')
  const stranger = {
    tenantId: other.tenantId,
    accountId: other.owner.accountId,
    sessionId: uuidv7(),
    role: 'owner' as const,
  }
  expect(await textMode(components, stranger, place.documentId)).toBeUndefined()
  expect(
    await textMode(components, { ...contextOf(tenant.admin), role: 'admin' }, place.documentId),
  ).toBeUndefined()
  expect(await textMode(components, contextOf(), place.documentId)).toBe('write')
  const tables = [
    'documents',
    'document_members',
    'document_versions',
    'document_threads',
    'document_comments',
    'document_files',
  ]
  for (const table of [
    ...tables,
    'document_mentions',
    'document_citations',
    'document_imports',
    'document_stars',
  ] as const) {
    const rows = await db.database.tenantRead(stranger, (tx) =>
      tx.db
        .selectFrom(table as 'documents')
        .selectAll()
        .execute(),
    )
    expect([table, rows]).toEqual([table, []])
  }
  await db.database.tenant(contextOf(), (tx) => setTrashed(tx, place.documentId, new Date(clock.now())))
  expect(await textMode(components, contextOf(), place.documentId)).toBeUndefined()
})

test('two who write while a version is restored lose nothing of what stays', async () => {
  const place = await made('first\n\nsecond\n\nthird')
  const ydoc = new Y.Doc()
  const { state } = await components.statesync.getDocument({ ...place, stateVector: new Uint8Array() })
  Y.applyUpdate(ydoc, state)
  const third = ydoc.getXmlFragment('content').get(2) as Y.XmlElement
  const typed: Uint8Array[] = []
  ydoc.on('update', (update: Uint8Array) => typed.push(update))
  ;(third.get(0) as Y.XmlText).insert(5, ', typed meanwhile')
  await texts.write(place, tenant.owner.accountId, fromMarkdown('first\n\nsecond again\n\nthird').doc)
  const operations = typed.map((update) => ({ update, userId: tenant.member.accountId }))
  await components.statesync.applyOperations({ ...place, operations })
  expect(toMarkdown((await texts.read(place)).doc)).toBe('first\n\nsecond again\n\nthird, typed meanwhile\n')
  expect(toMarkdown(readDocument(ydoc))).toContain('typed meanwhile')
})
