import { once } from 'node:events'
import { createServer, type RequestListener, type ServerResponse } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo, Server } from 'node:net'
import { gzipSync } from 'node:zlib'
import { createCertificate } from '@stoa/testkit/certificate'
import { afterEach, describe, expect, test } from 'vitest'
import { asFetch } from './as-fetch.ts'
import { createOutbound, type OutboundCall, type OutboundOptions } from './create-outbound.ts'

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

async function listen(server: Server, host: string): Promise<number> {
  server.listen(0, host)
  await once(server, 'listening')
  closing.push(() => new Promise((resolve) => server.close(resolve)))
  return (server.address() as AddressInfo).port
}

/** A web server on a loopback address. @returns its origin and what it was asked */
async function serve(answer: RequestListener, host = '127.0.0.1') {
  const asked: { url: string; method: string; headers: NodeJS.Dict<string | string[]>; body: string }[] = []
  const server = createServer(async (request, response) => {
    const { url = '', method = '', headers } = request
    let body = ''
    for await (const chunk of request) body += chunk
    asked.push({ url, method, headers, body })
    answer(request, response)
  })
  const port = await listen(server, host)
  closing.unshift(async () => server.closeAllConnections())
  return { origin: `http://${host}:${port}`, port, asked }
}

/** By default only 127.0.0.1 of all private addresses may be called. */
function open(options: Partial<OutboundOptions> = {}) {
  const calls: OutboundCall[] = []
  const outbound = createOutbound({
    allowPrivate: ['127.0.0.1/32'],
    allowHttp: true,
    ports: 'any',
    userAgent: 'Stoa/test',
    onCall: (call) => calls.push(call),
    ...options,
  })
  closing.unshift(() => outbound.stop())
  return Object.assign(outbound, { calls })
}

const code = (code: string) => ({ code: `outbound.${code}` })
const purpose = 'test'
const ok = (_: unknown, response: ServerResponse) => void response.end('ok')
const redirectTo =
  (location: string, status = 302) =>
  (_: unknown, response: ServerResponse) =>
    void response.writeHead(status, { location }).end('moved')

describe('answers', () => {
  test('come back whole, with who we are and what we sent', async () => {
    const { origin, asked } = await serve((_, response) => {
      response.writeHead(201, { 'x-answer': 'yes', 'content-type': 'text/plain' }).end('你好')
    })
    const outbound = open()
    const headers = { authorization: 'Bearer x' }
    const response = await outbound.fetch(`${origin}/p?q=1`, {
      purpose,
      method: 'POST',
      headers,
      body: 'sent',
    })
    expect(response.status).toBe(201)
    expect(response.url).toBe(`${origin}/p?q=1`)
    expect(response.headers.get('x-answer')).toBe('yes')
    expect(await response.text()).toBe('你好')
    expect(asked).toMatchObject([{ url: '/p?q=1', method: 'POST', body: 'sent' }])
    expect(asked[0]?.headers).toMatchObject({ 'user-agent': 'Stoa/test', authorization: 'Bearer x' })
    expect(outbound.calls).toEqual([
      { purpose, host: new URL(origin).host, outcome: 201, milliseconds: expect.any(Number) },
    ])
  })

  test('without a body are answers too', async () => {
    const { origin } = await serve((_, response) => void response.writeHead(204).end())
    const response = await open().fetch(origin, { purpose })
    expect([response.status, await response.text()]).toEqual([204, ''])
  })

  test('asFetch serves libraries that bring their own calls', async () => {
    const { origin, asked } = await serve((_, response) => void response.end('{"a":1}'))
    const fetch = asFetch(open(), 'oidc')
    const body = new URLSearchParams({ grant_type: 'code' })
    const response = await fetch(origin, { method: 'POST', body, redirect: 'manual' })
    expect(response).toBeInstanceOf(Response)
    expect(await response.json()).toEqual({ a: 1 })
    expect(asked[0]?.body).toBe('grant_type=code')
  })
})

