import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { stoa } from './testing.ts'

let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stoa-cli-'))
})

afterAll(() => rm(folder, { recursive: true, force: true }))

test('help names every command; an unknown one is refused', async () => {
  const { code, stdout } = await stoa(['--help'])
  expect(code).toBe(0)
  for (const name of ['start', 'status', 'doctor', 'migrate', 'import', 'chat', 'rooms', 'say', 'tail'])
    expect(stdout).toContain(`\n  ${name} `)
  const wrong = await stoa(['sart'])
  expect(wrong.code).toBe(1)
  expect(wrong.stderr).toContain('Did you mean start?')
})

test('the schema of a new folder: nothing applied, then all of it, then one less', async () => {
  const data = join(folder, 'a data folder')
  expect((await stoa(['migrate', 'status', '--data', data])).stdout).toMatch(
    /^waiting\s+\d{8}_000_platform$/m,
  )
  expect((await stoa(['migrate', 'up', '--data', data])).stdout).not.toContain('waiting')
  expect((await stoa(['migrate', 'down', '--data', data])).stdout.match(/^waiting/gm)).toHaveLength(1)
  expect(await stoa(['migrate', 'down', '--count', 'all', '--data', data])).toMatchObject({ code: 1 })
})

test('the doctor finds an initialised folder in order, and a folder that cannot be a bad one', async () => {
  const good = await stoa(['doctor', '--json', '--data', join(folder, 'a data folder')])
  const findings: { name: string; state: string }[] = JSON.parse(good.stdout)
  expect(findings.map(({ name }) => name)).toEqual([
    'Node',
    'Data folder',
    'Disk',
    'Port',
    'Database (embedded)',
  ])
  expect(findings.filter(({ state }) => state === 'bad')).toEqual([])
  expect(good.code).toBe(0)
  const below = join(folder, 'a file', 'data')
  await writeFile(join(folder, 'a file'), '')
  const bad = await stoa(['doctor', '--data', below])
  expect(bad.code).toBe(1)
  expect(bad.stdout).toContain(`✗ Data folder: ${below} cannot be written`)
})

test('status of a port where something else answers', async () => {
  const other = createServer((_request, reply) => reply.end('hello'))
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  try {
    const { port } = other.address() as AddressInfo
    const found = await stoa(['status', '--url', `http://127.0.0.1:${port}`])
    expect(found).toMatchObject({
      code: 2,
      stderr: `What answers at http://127.0.0.1:${port} is not Stoa.\n`,
    })
  } finally {
    other.close()
  }
  expect(await stoa(['status'])).toMatchObject({
    code: 2,
    stderr: 'No server answers at http://127.0.0.1:9.\n',
  })
})
