import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { silentLogger, systemClock } from '@stoa/kernel'
import { afterAll, describe, expect, test } from 'vitest'
import { createBlobs } from '../create-blobs.ts'

const MEGABYTE = 1_000_000
const directory = mkdtempSync(join(tmpdir(), 'stoa-full-'))

/** A file system of two megabytes, where this process may mount one. */
function mountSmall(): boolean {
  try {
    execFileSync('/bin/mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', directory], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

const mounted = mountSmall()
afterAll(() => {
  if (mounted) execFileSync('/bin/umount', [directory])
  rmSync(directory, { recursive: true, force: true })
})

async function open(reserveBytes: number) {
  const config = {
    kind: 'disk',
    directory,
    signingKeys: [new Uint8Array(32)],
    urlPath: '/blobs',
    reserveBytes,
  } as const
  const { store, service } = await createBlobs(config, { clock: systemClock, log: silentLogger })
  await service.start(AbortSignal.timeout(10_000))
  return store
}

const options = { contentType: 'x/y', maxBytes: 100 * MEGABYTE }
const pieces = (count: number) =>
  Readable.from(Array.from({ length: count }, () => Buffer.alloc(MEGABYTE / 4, 1)))
const full = { code: 'storage.full', message: 'There is no space left to store files. Nothing was stored.' }

describe.skipIf(!mounted)(
  `a full disk${mounted ? '' : ' (skipped: only root may mount a small file system)'}`,
  () => {
    test('refuses the file that does not fit, leaves no part of it, and takes a smaller one', async () => {
      const store = await open(0)
      await store.put('a/before', Buffer.from('before'), options)
      await expect(store.put('a/large', pieces(12), options)).rejects.toMatchObject(full)
      await expect(store.put('a/before', pieces(12), options)).rejects.toMatchObject(full)
      expect(await readdir(join(directory, '.tmp'))).toEqual([])
      expect(await store.head('a/large')).toBeUndefined()
      expect((await buffer(await store.get('a/before'))).toString()).toBe('before')
      expect(await store.put('a/small', pieces(4), options)).toMatchObject({ size: MEGABYTE })
      await store.delete('a/small')
    })
  },
)

test('space kept for the database is not written to', async () => {
  const store = await open(Number.MAX_SAFE_INTEGER)
  await expect(store.put('a/b', pieces(1), options)).rejects.toMatchObject(full)
  expect(await readdir(join(directory, '.tmp'))).toEqual([])
})
