import { uuidv7 } from '@stoa/kernel'
import { chineseVertical, englishNovel } from '@stoa/testkit/books/index'
import { settledBook, signedTenant, uploadBook } from '@stoa/testkit/members'
import { startProgram, type TestProgram } from '@stoa/testkit/program'
import { until } from '@stoa/testkit/until'
import { afterAll, beforeAll, expect, test } from 'vitest'

let stoa: TestProgram
beforeAll(async () => {
  stoa = await startProgram({ overrides: { partial: true } })
})
afterAll(() => stoa.close())

/** What the schedule does every night. */
const tonight = (name: string) =>
  stoa.program.platform.persistence.database.account(null, (tx) => tx.enqueue({ name, data: {} }))

async function filesOf(tenantId: string): Promise<string[]> {
  const keys: string[] = []
  for await (const { key } of stoa.program.platform.blobs.store.list(`tenants/${tenantId}/`)) keys.push(key)
  return keys
}

test('every night what has had its time goes for good, for every organisation, and nothing else', async () => {
  const readers = await signedTenant(stoa, 'Readers')
  const others = await signedTenant(stoa, 'Others')
  const { client } = readers.member
  const thrown = await uploadBook(stoa, client, { name: 'novel.epub', bytes: englishNovel() })
  const kept = await uploadBook(stoa, client, { name: '竖排.epub', bytes: chineseVertical() })
  const theirs = await uploadBook(stoa, others.owner.client, { name: 'novel.epub', bytes: englishNovel() })
  for (const { id } of [thrown, kept]) expect((await settledBook(client, id)).state).toBe('ACTIVE')
  await settledBook(others.owner.client, theirs.id)
  const note = (book_id: string, body: string) =>
    client.call('createNote', { body: { id: uuidv7(), book_id, body } })
  const lost = await note(thrown.id, 'cormorant in a book that goes')
  const removed = await note(kept.id, 'removed')
  const stays = await note(kept.id, 'stays')
  await client.call('deleteNote', { path: { note_id: removed.id } })
  await client.call('deleteBook', { path: { book_id: thrown.id } })
  const files = await filesOf(readers.tenantId)
  await stoa.db.sql(
    `update stoa.books set trashed_at = now() - interval '31 days' where trashed_at is not null`,
  )
  await stoa.db.sql(`update stoa.uploads set expires_at = now() - interval '31 days'`)
  await stoa.db.sql(`update stoa.contents set created_at = now() - interval '31 days'`)
  await stoa.db.sql(
    `update stoa.notes set deleted_at = now() - interval '31 days' where deleted_at is not null`,
  )

  await tonight('library.sweep-all')
  await tonight('annotations.purge-all')
  // The file and its two covers.
  await until('the files are gone', async () => (await filesOf(readers.tenantId)).length === files.length - 3)
  await until('the note is gone', async () => {
    const rows = await stoa.db.sql('select from stoa.notes where id = $1', [removed.id])
    return rows.length === 0
  })

  await expect(client.call('getBook', { path: { book_id: thrown.id } })).rejects.toMatchObject({
    status: 404,
  })
  await expect(client.call('getNote', { path: { note_id: lost.id } })).rejects.toMatchObject({ status: 404 })
  expect((await client.call('search', { query: { q: 'cormorant' } })).items).toEqual([])
  expect(await client.call('getNote', { path: { note_id: stays.id } })).toMatchObject({ body: 'stays' })
  for (const [reader, { id }] of [
    [client, kept],
    [others.owner.client, theirs],
  ] as const) {
    const { transfer } = await reader.call('getBookFile', { path: { book_id: id } })
    expect((await fetch(new URL(transfer.url, stoa.url))).status).toBe(200)
  }
  // Counted when the whole of a job is done.
  const metrics = async () => (await fetch(`${stoa.url}/metrics`)).text()
  await expect.poll(metrics).toMatch(/^stoa_swept_total\{what="contents"\} 1$/m)
  await expect.poll(metrics).toMatch(/^stoa_swept_total\{what="annotations"\} 1$/m)
})
