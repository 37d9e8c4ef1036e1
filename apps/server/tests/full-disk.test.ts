import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { uuidv7 } from '@stoa/kernel'
import { createClient } from '@stoa/sdk'
import { englishNovel } from '@stoa/testkit/books/index'
import { startChildProgram } from '@stoa/testkit/child-program'
import { settledBook, signedTenant, uploadBook } from '@stoa/testkit/members'
import { startProgram } from '@stoa/testkit/program'
import { type SmallDisk, smallDisk } from '@stoa/testkit/small-disk'
import { until } from '@stoa/testkit/until'
import { describe, expect, type TestContext, test, vi } from 'vitest'

/** The sum of what is waited for in the longest of them. */
vi.setConfig({ testTimeout: 300_000 })

const MEGABYTE = 1024 * 1024
/** What the disk store leaves free for the database. */
const RESERVE = 64 * MEGABYTE

async function diskOf(bytes: number, context: TestContext): Promise<SmallDisk> {
  const disk = await smallDisk(bytes)
  return disk ?? context.skip('only root on Linux may mount a small disk')
}

const text = (name: string) => ({
  name: `${name}.txt`,
  bytes: new TextEncoder().encode(`${name}\n\n${`The keeper of ${name} wrote every night. `.repeat(200)}`),
})

describe('a full disk below the files', () => {
  test('refuses an upload with its reason, keeps the rest, and goes on when there is space again', async (context) => {
    await using disk = await diskOf(RESERVE + 16 * MEGABYTE, context)
    const blobs = { kind: 'disk', directory: join(disk.directory, 'blobs') } as const
    await using stoa = await startProgram({
      config: (config) => ({ ...config, blobs }),
      overrides: { partial: true },
    })
    const { client } = (await signedTenant(stoa, 'Readers')).member
    const novel = { name: 'novel.epub', bytes: englishNovel() }
    const { id: before } = await uploadBook(stoa, client, novel)
    expect((await settledBook(client, before)).state).toBe('ACTIVE')

    await disk.fill(RESERVE - MEGABYTE)
    const late = text('late')
    const reserved = await client.call('createUpload', {
      body: { filename: late.name, size: late.bytes.length },
    })
    const { url, method, headers } = reserved.transfer
    const put = () => fetch(new URL(url, stoa.url), { method, headers, body: late.bytes })
    const refused = await put()
    expect([refused.status, await refused.json()]).toMatchObject([
      507,
      { code: 'storage.full', detail: 'There is no space left to store files. Nothing was stored.' },
    ])
    expect(await readdir(join(blobs.directory, '.tmp'))).toEqual([])
    const early = client.call('createBook', { body: { upload_id: reserved.id } })
    await expect(early).rejects.toMatchObject({ status: 409, code: 'upload.incomplete' })

    // What is there is read, and the database takes notes.
    const { transfer } = await client.call('getBookFile', { path: { book_id: before } })
    const bytes = await (await fetch(new URL(transfer.url, stoa.url))).bytes()
    expect(Buffer.from(bytes).equals(Buffer.from(novel.bytes))).toBe(true)
    await client.call('createNote', { body: { id: uuidv7(), book_id: before, body: 'Still here.' } })

    await disk.free()
    expect((await put()).status).toBe(204)
    const book = await client.call('createBook', { body: { upload_id: reserved.id } })
    expect((await settledBook(client, book.id)).state).toBe('ACTIVE')
  })

  test('that fills up while a book is read in delays it, no more', async (context) => {
    await using disk = await diskOf(RESERVE + 16 * MEGABYTE, context)
    const blobs = { kind: 'disk', directory: join(disk.directory, 'blobs') } as const
    await using stoa = await startProgram({
      config: (config) => ({ ...config, blobs }),
      overrides: { partial: true },
    })
    const { client } = (await signedTenant(stoa, 'Readers')).member
    const file = text('plain')
    const { id: upload_id, transfer } = await client.call('createUpload', {
      body: { filename: file.name, size: file.bytes.length },
    })
    const { url, method, headers } = transfer
    await fetch(new URL(url, stoa.url), { method, headers, body: file.bytes })
    await disk.fill(RESERVE - MEGABYTE)
    // Its reading edition has no room.
    const { id } = await client.call('createBook', { body: { upload_id } })
    const failed =
      /stoa_job_duration_seconds_count\{[^}]*job="library.read-in"[^}]*outcome="failed"[^}]*\} [1-9]/
    await until('a first try failed', async () =>
      failed.test(await (await fetch(`${stoa.url}/metrics`)).text()),
    )
    await disk.free()
    expect((await settledBook(client, id)).state).toBe('ACTIVE')
  })
})

test('a full disk below everything is said plainly, loses nothing, and is left behind once there is space', async (context) => {
  await using disk = await diskOf(420 * MEGABYTE, context)
  await using stoa = await startChildProgram({ dataDir: join(disk.directory, 'data') })
  const anonymous = createClient({ baseUrl: stoa.url })
  const owner = { organisation_name: 'Group', display_name: 'Ada', locale: 'en', time_zone: 'UTC' } as const
  const token = /#token=(\S+)/.exec(stoa.output())?.[1] ?? ''
  const session = await anonymous.call('completeSetup', { body: { token, ...owner } })
  const client = createClient({ baseUrl: stoa.url, tokens: { get: async () => session.access_token } })
  const { id: book_id } = await uploadBook(stoa, client, text('log'))
  await settledBook(client, book_id)

  await disk.fill(MEGABYTE)
  const kept = new Map<string, string>()
  const note = (id: string) => ({ id, book_id, body: `${id} `.repeat(1300) })
  const refusal = await until(
    'there is no room for another note',
    async () => {
      const body = note(uuidv7())
      try {
        await client.call('createNote', { body })
        kept.set(body.id, body.body)
        return undefined
      } catch (error) {
        return { body, error }
      }
    },
    60_000,
  )
  // PostgreSQL refuses what needs a new page, and stops when it cannot write its log.
  expect(refusal.error).toMatchObject({ status: expect.toBeOneOf([503, 507]) })
  expect(refusal.error).toMatchObject({
    code: expect.stringMatching(/^database\.(disk_full|unavailable|outcome_unknown)$/),
  })

  expect(kept.size).toBeGreaterThan(0)

  await disk.free()
  await until('it is ready again', async () => (await fetch(`${stoa.url}/readyz`)).ok, 60_000)
  await client.call('createNote', { body: refusal.body })
  kept.set(refusal.body.id, refusal.body.body)
  for (const [note_id, body] of kept) {
    expect(await client.call('getNote', { path: { note_id } })).toMatchObject({ body })
  }
  await uploadBook(stoa, client, text('afterwards'))
})
