import { expect, test } from 'vitest'
import type { TokenSource } from './authorized-fetch.ts'
import { createClient } from './client.ts'
import { ApiError, ConnectionError } from './errors.ts'

const ID = '0193b2f0-0000-7000-8000-000000000001'

const json = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  })

const problem = (status: number, code: string, more: object = {}, headers = {}) =>
  json(
    { type: `urn:stoa:problem:${code}`, title: 'T', status, code, detail: 'D', request_id: 'r1', ...more },
    status,
    headers,
  )

/** A client whose requests are answered by `answer`, and the requests it made. */
function clientOf(answer: (request: Request) => Response | Promise<Response>, tokens?: TokenSource) {
  const requests: Request[] = []
  const client = createClient({
    baseUrl: 'https://read.example/',
    ...(tokens ? { tokens } : {}),
    fetch: async (request) => {
      requests.push(request.clone())
      return answer(request)
    },
  })
  return { client, requests }
}

test('operations are called by name; path, query, headers and body go where the contract says', async () => {
  const { client, requests } = clientOf(() => json({ id: ID }))
  await client.call('getBook', { path: { book_id: ID } })
  await client.call('listBooks', { query: { limit: 5, tag: 'a b' } as never })
  await client.call('createShelf', { body: { name: '书架' } as never })
  expect(requests.map(({ method, url }) => [method, url])).toEqual([
    ['GET', `https://read.example/api/v1/books/${ID}`],
    ['GET', 'https://read.example/api/v1/books?limit=5&tag=a%20b'],
    ['POST', 'https://read.example/api/v1/shelves'],
  ])
  expect(await requests[2]?.json()).toEqual({ name: '书架' })
})

test('replies: JSON, nothing, text', async () => {
  expect(await clientOf(() => json({ a: 1 })).client.call('getHealth')).toEqual({ a: 1 })
  expect(await clientOf(() => new Response(null, { status: 204 })).client.call('signOut')).toBeUndefined()
  const text = clientOf(
    () => new Response('up 1', { headers: { 'content-type': 'text/plain; version=0.0.4' } }),
  )
  expect(await text.client.call('getMetrics')).toBe('up 1')
})

test('a problem becomes an ApiError with everything one can act on', async () => {
  const errors = [{ pointer: '#/body/name', message: 'must be present' }]
  const { client } = clientOf(() =>
    problem(429, 'rate_limit.exceeded', { errors, details: { current: 1 } }, { 'retry-after': '7' }),
  )
  const error: unknown = await client.call('getHealth').catch((thrown) => thrown)
  expect(error).toBeInstanceOf(ApiError)
  expect(error).toMatchObject({
    ...{ status: 429, code: 'rate_limit.exceeded', detail: 'D', requestId: 'r1', retryAfter: 7 },
    ...{ errors, details: { current: 1 } },
  })
})

test('an error page of a proxy is an ApiError too; no answer is a ConnectionError', async () => {
  const proxy = clientOf(
    () => new Response('<h1>Bad gateway</h1>', { status: 502, headers: { 'content-type': 'text/html' } }),
  )
  await expect(proxy.client.call('getHealth')).rejects.toMatchObject({ status: 502, code: 'http.unexpected' })
  const down = clientOf(() => Promise.reject(new TypeError('fetch failed')))
  await expect(down.client.call('getHealth')).rejects.toBeInstanceOf(ConnectionError)
})

test('a 401 renews the token once and repeats the request, body and idempotency key included', async () => {
  const refused: (string | undefined)[] = []
  const tokens: TokenSource = {
    get: () => 'old',
    renew: async (token) => {
      refused.push(token)
      return 'new'
    },
  }
  const { client, requests } = clientOf(
    ({ headers }) =>
      headers.get('authorization') === 'Bearer new' ? json({ id: ID }, 201) : problem(401, 'token.expired'),
    tokens,
  )
  await client.call('createShelf', { body: { name: 'a' } as never })
  expect(refused).toEqual(['old'])
  expect(requests.map(({ headers }) => headers.get('authorization'))).toEqual(['Bearer old', 'Bearer new'])
  expect(await requests[1]?.json()).toEqual({ name: 'a' })
  const keys = requests.map(({ headers }) => headers.get('idempotency-key'))
  expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/)
  expect(keys[1]).toBe(keys[0])
})

test('when the token cannot be renewed the 401 stands', async () => {
  const { client, requests } = clientOf(() => problem(401, 'token.expired'), {
    get: () => 'old',
    renew: async () => undefined,
  })
  await expect(client.call('getAccount')).rejects.toMatchObject({ code: 'token.expired' })
  expect(requests).toHaveLength(1)
})

test('idempotency keys: every POST has one, also by path; the caller may give one; GET has none', async () => {
  const { client, requests } = clientOf(() => json({}))
  await client.call('createShelf', { body: { name: 'a' } as never }, { idempotencyKey: 'mine-1234' })
  await client.http.POST('/api/v1/shelves', { body: { name: 'a' } as never })
  await client.call('getHealth')
  const keys = requests.map(({ headers }) => headers.get('idempotency-key'))
  expect(keys[0]).toBe('mine-1234')
  expect(keys[1]).toMatch(/^[0-9a-f-]{36}$/)
  expect(keys[2]).toBeNull()
})

test('an aborted call rejects with the abort, not with a connection error', async () => {
  const { client } = clientOf(async ({ signal }) => {
    signal.throwIfAborted()
    return json({})
  })
  await expect(client.call('getHealth', {}, { signal: AbortSignal.abort() })).rejects.toMatchObject({
    name: 'AbortError',
  })
})
