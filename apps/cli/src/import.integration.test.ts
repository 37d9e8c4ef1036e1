import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@stoa/sdk'
import { englishNovel } from '@stoa/testkit/books/index'
import { startProgram, type TestProgram } from '@stoa/testkit/program'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Ended, stoa } from './testing.ts'

const LARGEST = 1_000_000
let server: TestProgram
let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stoa-cli-import-'))
  server = await startProgram({
    config: (config) => ({ ...config, maxFileBytes: LARGEST }),
    overrides: { partial: true },
  })
  await becomeOwner()
  await mkdir(join(folder, 'books', 'deep', '.hidden'), { recursive: true })
  await writeFile(join(folder, 'books', 'novel.epub'), englishNovel())
  await writeFile(join(folder, 'books', 'deep', 'notes.md'), '# Notes\n\nA page of notes.\n')
  await writeFile(join(folder, 'books', 'deep', '.hidden', 'secret.md'), '# Not for the library\n')
  await writeFile(join(folder, 'books', 'picture.png'), 'no book')
})

afterAll(async () => {
  await server?.close()
  await rm(folder, { recursive: true, force: true })
})

async function becomeOwner(): Promise<void> {
  const lines = await server.program.capabilities.announce(server.url)
  const token = /token=([\w-]+)/.exec(lines.join('\n'))?.[1] ?? ''
  await createClient({ baseUrl: server.url }).call('completeSetup', {
    body: { token, organisation_name: 'Us', display_name: 'Ada', locale: 'en', time_zone: 'Europe/Berlin' },
  })
}

const cli = (...args: readonly string[]): Promise<Ended> =>
  stoa(args, { STOA_URL: server.url, XDG_CONFIG_HOME: join(folder, 'config') })

async function link(): Promise<string> {
  const { identity } = server.program.capabilities
  return (await identity.terminalSignInLink({ baseUrl: server.url })).url
}

test('nothing is uploaded by a terminal that is not signed in', async () => {
  const { code, stdout, stderr } = await cli('import', join(folder, 'books'))
  expect(code).toBe(2)
  expect(stderr).toContain('Not signed in at')
  expect(stdout).toBe('')
})

test('a link signs in once; the session is for this user’s eyes only', async () => {
  const once = await link()
  expect((await cli('sign-in', once)).stdout).toBe(`Signed in at ${server.url} as Ada in Us.\n`)
  expect(await cli('sign-in', once)).toMatchObject({ code: 2, stderr: expect.stringContaining('link.') })
  expect((await cli('sign-in', `${server.url}/sign-in`)).stderr).toContain('That is no sign-in link')
  const file = join(folder, 'config', 'stoa', 'sessions.json')
  expect(((await stat(file)).mode & 0o777).toString(8)).toBe('600')
  expect(Object.keys(JSON.parse(await readFile(file, 'utf8')))).toEqual([server.url])
})

test('a folder is imported, and again adds nothing; each run renews the session', async () => {
  const first = await cli('import', join(folder, 'books'))
  expect(first.stderr).toBe('')
  expect(first.stdout).toContain('added    novel.epub')
  expect(first.stdout).toContain(`added    ${join('deep', 'notes.md')}`)
  expect(first.stdout).toContain('2 added, 0 already there, 0 failed')
  expect(first.code).toBe(0)
  expect((await cli('import', join(folder, 'books'))).stdout).toContain('0 added, 2 already there, 0 failed')
})

test('a file that the server refuses is named with the reason, and the others go on', async () => {
  await writeFile(join(folder, 'books', 'large.txt'), 'x'.repeat(LARGEST + 1))
  await writeFile(join(folder, 'books', 'more.txt'), 'Some more to read.\n')
  const { code, stdout } = await cli('import', join(folder, 'books'))
  expect(stdout).toMatch(/failed {3}large\.txt: .*\(.+\)/)
  expect(stdout).toContain('1 added, 2 already there, 1 failed')
  expect(code).toBe(1)
})

test('a folder that is not there is said in one line', async () => {
  expect((await cli('import', join(folder, 'nowhere'))).stderr).toMatch(
    /^ENOENT: no such file or directory.*\n$/,
  )
})

test('after signing out the terminal has no session', async () => {
  expect((await cli('sign-out')).stdout).toBe(`Signed out at ${server.url}.\n`)
  expect((await cli('sign-out')).stdout).toBe(`Not signed in at ${server.url}.\n`)
  expect((await cli('import', join(folder, 'books'))).code).toBe(2)
})
