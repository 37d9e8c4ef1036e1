import { ManualClock, StoaError } from '@stoa/kernel'
import { expect, test } from 'vitest'
import { MemoryRateLimits } from '../cache/memory/memory-rate-limits.ts'
import { rateLimitRules } from '../cache/rate-limits.ts'
import { ContractMismatch } from './errors.ts'
import { document as contract, handler, serve } from './testing/fixture.ts'

const ID = '0193b2f0-0000-7000-8000-000000000001'
const bearer = (role: string) => ({ authorization: `Bearer ${role}` })

test('contract and handlers must be one to one', async () => {
  await expect(serve([handler('unknownThing', () => ({ status: 200 }))])).rejects.toThrow(
    'no contract for unknownThing',
  )
  const twice = [handler('go', () => ({ status: 302 })), handler('go', () => ({ status: 302 }))]
  await expect(serve(twice)).rejects.toThrow('two handlers for go')
  await expect(serve([], { partial: false })).rejects.toThrow(ContractMismatch)
  await expect(serve([], { partial: false })).rejects.toThrow('no handler for getOpen')
})

test('what the contract does not declare never leaves', async () => {
  const { app } = await serve([
    handler('getOpen', () => ({
      status: 200,
      body: { id: 'a', title: null, secret: 'x', tags: ['t'], more: undefined },
    })),
  ])
  const reply = await app.inject('/open')
  expect(reply.statusCode).toBe(200)
  expect(reply.json()).toEqual({ id: 'a', title: null, tags: ['t'] })
  expect(reply.headers['content-type']).toBe('application/json; charset=utf-8')
})

test('an undeclared status is an internal error, not a reply', async () => {
  const { app } = await serve([handler('getOpen', () => ({ status: 201, body: { id: 'a' } }))])
  const reply = await app.inject('/open')
  expect(reply.statusCode).toBe(500)
  expect(reply.json()).toMatchObject({ code: 'internal.error', type: 'urn:stoa:problem:internal.error' })
})

test('replies are checked against the contract where that is asked for', async () => {
  const { app } = await serve([handler('getOpen', () => ({ status: 200, body: { id: 7 } }))], {
    validateReplies: true,
  })
  expect((await app.inject('/open')).statusCode).toBe(500)
})

test('query is coerced and defaulted, unknown parameters are dropped, bodies are not coerced', async () => {
  const { app } = await serve([
    handler('listBooks', ({ query }) => ({
      status: 200,
      body: [{ id: JSON.stringify(query), title: null }],
    })),
    handler('createBook', () => ({ status: 201, body: { id: '1', title: '1' } })),
  ])
  const list = await app.inject({ url: '/books?tag=a&junk=1', headers: bearer('guest') })
  expect(JSON.parse(list.json()[0].id)).toEqual({ tag: ['a'], limit: 5 })
  const create = await app.inject({
    method: 'POST',
    url: '/books',
    headers: bearer('owner'),
    payload: { title: 7 },
  })
  expect(create.statusCode).toBe(400)
})

test('every fault is reported with a pointer', async () => {
  const { app } = await serve([handler('listBooks', () => ({ status: 200, body: [] }))])
  const reply = await app.inject({ url: '/books?limit=11', headers: { ...bearer('guest'), 'if-match': 'x' } })
  expect(reply.statusCode).toBe(400)
  expect(reply.headers['content-type']).toBe('application/problem+json; charset=utf-8')
  expect(reply.json()).toMatchObject({ code: 'request.invalid', status: 400, title: 'Bad Request' })
  expect(reply.json().errors).toEqual([
    { pointer: '#/query/limit', message: 'must be <= 10' },
    { pointer: '#/header/if-match', message: 'must be integer' },
  ])
})

test('faults inside a body, unknown fields, missing fields, nullable types', async () => {
  const { app } = await serve([
    handler('createBook', () => ({ status: 201, body: { id: '1', title: null } })),
  ])
  const post = async (payload: object) =>
    app.inject({ method: 'POST', url: '/books', headers: bearer('owner'), payload })
  expect((await post({ title: null })).statusCode).toBe(201)
  expect((await post({ 'a/b': 1, parent: { title: 'x'.repeat(21), role: 'king' } })).json().errors).toEqual([
    { pointer: '#/body/title', message: 'must be present' },
    { pointer: '#/body/a~1b', message: 'is not known here' },
    { pointer: '#/body/parent/title', message: 'must NOT have more than 20 characters' },
    { pointer: '#/body/parent/role', message: 'must be one of owner, admin, member, guest' },
  ])
})

