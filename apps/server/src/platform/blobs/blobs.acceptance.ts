import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { BlobInfo, BlobStore } from './blobs.ts'

/** What the suite needs: a fresh store of its own, and something that can fetch the URLs the store signs. */
export interface BlobStoreFixture {
  readonly store: BlobStore
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>
  /** The server behind the URLs is a fake that does not send the type and name it was told in them. */
  readonly ignoresHeaders?: boolean
}

const options = { contentType: 'application/octet-stream', maxBytes: 1 << 20 }
const bytesOf = async (store: BlobStore, key: string) => buffer(await store.get(key))
const keysOf = async (list: AsyncIterable<BlobInfo>): Promise<string[]> => {
  const keys: string[] = []
  for await (const info of list) keys.push(info.key)
  return keys
}
const code = (value: string) => expect.objectContaining({ code: value })

/** The rules every blob store keeps. Call inside a `describe`; `open` is called once per test. */
export function blobStoreAcceptance(open: () => Promise<BlobStoreFixture>): void {
  storing(open)
  reading(open)
  moving(open)
  listing(open)
  signing(open)
}

function storing(open: () => Promise<BlobStoreFixture>): void {
  test('what was put is got back, byte by byte, in any chunking', async () => {
    const { store } = await open()
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 3000 }), { maxLength: 8 }), async (chunks) => {
        const info = await store.put('any/bytes', Readable.from(chunks), options)
        const whole = Buffer.concat(chunks)
        expect(info).toMatchObject({ key: 'any/bytes', size: whole.length })
        expect((await bytesOf(store, 'any/bytes')).equals(whole)).toBe(true)
      }),
      { numRuns: 15, seed: 1 },
    )
  })

  test('bytes in memory are stored too, and an empty file is a file', async () => {
    const { store } = await open()
    await store.put('a/full', new TextEncoder().encode('書'), options)
    await store.put('a/empty', new Uint8Array(), options)
    expect((await bytesOf(store, 'a/full')).toString()).toBe('書')
    expect(await store.head('a/empty')).toMatchObject({ key: 'a/empty', size: 0 })
    expect(await bytesOf(store, 'a/empty')).toHaveLength(0)
  })

  test('a second put replaces the first, and the version tells', async () => {
    const { store } = await open()
    const first = await store.put('a/b', Buffer.from('one'), options)
    const second = await store.put('a/b', Buffer.from('two!'), options)
    expect(second.version).not.toBe(first.version)
    expect(await store.head('a/b')).toMatchObject({ size: 4, version: second.version })
    expect((await bytesOf(store, 'a/b')).toString()).toBe('two!')
  })

  test('a body over the limit is refused and nothing is stored', async () => {
    const { store } = await open()
    const body = Readable.from([new Uint8Array(60), new Uint8Array(60)])
    const put = store.put('a/large', body, { ...options, maxBytes: 100 })
    await expect(put).rejects.toEqual(code('blob.too_large'))
    expect(await store.head('a/large')).toBeUndefined()
    await expect(
      store.put('a/exact', new Uint8Array(100), { ...options, maxBytes: 100 }),
    ).resolves.toBeTruthy()
  })

  test('a body that breaks off leaves what was there before', async () => {
    const { store } = await open()
    await store.put('a/b', Buffer.from('before'), options)
    async function* broken() {
      yield Buffer.from('after')
      throw new Error('the sender went away')
    }
    await expect(store.put('a/b', Readable.from(broken()), options)).rejects.toEqual(code('blob.interrupted'))
    expect((await bytesOf(store, 'a/b')).toString()).toBe('before')
    expect(await keysOf(store.list(''))).toEqual(['a/b'])
  })

  test('of several puts at once, one wins whole', async () => {
    const { store } = await open()
    const bodies = Array.from({ length: 8 }, (_, i) => Buffer.alloc(50_000 + i, i))
    await Promise.all(bodies.map((body) => store.put('a/race', Readable.from([body]), options)))
    const stored = await bytesOf(store, 'a/race')
    expect(bodies.some((body) => body.equals(stored))).toBe(true)
  })

  test.each([
    '',
    '/a',
    'a/',
    'a//b',
    '../a',
    'a/../b',
    'A/b',
    'a/.b',
    'a\0b',
    'a/c o',
    'con',
    'a/nul.txt',
    `a/${'b'.repeat(129)}`,
  ])('refuses the key %j', async (key) => {
    const { store } = await open()
    await expect(store.put(key, new Uint8Array(1), options)).rejects.toEqual(code('blob.key_invalid'))
    await expect(store.get(key)).rejects.toEqual(code('blob.key_invalid'))
    await expect(store.head(key)).rejects.toEqual(code('blob.key_invalid'))
    await expect(store.delete(key)).rejects.toEqual(code('blob.key_invalid'))
    await expect(store.move('a/b', key)).rejects.toEqual(code('blob.key_invalid'))
  })
}

