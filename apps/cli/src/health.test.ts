import { expect, test } from 'vitest'
import { status } from './commands/status.ts'
import { readHealth } from './health.ts'

const URL = 'http://127.0.0.1:4040'

const pathOf = (address: Parameters<typeof fetch>[0]) =>
  new globalThis.URL(address instanceof Request ? address.url : address).pathname

/** A server that answers with these bodies and statuses by path. */
const server =
  (answers: Readonly<Record<string, readonly [number, unknown]>>): typeof fetch =>
  async (address) => {
    const [code, body] = answers[pathOf(address)] ?? [404, {}]
    return Response.json(body, { status: code })
  }

const alive = [200, { status: 'ok', version: '0.1.0' }] as const
const ready = server({
  '/healthz': alive,
  '/readyz': [200, { status: 'ready', parts: [{ name: 'database', ready: true }] }],
})
const broken = server({
  '/healthz': alive,
  '/readyz': [
    503,
    { code: 'x', details: { parts: [{ name: 'database', ready: false, reason: 'no answer' }, 'junk'] } },
  ],
})

test('a ready server', async () => {
  expect(await readHealth(URL, ready)).toEqual({
    url: URL,
    version: '0.1.0',
    ready: true,
    parts: [{ name: 'database', ready: true }],
  })
})

test('a server that is not ready says which part', async () => {
  const health = await readHealth(URL, broken)
  expect(health).toMatchObject({ ready: false, parts: [{ name: 'database', reason: 'no answer' }] })
})

test('nothing there, and something else there, are told apart', async () => {
  const refuse = async () => Promise.reject(new TypeError('fetch failed'))
  await expect(readHealth(URL, refuse)).rejects.toMatchObject({ code: 'cli.no_server' })
  const other: typeof fetch = async () => new Response('<html>')
  await expect(readHealth(URL, other)).rejects.toMatchObject({ code: 'cli.not_stoa' })
})

test('status prints each part and fails when the server is not ready', async () => {
  const lines: string[] = []
  expect(await status({ url: URL }, (text) => lines.push(text), ready)).toBe(0)
  expect(await status({ url: URL }, (text) => lines.push(text), broken)).toBe(1)
  expect(lines).toEqual([
    `Stoa 0.1.0 at ${URL} is ready\n  ✓ database`,
    `Stoa 0.1.0 at ${URL} is not ready\n  ✗ database: no answer`,
  ])
  await status({ url: URL, json: true }, (text) => lines.push(text), ready)
  expect(JSON.parse(lines[2] ?? '')).toMatchObject({ ready: true })
})
