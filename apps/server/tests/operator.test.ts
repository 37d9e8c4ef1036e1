import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { envToConfig } from '@stoa/server/config/config.ts'
import { readEnv } from '@stoa/server/config/env.ts'
import { loadSecrets } from '@stoa/server/config/secrets.ts'
import { writeAddress } from '@stoa/server/program/address-file.ts'
import { createProgram, type Program } from '@stoa/server/program/program.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'

let folder = ''
let program: Program
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stoa-operator-'))
  const config = envToConfig(readEnv({ STOA_DATA: folder, STOA_PORT: '0', STOA_OPEN: 'false' }))
  program = await createProgram({ config, secrets: await loadSecrets(config), overrides: { partial: true } })
  await program.start(new AbortController().signal)
})
afterAll(async () => {
  await program.stop()
  await rm(folder, { recursive: true, force: true })
})

const OPERATOR = join(import.meta.dirname, '..', 'src', 'operator.ts')

/** The real program on the terminal, beside the one that runs. */
function operator(...args: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const env = { PATH: process.env.PATH, HOME: process.env.HOME }
  return new Promise((resolve) => {
    execFile(process.execPath, [OPERATOR, ...args, '--data', folder], { env }, (error, stdout, stderr) =>
      resolve({ code: error ? 1 : 0, stdout, stderr }),
    )
  })
}
const post = (path: string, body: object) =>
  fetch(`${program.url}/api/v1${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

test('a link from the terminal opens the running server for its owner', async () => {
  const early = await operator('sign-in-link')
  expect([early.code, early.stderr]).toEqual([1, expect.stringContaining('link.nobody')])
  const [link = ''] = await program.capabilities.announce(program.url ?? '')
  const owner = { organisation_name: 'Group', display_name: 'Ada', locale: 'en', time_zone: 'UTC' }
  const claimed = await post('/setup', {
    token: link.split('#token=')[1],
    ...owner,
    return_refresh_token: true,
  })
  expect(claimed.status).toBe(201)
  await writeAddress(folder, 'http://localhost:8004')
  expect((await operator('sign-in-link')).stdout).toMatch(/^http:\/\/localhost:8004\/sign-in#token=/)
  const { code, stdout } = await operator('sign-in-link', '--url', 'http://localhost:7')
  expect([code, stdout]).toEqual([
    0,
    expect.stringMatching(/^http:\/\/localhost:7\/sign-in#token=[\w-]{43}\n/),
  ])
  const token = stdout.split('\n')[0]?.split('#token=')[1]
  const redeemed = await post('/auth/links/redeem', { token, return_refresh_token: true })
  expect([redeemed.status, await redeemed.json()]).toMatchObject([200, { account: { display_name: 'Ada' } }])
})

test('keys tell their age, are not rotated too soon, and are when they are compromised', async () => {
  const before = JSON.parse((await operator('keys', 'status')).stdout)
  expect(before.ageDays).toBe(0)
  expect((await operator('keys', 'rotate')).stderr).toContain('keys.too_soon')
  expect((await operator('keys', 'rotate', '--compromised')).code).toBe(0)
  expect(JSON.parse((await operator('keys', 'status')).stdout).kid).not.toBe(before.kid)
})

test('where nothing runs it says so and makes nothing; an unknown command tells the known ones', async () => {
  const elsewhere = join(folder, 'nothing-here')
  const { code, stderr } = await new Promise<{ code: number; stderr: string }>((resolve) => {
    execFile(process.execPath, [OPERATOR, 'keys', 'status', '--data', elsewhere], (error, _, text) =>
      resolve({ code: error ? 1 : 0, stderr: text }),
    )
  })
  expect([code, stderr]).toEqual([1, expect.stringContaining('database.not_started')])
  expect((await operator('keys', 'eat')).stderr).toContain('operator.ts sign-in-link')
})