function reading(open: () => Promise<BlobStoreFixture>): void {
  test('a missing blob is undefined to head and an error to get', async () => {
    const { store } = await open()
    expect(await store.head('no/such')).toBeUndefined()
    await expect(store.get('no/such')).rejects.toEqual(code('blob.not_found'))
    await expect(store.get('no/such', { start: 0, end: 1 })).rejects.toEqual(code('blob.not_found'))
  })

  test('a range gives those bytes, ends included, and stops at the end of the file', async () => {
    const { store } = await open()
    await store.put('a/r', Buffer.from('0123456789'), options)
    const part = async (start: number, end: number) =>
      (await buffer(await store.get('a/r', { start, end }))).toString()
    expect(await part(0, 0)).toBe('0')
    expect(await part(3, 5)).toBe('345')
    expect(await part(8, 99)).toBe('89')
    await expect(store.get('a/r', { start: 10, end: 11 })).rejects.toEqual(code('blob.range_unsatisfiable'))
  })

  test('delete removes, and may be repeated', async () => {
    const { store } = await open()
    await store.put('a/d', Buffer.from('x'), options)
    await store.delete('a/d')
    await store.delete('a/d')
    expect(await store.head('a/d')).toBeUndefined()
  })
}

function moving(open: () => Promise<BlobStoreFixture>): void {
  test('move renames; repeating it changes nothing', async () => {
    const { store } = await open()
    await store.put('up/1', Buffer.from('x'), options)
    await store.move('up/1', 'books/ab/cd')
    await store.move('up/1', 'books/ab/cd')
    expect(await keysOf(store.list(''))).toEqual(['books/ab/cd'])
    expect((await bytesOf(store, 'books/ab/cd')).toString()).toBe('x')
  })

  test('move onto an existing blob keeps that one and drops the other', async () => {
    const { store } = await open()
    await store.put('up/1', Buffer.from('new'), options)
    await store.put('books/1', Buffer.from('old'), options)
    await store.move('up/1', 'books/1')
    expect((await bytesOf(store, 'books/1')).toString()).toBe('old')
    expect(await store.head('up/1')).toBeUndefined()
  })

  test('move onto itself keeps the blob', async () => {
    const { store } = await open()
    await store.put('a/self', Buffer.from('x'), options)
    await store.move('a/self', 'a/self')
    expect((await bytesOf(store, 'a/self')).toString()).toBe('x')
  })

  test('move of nothing is an error', async () => {
    const { store } = await open()
    await expect(store.move('no/such', 'books/1')).rejects.toEqual(code('blob.not_found'))
    await expect(store.move('no/such', 'no/such')).rejects.toEqual(code('blob.not_found'))
  })
}

function listing(open: () => Promise<BlobStoreFixture>): void {
  test('list gives every key with the prefix, in order', async () => {
    const { store } = await open()
    const keys = ['a/b/2', 'a/b/1', 'a/b-c', 'a/b.d', 'a/bc/x', 'b/1']
    for (const key of keys) await store.put(key, Buffer.from(key), options)
    expect(await keysOf(store.list(''))).toEqual(['a/b-c', 'a/b.d', 'a/b/1', 'a/b/2', 'a/bc/x', 'b/1'])
    expect(await keysOf(store.list('a/b/'))).toEqual(['a/b/1', 'a/b/2'])
    expect(await keysOf(store.list('a/b'))).toEqual(['a/b-c', 'a/b.d', 'a/b/1', 'a/b/2', 'a/bc/x'])
    expect(await keysOf(store.list('c/'))).toEqual([])
    for await (const info of store.list('a/b/1')) expect(info).toEqual(await store.head('a/b/1'))
  })
}

function signing(open: () => Promise<BlobStoreFixture>): void {
  test('a signed PUT takes exactly what was announced, and may be repeated', async () => {
    const { store, fetch } = await open()
    const { url, method, headers } = await store.signPut('up/signed', {
      contentType: 'application/pdf',
      size: 5,
      expiresInSeconds: 60,
    })
    for (const body of ['first', 'again']) {
      const reply = await fetch(url, { method, headers, body })
      expect(reply.ok, await reply.text()).toBe(true)
      expect((await bytesOf(store, 'up/signed')).toString()).toBe(body)
    }
  })

  test('a signed GET gives the file as a download of that name, whole or in part', async () => {
    const { store, fetch, ignoresHeaders } = await open()
    await store.put('a/book', Buffer.from('0123456789'), options)
    const { url, method } = await store.signGet('a/book', {
      contentType: 'application/epub+zip',
      downloadName: '红楼梦 "1".epub',
      expiresInSeconds: 60,
    })
    const whole = await fetch(url, { method })
    expect(whole.status).toBe(200)
    expect(await whole.text()).toBe('0123456789')
    if (!ignoresHeaders) {
      expect(whole.headers.get('content-type')).toBe('application/epub+zip')
      expect(whole.headers.get('content-disposition')).toContain(
        "filename*=UTF-8''%E7%BA%A2%E6%A5%BC%E6%A2%A6%20_1_.epub",
      )
    }
    const part = await fetch(url, { method, headers: { range: 'bytes=2-4' } })
    expect([part.status, await part.text()]).toEqual([206, '234'])
    const unchanged = await fetch(url, {
      method,
      headers: { 'if-none-match': whole.headers.get('etag') ?? '' },
    })
    expect(unchanged.status).toBe(304)
  })

  test('the same signed GET asked twice is the same URL, so that a browser can keep it', async () => {
    const { store } = await open()
    const grant = { contentType: 'image/webp', expiresInSeconds: 7 * 24 * 3600 }
    expect((await store.signGet('a/cover', grant)).url).toBe((await store.signGet('a/cover', grant)).url)
  })
}
