import { createHash } from 'node:crypto'
import { CHUNK_BYTES, cidOf, decodeCanonical, encodeCanonical } from '@stoa/records'
import { expect, test } from 'vitest'
import {
  decodeFetchRequest,
  decodeFetchResponse,
  decodeSyncRequest,
  encodeFetchRequest,
  encodeFetchResponse,
} from './wire.ts'

const digest = createHash('sha256').update('a page').digest('hex')
const content_cid = cidOf(digest)
const joined = (parts: readonly Uint8Array[]) => new Uint8Array(Buffer.concat(parts))

test('FETCH-1: a request names one blob by its CID, and has a number', () => {
  const bytes = encodeFetchRequest({ digest, requestId: 7 })
  expect(decodeCanonical(bytes, 1024)).toEqual({ content_cid, request_id: 7 })
  expect(decodeFetchRequest(bytes)).toEqual({ digest, requestId: 7 })
})

test.each([
  ['a field too many', { content_cid, request_id: 7, size: 1 }],
  ['a field too few', { content_cid }],
  [
    'a CID of something else',
    { content_cid: 'QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG', request_id: 7 },
  ],
  ['a number below nothing', { content_cid, request_id: -1 }],
])('FETCH-1: %s is no request', (_, fields) => {
  expect(() => decodeFetchRequest(encodeCanonical(fields))).toThrow()
})

/** Four bytes of length, the map, the body. */
function response(fields: object, body = new Uint8Array(0), length?: number): Uint8Array {
  const head = encodeCanonical({ content_cid, request_id: 7, ...fields })
  const size = new Uint8Array(4)
  new DataView(size.buffer).setUint32(0, length ?? head.length)
  return joined([size, head, body])
}

test('FETCH-2: the length of the map, the map, the body', () => {
  const body = new TextEncoder().encode('a page')
  const found = response({ found: true, size_bytes: 6 }, body)
  expect(joined(encodeFetchResponse({ digest, requestId: 7, body }))).toEqual(found)
  expect(decodeFetchResponse(found)).toEqual({ digest, requestId: 7, body })
  const empty = response({ found: true, size_bytes: 0 })
  expect(decodeFetchResponse(empty).body).toHaveLength(0)
})

test('FETCH-2: what is not here has no body', () => {
  const nowhere = response({ found: false, size_bytes: 0 })
  expect(joined(encodeFetchResponse({ digest, requestId: 7, body: undefined }))).toEqual(nowhere)
  expect(decodeFetchResponse(nowhere)).toEqual({ digest, requestId: 7, body: undefined })
})

test.each<[string, Uint8Array]>([
  ['a body shorter than it says', response({ found: true, size_bytes: 6 }, new Uint8Array(5))],
  ['a body longer than it says', response({ found: true, size_bytes: 6 }, new Uint8Array(7))],
  ['a body of what is not here', response({ found: false, size_bytes: 6 }, new Uint8Array(6))],
  [
    'more than 1 MiB',
    response({ found: true, size_bytes: CHUNK_BYTES + 1 }, new Uint8Array(CHUNK_BYTES + 1)),
  ],
  ['a map shorter than it says', response({ found: false, size_bytes: 0 }, undefined, 1000)],
  ['nothing', new Uint8Array(0)],
])('FETCH-2: %s is no answer', (_, bytes) => {
  expect(() => decodeFetchResponse(bytes)).toThrow()
})

test('SYNC-3: 256 ids at most are asked for at once, each of 32 bytes', () => {
  const asking = (count: number, length = 32) =>
    encodeCanonical({ op: 'records', ids: Array.from({ length: count }, () => new Uint8Array(length)) })
  expect(decodeSyncRequest(asking(256))).toMatchObject({ op: 'records', ids: { length: 256 } })
  expect(() => decodeSyncRequest(asking(257))).toThrow()
  expect(() => decodeSyncRequest(asking(1, 31))).toThrow()
})
