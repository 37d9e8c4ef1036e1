import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { silentLogger, systemClock } from '@stoa/kernel'
import { afterEach, describe, expect, test } from 'vitest'
import { blobStoreAcceptance } from '../blobs.acceptance.ts'
import { createBlobs } from '../create-blobs.ts'
import { serveSigned } from '../signed/testing.ts'

const cleanUp: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const step of cleanUp.splice(0).reverse()) await step()
})

async function openDisk(existing?: string) {
  const directory = existing ?? (await mkdtemp(join(tmpdir(), 'stoa-blobs-')))
  if (!existing) cleanUp.push(() => rm(directory, { recursive: true, force: true }))
  const blobs = await createBlobs(
    {
      kind: 'disk',
      directory,
      signingKeys: [new Uint8Array(32).fill(7)],
      urlPath: '/blobs',
      reserveBytes: 0,
    },
    { clock: systemClock, log: silentLogger },
  )
  await blobs.service.start(AbortSignal.timeout(10_000))
  return { ...blobs, directory }
}

describe('blobs on disk', () => {
  blobStoreAcceptance(async () => {
    const { store, signed } = await openDisk()
    const { origin, close } = await serveSigned(signed!)
    cleanUp.push(close)
    return { store, fetch: (url, init) => fetch(new URL(url, origin), init) }
  })

  test('a folder that was taken away is named, not mistaken for a missing file', async () => {
    const { store, directory } = await openDisk()
    await rm(directory, { recursive: true })
    const put = store.put('a/b', Buffer.from('x'), { contentType: 'x/y', maxBytes: 10 })
    await expect(put).rejects.toMatchObject({ code: 'storage.unavailable' })
  })

  test('a folder of blobs that somebody emptied is made again', async () => {
    const { store, directory } = await openDisk()
    const put = () => store.put('a/b/c', Buffer.from('x'), { contentType: 'x/y', maxBytes: 10 })
    await put()
    await rm(join(directory, 'a'), { recursive: true })
    await put()
    expect(await store.head('a/b/c')).toMatchObject({ size: 1 })
  })

  test('a key below another key, or above one, is refused', async () => {
    const { store } = await openDisk()
    const options = { contentType: 'x/y', maxBytes: 10 }
    await store.put('a/b', Buffer.from('x'), options)
    const refused = { code: 'blob.key_invalid' }
    await expect(store.put('a/b/c', Buffer.from('x'), options)).rejects.toMatchObject(refused)
    await expect(store.put('a', Buffer.from('x'), options)).rejects.toMatchObject(refused)
    expect(await store.head('a/b/c')).toBeUndefined()
    expect(await store.head('a')).toBeUndefined()
    await expect(store.get('a')).rejects.toMatchObject({ code: 'blob.not_found' })
  })

  test('a file of another process that died is swept at start; one of this process is not', async () => {
    const { directory } = await openDisk()
    const host = (await import('node:os')).hostname().replace(/[^A-Za-z0-9-]/g, '-')
    await writeFile(join(directory, '.tmp', `${host}.999999999.aa.bb`), 'left over')
    await writeFile(join(directory, '.tmp', `${host}.${process.pid}.anotherlife.bb`), 'left over')
    await openDisk(directory)
    expect(await readdir(join(directory, '.tmp'))).toEqual([])
  })
})
