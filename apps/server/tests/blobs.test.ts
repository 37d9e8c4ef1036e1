import { request } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { startProgram, type TestProgram } from '@stoa/testkit/program'
import { startS3 } from '@stoa/testkit/s3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

describe('files on our own server', () => {
  let stoa: TestProgram
  beforeAll(async () => {
    stoa = await startProgram({ overrides: { partial: true } })
  })
  afterAll(() => stoa.close())

  const contentType = 'application/epub+zip'
  const book = Buffer.alloc(5_000_000, 'a book larger than the limit of other requests ')
  const call = (url: string, init: RequestInit = {}) => fetch(new URL(url, stoa.url), init)
  const store = () => stoa.program.platform.blobs.store
  const signPut = (size: number) => store().signPut('up/1', { contentType, size, expiresInSeconds: 60 })
  const headers = { 'content-type': contentType }

  test('an upload is taken without a token, exactly as announced', async () => {
    const { url } = await signPut(book.length)
    expect(url).toMatch(/^\/blobs\//)
    expect((await call(url, { method: 'PUT', headers, body: book })).status).toBe(204)
    expect((await buffer(await store().get('up/1'))).equals(book)).toBe(true)
    await store().delete('up/1')
  })

  test('what is not as announced is refused with a reason, and nothing is stored', async () => {
    const { url } = await signPut(4)
    const refusal = async (address: string, body: Uint8Array<ArrayBuffer>) => {
      const reply = await call(address, { method: 'PUT', headers, body })
      expect(reply.headers.get('content-type')).toContain('application/problem+json')
      const { code } = (await reply.json()) as { code: string }
      return [reply.status, code]
    }
    expect(await refusal(url, new Uint8Array(3))).toEqual([422, 'blob.size_mismatch'])
    expect(await refusal(url, new Uint8Array(5))).toEqual([422, 'blob.size_mismatch'])
    expect(await refusal(url.replace('size=4', 'size=5'), new Uint8Array(5))).toEqual([
      403,
      'blob.url_invalid',
    ])
    expect(await refusal(url.replace('up~1', 'up~2'), new Uint8Array(4))).toEqual([403, 'blob.url_invalid'])
    expect(await store().head('up/1')).toBeUndefined()
  })

  test('an upload that breaks off leaves nothing behind', async () => {
    const { url } = await signPut(book.length)
    await new Promise<void>((resolve) => {
      const upload = request(new URL(url, stoa.url), {
        method: 'PUT',
        headers: { ...headers, 'content-length': book.length },
      })
      upload.on('error', () => resolve()).on('close', () => resolve())
      upload.write(book.subarray(0, 1_000_000), () => upload.destroy())
    })
    expect(await store().head('up/1')).toBeUndefined()
  })

  test('a download comes whole or in part, named, and cannot run', async () => {
    await store().put('a/page', Buffer.from('<script>alert(1)</script>'), {
      contentType: 'text/html',
      maxBytes: 100,
    })
    const grant = { contentType: 'text/html', downloadName: '页.html', expiresInSeconds: 60 }
    const { url } = await store().signGet('a/page', grant)
    const whole = await call(url)
    expect([whole.status, await whole.text()]).toEqual([200, '<script>alert(1)</script>'])
    expect(Object.fromEntries(whole.headers)).toMatchObject({
      'content-type': 'text/html',
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
      'content-disposition': `attachment; filename="_.html"; filename*=UTF-8''%E9%A1%B5.html`,
      'cache-control': expect.stringMatching(/^private, max-age=\d+, immutable$/),
    })
    const part = await call(url, { headers: { range: 'bytes=1-6' } })
    expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([
      206,
      'bytes 1-6/25',
      'script',
    ])
    const etag = whole.headers.get('etag') ?? ''
    expect((await call(url, { headers: { 'if-none-match': etag } })).status).toBe(304)
    expect((await call(url, { headers: { range: 'bytes=99-' } })).status).toBe(416)
    expect((await call(url.replace('text%2Fhtml', 'text%2Fplain'))).status).toBe(403)
    await store().delete('a/page')
    expect((await call(url)).status).toBe(404)
  })
})

describe('files in S3', () => {
  test('the program runs on a bucket, whose URLs lead past our server', async () => {
    await using s3 = await startS3()
    const blobs = { kind: 's3', ...s3, publicEndpoint: undefined } as const
    await using stoa = await startProgram({
      config: (config) => ({ ...config, blobs }),
      overrides: { partial: true },
    })
    expect((await fetch(`${stoa.url}/readyz`)).status).toBe(200)
    const { store } = stoa.program.platform.blobs
    const { url, headers } = await store.signPut('up/1', {
      contentType: 'text/plain',
      size: 4,
      expiresInSeconds: 60,
    })
    expect(url.startsWith(`${s3.endpoint}/stoa/up/1?`)).toBe(true)
    expect((await fetch(url, { method: 'PUT', headers, body: 'text' })).ok).toBe(true)
    expect(await store.head('up/1')).toMatchObject({ size: 4 })
    const query = 'expires=9999999999&signature=0123456789abcdef&content_type=text/plain'
    expect((await fetch(`${stoa.url}/blobs/up~1?${query}`)).status).toBe(404)
  })

  test('a bucket that is not there stops the start with its name', async () => {
    await using s3 = await startS3()
    const blobs = { kind: 's3', ...s3, bucket: 'other', publicEndpoint: undefined } as const
    const start = startProgram({ config: (config) => ({ ...config, blobs }), overrides: { partial: true } })
    await expect(start).rejects.toMatchObject({ cause: { message: 'The bucket "other" does not exist.' } })
  })
})
