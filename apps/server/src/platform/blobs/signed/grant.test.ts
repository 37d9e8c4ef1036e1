import { ManualClock } from '@stoa/kernel'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Grant, type SignedQuery, UrlSigner } from './grant.ts'

const code = (code: string) => expect.objectContaining({ code })
const keyOf = (byte: number) => new Uint8Array(32).fill(byte)
const now = 1_800_000_000_000

function open(keys = [keyOf(1)]) {
  const clock = new ManualClock(now)
  return { clock, signer: new UrlSigner({ keys, basePath: '/blobs', clock }) }
}

function read(url: string): { path: string; query: SignedQuery } {
  const { pathname, searchParams } = new URL(url, 'http://localhost')
  const { expires, size, ...rest } = Object.fromEntries(searchParams)
  const query = { ...rest, expires: Number(expires), ...(size === undefined ? {} : { size: Number(size) }) }
  return { path: decodeURIComponent(pathname.slice('/blobs/'.length)), query: query as SignedQuery }
}

const get: Grant = { method: 'GET', key: 'a/b', contentType: 'image/webp', downloadName: '书.webp' }
const put: Grant = { method: 'PUT', key: 'up/1', contentType: 'application/pdf', size: 5 }

describe('signed URLs', () => {
  test('say what they allow', () => {
    const { signer } = open()
    const { path, query } = read(signer.sign(get, 60).url)
    expect(signer.verify('GET', path, query)).toEqual({ ...get, expiresAt: new Date(now + 60_000) })
    const written = signer.sign(put, 60)
    expect(written).toMatchObject({ method: 'PUT', headers: { 'content-type': 'application/pdf' } })
    expect(signer.verify('PUT', read(written.url).path, read(written.url).query)).toMatchObject(put)
  })

  test('are refused when anything in them is changed, left out or added', () => {
    const { signer } = open()
    const changes: ((query: SignedQuery) => object)[] = [
      (query) => ({ ...query, expires: query.expires + 1 }),
      (query) => ({ ...query, content_type: 'text/html' }),
      (query) => ({ ...query, download: 'other.webp' }),
      (query) => ({ ...query, download: undefined }),
      (query) => ({ ...query, signature: query.signature.slice(0, -1) }),
      (query) => ({ ...query, signature: '' }),
    ]
    const { path, query } = read(signer.sign(get, 60).url)
    for (const change of changes) {
      expect(() => signer.verify('GET', path, change(query) as SignedQuery)).toThrow(code('blob.url_invalid'))
    }
    for (const other of ['a~c', 'a', '..~..~etc~passwd', 'a/b/../b']) {
      expect(() => signer.verify('GET', other, query)).toThrow(code('blob.url_invalid'))
    }
    const upload = read(signer.sign(put, 60).url)
    for (const size of [4, 6, undefined]) {
      const changed = { ...upload.query, size } as SignedQuery
      expect(() => signer.verify('PUT', upload.path, changed)).toThrow(code('blob.url_invalid'))
    }
  })

  test('of one method are not good for the other', () => {
    const { signer } = open()
    const reading = read(signer.sign({ method: 'GET', key: 'a/b', contentType: 'x/y' }, 60).url)
    const writing = read(signer.sign({ method: 'PUT', key: 'a/b', contentType: 'x/y', size: 1 }, 60).url)
    expect(() => signer.verify('PUT', reading.path, { ...reading.query, size: 1 })).toThrow(
      code('blob.url_invalid'),
    )
    expect(() => signer.verify('GET', writing.path, writing.query)).toThrow(code('blob.url_invalid'))
  })

  test('end in time, and the signature is checked before the time', () => {
    const { signer, clock } = open()
    const { path, query } = read(signer.sign(put, 60).url)
    clock.advance(59_999)
    expect(() => signer.verify('PUT', path, query)).not.toThrow()
    clock.advance(1)
    expect(() => signer.verify('PUT', path, query)).toThrow(code('blob.url_expired'))
    expect(() => signer.verify('PUT', path, { ...query, size: 6 })).toThrow(code('blob.url_invalid'))
  })

  test('survive a change of key while both are known', () => {
    const { path, query } = read(open([keyOf(1)]).signer.sign(put, 60).url)
    expect(() => open([keyOf(2), keyOf(1)]).signer.verify('PUT', path, query)).not.toThrow()
    expect(() => open([keyOf(2)]).signer.verify('PUT', path, query)).toThrow(code('blob.url_invalid'))
  })

  test('need a key of 32 bytes and live for a week at most', () => {
    expect(() => open([new Uint8Array(16)])).toThrow(RangeError)
    expect(() => open([])).toThrow(RangeError)
    expect(() => open().signer.sign(put, 8 * 24 * 3600)).toThrow(RangeError)
  })

  test('for reading stay the same for a while, and never live longer than asked or less than three quarters', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 7 * 24 * 3600 }), fc.nat(10 ** 9), (life, offset) => {
        const { signer, clock } = open()
        clock.advance(offset)
        const left = (signer.sign(get, life).expiresAt.getTime() - clock.now()) / 1000
        expect(left).toBeLessThanOrEqual(life)
        expect(left).toBeGreaterThanOrEqual(life * 0.75 - 1)
      }),
      { seed: 1 },
    )
    const { signer, clock } = open()
    clock.set(Math.ceil(now / 900_000) * 900_000)
    const first = signer.sign(get, 3600).url
    clock.advance(899_000)
    expect(signer.sign(get, 3600).url).toBe(first)
    clock.advance(1_000)
    expect(signer.sign(get, 3600).url).not.toBe(first)
  })
})
