import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkCors } from './cors.ts'

const ORIGIN = 'https://stoa.example'

/** One CORS rule of a bucket; `undefined`: it has none. */
let rule: { origin: string; methods: string[]; headers: string[] } | undefined
const asked: string[] = []

/** Answers preflights as S3 does ("CORS" in its user guide): 403 unless a rule fits origin, method and every header. */
const server = createServer(({ method, url, headers }, reply) => {
  asked.push(`${method} ${url?.split('?')[0]}`)
  const wanted = headers['access-control-request-method'] ?? ''
  const named = (headers['access-control-request-headers'] ?? '').split(',').filter(Boolean)
  const fits =
    rule !== undefined &&
    [headers.origin, '*'].includes(rule.origin) &&
    rule.methods.includes(wanted) &&
    named.every((name) => rule?.headers.includes(name) || rule?.headers.includes('*'))
  if (!fits || !rule) return reply.writeHead(403).end('<Error><Code>AccessForbidden</Code></Error>')
  reply.writeHead(200, {
    'access-control-allow-origin': rule.origin,
    'access-control-allow-methods': rule.methods.join(', '),
    ...(named.length > 0 && { 'access-control-allow-headers': named.join(', ') }),
  })
  reply.end()
})
const common = {
  bucket: 'books',
  region: 'us-east-1',
  accessKeyId: 'a',
  secretAccessKey: 'b',
  pathStyle: true,
}
let endpoint = ''

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => new Promise((resolve) => server.close(resolve)))

const check = () => checkCors({ ...common, endpoint }, ORIGIN)

test('a bucket without rules, or with rules for other pages, refuses both', async () => {
  rule = undefined
  expect(await check()).toEqual({ state: 'refused', refused: ['GET', 'PUT'] })
  rule = { origin: 'https://other.example', methods: ['GET', 'PUT'], headers: ['*'] }
  expect(await check()).toEqual({ state: 'refused', refused: ['GET', 'PUT'] })
  expect(new Set(asked)).toEqual(new Set(['OPTIONS /books/uploads/doctor']))
})

test.each([
  [{ methods: ['GET'], headers: ['content-type'] }],
  [{ methods: ['GET', 'PUT'], headers: ['x-other'] }],
])('%j refuses uploads', async (part) => {
  rule = { origin: ORIGIN, ...part }
  expect(await check()).toEqual({ state: 'refused', refused: ['PUT'] })
})

test.each([
  [{ origin: ORIGIN, methods: ['GET', 'PUT'], headers: ['content-type'] }],
  [{ origin: '*', methods: ['PUT', 'GET', 'HEAD'], headers: ['*'] }],
])('%j is enough', async (whole) => {
  rule = whole
  expect(await check()).toEqual({ state: 'allowed' })
})

test('where browsers reach the store at another address, that one is asked', async () => {
  const gone = createServer()
  await new Promise<void>((resolve) => gone.listen(0, '127.0.0.1', resolve))
  const { port } = gone.address() as AddressInfo
  await new Promise((resolve) => gone.close(resolve))
  const options = { ...common, endpoint, publicEndpoint: `http://127.0.0.1:${port}` }
  expect(await checkCors(options, ORIGIN)).toEqual({
    state: 'unreachable',
    reason: expect.stringContaining('ECONNREFUSED'),
  })
})