test.each([
  ['{"title":"a\\u0000b"}', '#/body/title'],
  ['{"title":"\\ud800"}', '#/body/title'],
  ['{"title":"a","__proto__":{"role":"owner"}}', '#/body'],
  [`{"title":${'['.repeat(100)}${']'.repeat(100)}}`, '#/body'],
])('text that nothing can store is refused: %s', async (payload, pointer) => {
  const { app } = await serve([handler('createBook', () => ({ status: 201, body: { id: '1', title: '' } }))])
  const headers = { ...bearer('owner'), 'content-type': 'application/json' }
  const reply = await app.inject({ method: 'POST', url: '/books', headers, payload })
  expect(reply.statusCode).toBe(400)
  expect(reply.json().errors[0].pointer).toBe(pointer)
})

test.each([
  ['not json', 'application/json', 400, 'request.malformed'],
  ['', 'application/json', 400, 'request.invalid'],
  ['<a/>', 'text/xml', 415, 'request.unsupported_type'],
  [`{"title":"${'x'.repeat(2 ** 20)}"}`, 'application/json', 413, 'request.too_large'],
])('a body %# that cannot be read is refused', async (payload, type, status, code) => {
  const { app } = await serve([handler('createBook', () => ({ status: 201, body: { id: '1', title: '' } }))])
  const headers = { ...bearer('owner'), 'content-type': type }
  const reply = await app.inject({ method: 'POST', url: '/books', headers, payload })
  expect([reply.statusCode, reply.json().code]).toEqual([status, code])
})

test.each([
  [{}, 401, 'token.missing'],
  [{ authorization: 'Basic abc' }, 401, 'token.invalid'],
  [bearer('nobody'), 401, 'token.invalid'],
  [bearer('expired'), 401, 'token.expired'],
  [bearer('guest'), 403, 'access.denied'],
  [bearer('member'), 403, 'access.denied'],
  [bearer('admin'), 201, undefined],
])('%j on an operation for owners and admins gives %d', async (headers, status, code) => {
  const { app } = await serve([handler('createBook', () => ({ status: 201, body: { id: '1', title: '' } }))])
  const reply = await app.inject({ method: 'POST', url: '/books', headers, payload: { title: 'x' } })
  expect([reply.statusCode, reply.json().code]).toEqual([status, code])
  if (status === 401) expect(reply.headers['www-authenticate']).toContain('Bearer realm="stoa"')
})

test('access is decided before the body is read', async () => {
  const { app } = await serve([handler('createBook', () => ({ status: 201, body: { id: '1', title: '' } }))])
  const headers = { 'content-type': 'application/json' }
  const reply = await app.inject({ method: 'POST', url: '/books', headers, payload: 'not json' })
  expect(reply.json().code).toBe('token.missing')
})

test('errors of the platform get their status at the edge; unknown ones say nothing', async () => {
  let error: Error = new StoaError('blob.not_found', 'There is no such blob.')
  const { app } = await serve([
    handler('getOpen', () => {
      throw error
    }),
  ])
  expect((await app.inject('/open')).json()).toMatchObject({ status: 404, code: 'blob.not_found' })
  error = new Error('password is hunter2')
  const reply = await app.inject('/open')
  expect(reply.statusCode).toBe(500)
  expect(reply.body).not.toContain('hunter2')
  expect(reply.json().request_id).toBe(reply.headers['x-request-id'])
  error = Object.assign(new Error('date/time field value out of range'), { code: '22008' })
  expect((await app.inject('/open')).json()).toMatchObject({ status: 400, code: 'request.unstorable' })
})

test('path parameters are validated; 204 has no body; unknown addresses and methods are problems', async () => {
  const { app } = await serve([handler('deleteBook', () => ({ status: 204 }))])
  const headers = bearer('guest')
  expect((await app.inject({ method: 'DELETE', url: `/books/${ID}`, headers })).statusCode).toBe(204)
  expect((await app.inject({ method: 'DELETE', url: '/books/7', headers })).statusCode).toBe(400)
  expect((await app.inject('/nowhere')).json()).toMatchObject({ status: 404, code: 'route.not_found' })
  const wrong = await app.inject({ method: 'POST', url: `/books/${ID}` })
  expect(wrong.json()).toMatchObject({ status: 405, code: 'route.method_not_allowed' })
  expect(wrong.headers.allow).toBe('DELETE')
})

test('a redirect carries its location', async () => {
  const { app } = await serve([
    handler('go', () => ({ status: 302, headers: { location: '/there', 'set-cookie': ['a=1', 'b=2'] } })),
  ])
  const reply = await app.inject('/go')
  expect([reply.statusCode, reply.headers.location, reply.headers['set-cookie']]).toEqual([
    302,
    '/there',
    ['a=1', 'b=2'],
  ])
})

test('bytes go in and out as streams, within their limit', async () => {
  const { app } = await serve([handler('putFile', ({ body }) => ({ status: 200, body }))])
  const put = (payload: Buffer, length?: string) =>
    app.inject({
      method: 'PUT',
      url: '/files',
      payload,
      headers: {
        'content-type': 'application/octet-stream',
        ...(length ? { 'content-length': length } : {}),
      },
    })
  const bytes = Buffer.from([0, 255, 1, 254])
  const reply = await put(bytes)
  expect(reply.rawPayload).toEqual(bytes)
  expect(reply.headers['content-type']).toBe('application/octet-stream')
  expect((await put(Buffer.alloc(1001))).json()).toMatchObject({ status: 413, code: 'request.too_large' })
})

