import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { ListMultipartUploadsCommand } from '@aws-sdk/client-s3'
import { type Clock, ManualClock, silentLogger, systemClock } from '@stoa/kernel'
import { startS3, startSignedS3 } from '@stoa/testkit/s3'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { blobStoreAcceptance } from '../blobs.acceptance.ts'
import { createBlobs } from '../create-blobs.ts'
import { connect, type S3Options } from './client.ts'

const create = (server: S3Options, clock: Clock = systemClock) =>
  createBlobs({ kind: 's3', ...server }, { clock, log: silentLogger })

describe('blobs in S3, behaviour', () => {
  let server: Awaited<ReturnType<typeof startS3>>
  beforeAll(async () => {
    server = await startS3()
  })
  afterEach(() => server.reset())
  afterAll(() => server[Symbol.asyncDispose]())

  blobStoreAcceptance(async () => ({ store: (await create(server)).store, fetch, ignoresHeaders: true }))

  const large = Buffer.alloc(20_000_000, 'stoa')
  const options = { contentType: 'application/pdf', maxBytes: 1e9 }

  test('a large body goes in parts and comes back the same', async () => {
    const { store } = await create(server)
    const pieces = Array.from({ length: 20 }, (_, i) => large.subarray(i * 1_000_000, (i + 1) * 1_000_000))
    expect(await store.put('a/large', Readable.from(pieces), options)).toMatchObject({ size: large.length })
    expect((await buffer(await store.get('a/large'))).equals(large)).toBe(true)
  })

  test('a large body that breaks off leaves no object and no parts', async () => {
    const { store } = await create(server)
    async function* broken() {
      yield large
      throw new Error('the sender went away')
    }
    const interrupted = store.put('a/large', Readable.from(broken()), options)
    await expect(interrupted).rejects.toMatchObject({ code: 'blob.interrupted' })
    const tooLarge = store.put('a/large', Readable.from([large, large]), { ...options, maxBytes: 30_000_000 })
    await expect(tooLarge).rejects.toMatchObject({ code: 'blob.too_large' })
    expect(await store.head('a/large')).toBeUndefined()
    const client = connect(server, server.endpoint)
    const { Uploads } = await client.send(new ListMultipartUploadsCommand({ Bucket: server.bucket }))
    expect(Uploads ?? []).toEqual([])
  })

  test('lists of more than one page are whole', async () => {
    const { store } = await create(server)
    const keys = Array.from({ length: 1_050 }, (_, i) => `a/${String(i).padStart(4, '0')}`)
    for (let i = 0; i < keys.length; i += 50) {
      await Promise.all(keys.slice(i, i + 50).map((key) => store.put(key, new Uint8Array(1), options)))
    }
    const listed: string[] = []
    for await (const { key } of store.list('a/')) listed.push(key)
    expect(listed).toEqual(keys)
  })

  test('a bucket that is not there, a server that is not there: the start says so', async () => {
    const start = async (other: Partial<S3Options>) => {
      const { service } = await create({ ...server, ...other })
      await service.start(AbortSignal.timeout(20_000))
    }
    await start({})
    await expect(start({ bucket: 'other' })).rejects.toMatchObject({
      code: 'storage.unavailable',
      message: 'The bucket "other" does not exist.',
    })
    await expect(start({ endpoint: 'http://127.0.0.1:1' })).rejects.toMatchObject({
      code: 'storage.unavailable',
    })
  })

  test('URLs are signed for the address that browsers know', async () => {
    const { store } = await create({ ...server, publicEndpoint: 'https://files.example' })
    const { url } = await store.signGet('a/b', { contentType: 'image/webp', expiresInSeconds: 60 })
    expect(url).toMatch(/^https:\/\/files\.example\/stoa\/a\/b\?/)
  })
})

describe('blobs in S3, signatures', () => {
  let server: Awaited<ReturnType<typeof startSignedS3>>
  beforeAll(async () => {
    server = await startSignedS3()
  })
  afterAll(() => server[Symbol.asyncDispose]())

  const contentType = 'application/pdf'

  test('a signed PUT takes exactly the announced type and length', async () => {
    const { store } = await create(server)
    const { url, method, headers } = await store.signPut('up/1', {
      contentType,
      size: 5,
      expiresInSeconds: 60,
    })
    const status = async (body: string, type = contentType) =>
      (await fetch(url, { method, headers: { ...headers, 'content-type': type }, body })).status
    expect(await status('123456')).toBe(403)
    expect(await status('1234')).toBe(403)
    expect(await status('12345', 'text/html')).toBe(403)
    expect(await status('12345')).toBe(200)
    expect((await buffer(await store.get('up/1'))).toString()).toBe('12345')
  })

  test('a signed GET says what the file is and is called', async () => {
    const { store } = await create(server)
    await store.put('a/0', Buffer.from('12345'), { contentType, maxBytes: 10 })
    const grant = { contentType: 'text/html', expiresInSeconds: 60 }
    // Plain names only: this server checks signatures of quotes and stars otherwise than RFC 3986 and AWS have it.
    const named = await fetch((await store.signGet('a/0', { ...grant, downloadName: 'a b.html' })).url)
    expect(named.headers.get('content-type')).toBe('text/html')
    expect(named.headers.get('content-disposition')).toBe('attachment; filename="a b.html"')
    expect(named.headers.get('cache-control')).toBe('private, max-age=60, immutable')
    const unnamed = await fetch((await store.signGet('a/0', grant)).url)
    expect(unnamed.headers.get('content-disposition')).toBe('attachment')
  })

  test('altered and expired URLs are refused', async () => {
    const { store } = await create(server)
    for (const key of ['a/1', 'a/2'])
      await store.put(key, Buffer.from('12345'), { contentType, maxBytes: 10 })
    const { url } = await store.signGet('a/1', { contentType, expiresInSeconds: 300 })
    const status = async (address: string) => (await fetch(address)).status
    expect(await status(url)).toBe(200)
    expect(await status(url.replace('/a/1', '/a/2'))).toBe(403)
    expect(await status(url.replace('application%2Fpdf', 'text%2Fhtml'))).toBe(403)
    expect(await status(url.replace(/X-Amz-Expires=\d+/, 'X-Amz-Expires=9999'))).toBe(403)
    const hourAgo = new ManualClock(Date.now() - 3_600_000)
    const past = await create(server, hourAgo)
    const expired = await past.store.signGet('a/1', { contentType, expiresInSeconds: 60 })
    expect(await status(expired.url)).toBe(403)
  })

  test('wrong keys are refused, ours too', async () => {
    const { store } = await create({ ...server, secretAccessKey: 'wrong' })
    await expect(store.head('a/1')).rejects.toMatchObject({ code: 'storage.unavailable' })
    const put = store.put('a/3', Buffer.from('x'), { contentType, maxBytes: 10 })
    await expect(put).rejects.toMatchObject({ code: 'storage.unavailable' })
  })
})