describe('our own networks', () => {
  test.each([
    'http://127.0.0.2:9/',
    'http://10.0.0.1/',
    'http://[::1]:9/',
    'http://2130706434:9/',
    'http://169.254.169.254/',
  ])('%s is not called', async (url) => {
    const outbound = open()
    await expect(outbound.fetch(url, { purpose })).rejects.toMatchObject(code('address_refused'))
    expect(outbound.calls).toMatchObject([{ outcome: 'outbound.address_refused' }])
  })

  test('a name that resolves to one is not called, and nobody is connected to', async () => {
    const { port, asked } = await serve(ok, '127.0.0.2')
    for (const address of ['127.0.0.2', '::ffff:127.0.0.2', '64:ff9b::7f00:2', '10.1.2.3']) {
      const resolve = async () => [{ address, family: address.includes(':') ? 6 : 4 }]
      const call = open({ resolve }).fetch(`http://innocent.example:${port}/`, { purpose })
      await expect(call).rejects.toMatchObject(code('address_refused'))
    }
    expect(asked).toEqual([])
  })

  test('of several addresses only those that may be called are tried', async () => {
    const { port, asked } = await serve(ok, '127.0.0.1')
    const resolve = async () => [
      { address: '127.0.0.2', family: 4 },
      { address: '127.0.0.1', family: 4 },
    ]
    const response = await open({ resolve }).fetch(`http://both.example:${port}/`, { purpose })
    expect(await response.text()).toBe('ok')
    expect(asked).toHaveLength(1)
  })

  test('a name that changes its mind is asked at every connection', async () => {
    const { port, asked } = await serve(
      (_, response) => void response.writeHead(200, { connection: 'close' }).end(),
    )
    const answers = ['127.0.0.1', '127.0.0.2']
    const resolve = async () => [{ address: answers.shift() ?? '', family: 4 }]
    const outbound = open({ resolve })
    const url = `http://rebinding.example:${port}/`
    await (await outbound.fetch(url, { purpose })).text()
    await expect(outbound.fetch(url, { purpose })).rejects.toMatchObject(code('address_refused'))
    expect(asked).toHaveLength(1)
  })

  test('nothing but https on known ports without leave', async () => {
    const outbound = createOutbound({ allowPrivate: [], userAgent: 'Stoa/test' })
    for (const url of ['http://example.org/', 'https://example.org:22/', 'file:///etc/passwd', 'nonsense']) {
      await expect(outbound.fetch(url, { purpose })).rejects.toMatchObject(code('url_refused'))
    }
  })
})

describe('redirects', () => {
  test('are followed three times, not four', async () => {
    const { origin, asked } = await serve((request, response) => {
      const left = Number(request.url?.slice(1))
      if (left === 0) ok(request, response)
      else redirectTo(`/${left - 1}`)(request, response)
    })
    const outbound = open()
    expect(await (await outbound.fetch(`${origin}/3`, { purpose })).text()).toBe('ok')
    expect(asked).toHaveLength(4)
    await expect(outbound.fetch(`${origin}/4`, { purpose })).rejects.toMatchObject(code('redirect_refused'))
  })

  test.each(['http://169.254.169.254/latest/', 'http://127.0.0.2:9/', 'http://[::ffff:7f00:2]/'])(
    'to %s is refused',
    async (location) => {
      const { origin } = await serve(redirectTo(location))
      await expect(open().fetch(origin, { purpose })).rejects.toMatchObject(code('address_refused'))
    },
  )

  test('to another server leave the secrets behind', async () => {
    const other = await serve(ok)
    const { origin } = await serve(redirectTo(other.origin, 307))
    const headers = { authorization: 'Bearer secret', cookie: 'a=b', accept: 'text/plain' }
    await (await open().fetch(origin, { purpose, headers })).text()
    expect(other.asked[0]?.headers).toMatchObject({ accept: 'text/plain', 'user-agent': 'Stoa/test' })
    expect(other.asked[0]?.headers).not.toHaveProperty('authorization')
    expect(other.asked[0]?.headers).not.toHaveProperty('cookie')
  })

  test('are the answer, or an error, when the caller wants it so', async () => {
    const { origin } = await serve(redirectTo('/x'))
    const outbound = open()
    expect((await outbound.fetch(origin, { purpose, redirect: 'manual' })).status).toBe(302)
    await expect(outbound.fetch(origin, { purpose, redirect: 'error' })).rejects.toMatchObject(
      code('redirect_refused'),
    )
  })
})

