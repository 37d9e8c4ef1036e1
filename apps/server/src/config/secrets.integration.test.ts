import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { loadSecrets } from './secrets.ts'

let dataDir: string
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'stoa-secrets-'))
})
afterEach(() => rm(dataDir, { recursive: true }))

const load = (masterKey?: string) => loadSecrets({ dataDir, masterKey })

test('the key is made once, for its owner alone, and stays', async () => {
  const first = await load()
  const again = await load()
  expect(again.derive('a')).toEqual(first.derive('a'))
  expect(first.derive('a')).toHaveLength(32)
  expect(first.derive('b')).not.toEqual(first.derive('a'))
  expect((await stat(join(dataDir, 'secrets/master.key'))).mode & 0o777).toBe(0o600)
  expect((await stat(join(dataDir, 'secrets'))).mode & 0o777).toBe(0o700)
})

test('programs that start at once share one key and leave nothing behind', async () => {
  const all = await Promise.all(Array.from({ length: 8 }, () => load()))
  expect(new Set(all.map((secrets) => Buffer.from(secrets.derive('x')).toString('hex'))).size).toBe(1)
  expect(await readdir(join(dataDir, 'secrets'))).toEqual(['master.key'])
})

test('a damaged key is an error and is left as it is', async () => {
  await load()
  const file = join(dataDir, 'secrets/master.key')
  await writeFile(file, 'half a k')
  await expect(load()).rejects.toMatchObject({ code: 'config.secret_unusable' })
  expect(await readFile(file, 'utf8')).toBe('half a k')
})

test('a key from the configuration is used as it is', async () => {
  const given = await load('00'.repeat(32))
  expect(given.derive('a')).toEqual((await load('00'.repeat(32))).derive('a'))
  expect(await readdir(dataDir)).toEqual([])
})