test('limits are counted per address and said in headers', async () => {
  const { app } = await serve([handler('getLimited', () => ({ status: 200, body: { any: 'thing' } }))])
  const get = (remoteAddress: string) => app.inject({ url: '/limited', remoteAddress })
  expect((await get('10.0.0.1')).headers.ratelimit).toBe('"default";r=1;t=30')
  expect((await get('10.0.0.1')).json()).toEqual({ any: 'thing' })
  const refused = await get('10.0.0.1')
  expect(refused.json()).toMatchObject({ status: 429, code: 'rate_limit.exceeded' })
  expect(refused.headers['retry-after']).toBe('30')
  expect((await get('2001:db8:0:1::1')).statusCode).toBe(200)
  expect((await get('2001:db8:0:1::2')).statusCode).toBe(200)
  expect((await get('2001:db8:0:1::3')).statusCode).toBe(429)
  expect((await get('2001:db8:0:2::1')).statusCode).toBe(200)
})

test('forwarded headers count only from a trusted proxy', async () => {
  const say = handler('getOpen', ({ connection: { ip, baseUrl } }) => ({
    status: 200,
    body: { id: ip, title: baseUrl },
  }))
  const headers = {
    'x-forwarded-for': '9.9.9.9',
    'x-forwarded-proto': 'https',
    'x-forwarded-host': 'evil.example',
    host: 'stoa.local',
  }
  const direct = await serve([say])
  expect((await direct.app.inject({ url: '/open', headers })).json()).toEqual({
    id: '127.0.0.1',
    title: 'http://stoa.local',
  })
  const proxied = await serve([say], { trustedProxies: ['127.0.0.0/8'] })
  const reply = await proxied.app.inject({ url: '/open', headers })
  expect(reply.json()).toEqual({ id: '9.9.9.9', title: 'https://evil.example' })
  expect(reply.headers['strict-transport-security']).toBe('max-age=31536000')
  expect((await proxied.app.inject({ url: '/open', headers, remoteAddress: '192.168.1.9' })).json().id).toBe(
    '192.168.1.9',
  )
})

test('every reply carries the security headers; private ones are not stored', async () => {
  const { app } = await serve([
    handler('listBooks', () => ({ status: 200, body: [] })),
    handler('getOpen', () => ({ status: 200, body: { id: '', title: '' } })),
  ])
  const replies = [
    await app.inject('/open'),
    await app.inject('/books'),
    await app.inject('/nowhere'),
    await app.inject({ url: '/books', headers: bearer('guest') }),
  ]
  for (const { headers } of replies) {
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['content-security-policy']).toContain("default-src 'none'")
    expect(headers['x-request-id']).toMatch(/^[\w-]{8,64}$/)
    expect(headers['strict-transport-security']).toBeUndefined()
  }
  expect(replies.map(({ headers }) => headers['cache-control'])).toEqual([
    undefined,
    'no-store',
    'no-store',
    'no-store',
  ])
})

test('HEAD answers like GET, without the body', async () => {
  const { app } = await serve([handler('getOpen', () => ({ status: 200, body: { id: 'a', title: 'b' } }))])
  const head = await app.inject({ method: 'HEAD', url: '/open' })
  expect([head.statusCode, head.body, head.headers['content-type']]).toEqual([
    200,
    '',
    'application/json; charset=utf-8',
  ])
})

test('guessing tokens is counted against the address', async () => {
  const { app } = await serve([handler('listBooks', () => ({ status: 200, body: [] }))], {
    document: { ...contract, paths: { '/api/books': (contract.paths as Record<string, unknown>)['/books'] } },
    rateLimits: new MemoryRateLimits({
      rules: { ...rateLimitRules, 'http.request': { points: 3, perSeconds: 60 } },
      clock: new ManualClock(),
    }),
  })
  const ask = async (token: string) =>
    (await app.inject({ url: '/api/books', headers: bearer(token) })).statusCode
  expect([await ask('a'), await ask('b'), await ask('c'), await ask('d')]).toEqual([401, 401, 401, 429])
  expect(await ask('guest')).toBe(200)
})

test('bytes that break off are cut, not completed', async () => {
  const broken = handler('putFile', () => ({
    status: 200,
    body: (async function* () {
      yield new Uint8Array(10)
      throw new Error('the disk is gone')
    })(),
  }))
  const { app } = await serve([broken])
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  const reply = await fetch(`${url}/files`, {
    method: 'PUT',
    body: 'x',
    headers: { 'content-type': 'application/octet-stream' },
  })
  await expect(reply.arrayBuffer()).rejects.toThrow()
  await app.close()
})
