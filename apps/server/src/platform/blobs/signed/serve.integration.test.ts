import { once } from 'node:events'
import { connect } from 'node:net'
import { ManualClock } from '@stoa/kernel'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { MemoryBlobs } from '../memory/memory-blobs.ts'
import { UrlSigner } from './grant.ts'
import { SignedBlobs } from './serve.ts'
import { serveSigned } from './testing.ts'

const contentType = 'application/epub+zip'
const clock = new ManualClock(1_800_000_000_000)
const signer = new UrlSigner({ keys: [new Uint8Array(32).fill(7)], basePath: '/blobs', clock })
let store: MemoryBlobs
let server: Awaited<ReturnType<typeof serveSigned>>

beforeEach(async () => {
  store = new MemoryBlobs({ signer, clock })
  server = await serveSigned(new SignedBlobs(store, signer, clock))
})
afterEach(() => server.close())

const call = (url: string, init: RequestInit = {}) => fetch(new URL(url, server.origin), init)

describe('a signed PUT', () => {
  const sign = () => store.signPut('up/1', { contentType, size: 5, expiresInSeconds: 60 })
  const headers = { 'content-type': contentType }

  test.each([
    ['longer', '123456', 422, 'blob.size_mismatch'],
    ['shorter', '1234', 422, 'blob.size_mismatch'],
    ['empty', '', 422, 'blob.size_mismatch'],
  ])('refuses a %s body', async (_, body, status, code) => {
    const { url } = await sign()
    const reply = await call(url, { method: 'PUT', headers, body })
    expect([reply.status, await reply.text()]).toEqual([status, code])
    expect(await store.head('up/1')).toBeUndefined()
  })

  test('refuses one of unknown length that turns out longer, and answers all the same', async () => {
    const { url } = await sign()
    const body = new ReadableStream({
      pull: (controller) => {
        controller.enqueue(new Uint8Array(4))
        controller.enqueue(new Uint8Array(4))
        controller.close()
      },
    })
    const reply = await call(url, { method: 'PUT', headers, body, duplex: 'half' } as RequestInit)
    expect([reply.status, await reply.text()]).toEqual([422, 'blob.size_mismatch'])
  })

  test('refuses another type', async () => {
    const { url } = await sign()
    const reply = await call(url, { method: 'PUT', headers: { 'content-type': 'text/html' }, body: '12345' })
    expect([reply.status, await reply.text()]).toEqual([415, 'blob.type_mismatch'])
  })

  test('stores nothing when the sender goes away', async () => {
    const { url } = await sign()
    const { port } = new URL(server.origin)
    const socket = connect(Number(port), '127.0.0.1')
    await once(socket, 'connect')
    socket.write(
      `PUT ${url} HTTP/1.1\r\nHost: x\r\nContent-Type: ${contentType}\r\nContent-Length: 5\r\n\r\n123`,
    )
    socket.end()
    await once(socket.resume(), 'close')
    expect(await store.head('up/1')).toBeUndefined()
  })

  test('is refused when it is altered or over', async () => {
    const { url } = await sign()
    const status = async (address: string) =>
      (await call(address, { method: 'PUT', headers, body: '12345' })).status
    expect(await status(url.replace('size=5', 'size=6'))).toBe(403)
    expect(await status(url.replace('up~1', 'up~2'))).toBe(403)
    clock.advance(60_000)
    expect(await status(url)).toBe(403)
  })
})

describe('a signed GET', () => {
  const sign = async (options: { downloadName?: string } = {}) => {
    await store.put('a/b', Buffer.from('0123456789'), { maxBytes: 100 })
    return (await store.signGet('a/b', { contentType, expiresInSeconds: 60, ...options })).url
  }

  test('is kept by one browser for as long as it lives, and cannot run', async () => {
    const url = await sign()
    clock.advance(10_000)
    const { status, headers } = await call(url)
    expect(status).toBe(200)
    expect(Object.fromEntries(headers)).toMatchObject({
      'cache-control': 'private, max-age=50, immutable',
      'content-security-policy': "sandbox; default-src 'none'",
      'content-length': '10',
      'content-disposition': 'attachment',
      'x-content-type-options': 'nosniff',
      'accept-ranges': 'bytes',
    })
  })

  test('gives parts, and the whole when the file has changed since', async () => {
    const url = await sign()
    const etag = (await call(url)).headers.get('etag') ?? ''
    const part = async (headers: Record<string, string>) => {
      const reply = await call(url, { headers })
      return [reply.status, reply.headers.get('content-range'), await reply.text()]
    }
    expect(await part({ range: 'bytes=2-4' })).toEqual([206, 'bytes 2-4/10', '234'])
    expect(await part({ range: 'bytes=-2', 'if-range': etag })).toEqual([206, 'bytes 8-9/10', '89'])
    expect(await part({ range: 'bytes=2-4', 'if-range': '"other"' })).toEqual([200, null, '0123456789'])
    expect(await part({ range: 'bytes=10-' })).toEqual([416, 'bytes */10', ''])
    expect(await part({ range: 'bytes=0-1,5-6' })).toEqual([200, null, '0123456789'])
  })

  test('of nothing is not found', async () => {
    const url = await sign()
    await store.delete('a/b')
    expect((await call(url)).status).toBe(404)
  })
})