describe('bounds', () => {
  const maxBytes = 1_000_000

  test('an answer announced as too long is refused at once', async () => {
    const { origin } = await serve((_, response) => void response.end(Buffer.alloc(maxBytes + 1)))
    await expect(open().fetch(origin, { purpose, maxBytes })).rejects.toMatchObject(code('too_large'))
  })

  test('an endless answer is cut off', async () => {
    const { origin } = await serve((_, response) => {
      const more = () => void (response.destroyed || response.write(Buffer.alloc(65_536), more))
      more()
    })
    const response = await open().fetch(origin, { purpose, maxBytes })
    await expect(response.bytes()).rejects.toMatchObject(code('too_large'))
  })

  test('a small answer that grows when unpacked is cut off', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000))
    expect(bomb.length).toBeLessThan(maxBytes)
    const { origin } = await serve((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb)
    })
    const response = await open().fetch(origin, { purpose, maxBytes })
    expect(response.headers.has('content-encoding')).toBe(false)
    await expect(response.bytes()).rejects.toMatchObject(code('too_large'))
  })

  test('a server that says nothing, or drips, ends with the time limit', async () => {
    const { origin } = await serve((request, response) => {
      if (request.url === '/silent') return
      response.writeHead(200)
      const drip = setInterval(() => response.write('.'), 20)
      response.on('close', () => clearInterval(drip))
    })
    const outbound = open()
    const limits = { purpose, timeoutMs: 300 }
    await expect(outbound.fetch(`${origin}/silent`, limits)).rejects.toMatchObject(code('timeout'))
    // Time enough for it to begin.
    const response = await outbound.fetch(`${origin}/drip`, { purpose, timeoutMs: 2_000 })
    await expect(response.text()).rejects.toMatchObject(code('timeout'))
  })

  test('the caller may give up earlier', async () => {
    const { origin } = await serve(() => {})
    const call = open().fetch(origin, { purpose, signal: AbortSignal.timeout(50) })
    await expect(call).rejects.toMatchObject(code('aborted'))
  })

  test('nobody there, a name unknown, a connection cut: unreachable', async () => {
    const { origin } = await serve((_, response) => void response.destroy())
    const outbound = open({
      resolve: async () => {
        throw new Error('ENOTFOUND')
      },
    })
    await expect(outbound.fetch(origin, { purpose })).rejects.toMatchObject(code('unreachable'))
    await expect(outbound.fetch('http://127.0.0.1:1/', { purpose })).rejects.toMatchObject(
      code('unreachable'),
    )
    await expect(outbound.fetch('http://nobody.example/', { purpose })).rejects.toMatchObject(
      code('unreachable'),
    )
  })
})

test('https: a certificate that is trusted for the name is taken, another is not', async () => {
  const certificate = createCertificate(['peer.example'])
  const server = createSecureServer(certificate, ok)
  const port = await listen(server, '127.0.0.1')
  closing.unshift(async () => server.closeAllConnections())
  const resolve = async () => [{ address: '127.0.0.1', family: 4 }]
  const trusting = open({ resolve, ca: certificate.cert, allowHttp: false })
  expect(await (await trusting.fetch(`https://peer.example:${port}/`, { purpose })).text()).toBe('ok')
  await expect(trusting.fetch(`https://other.example:${port}/`, { purpose })).rejects.toMatchObject(
    code('unreachable'),
  )
  const stranger = open({ resolve, allowHttp: false }).fetch(`https://peer.example:${port}/`, { purpose })
  await expect(stranger).rejects.toMatchObject(code('unreachable'))
})
