/** What nodes say to each other about boards and their content: `contracts/wire/aegis/SPEC.md`, rules FETCH and SYNC. */
import { type Bound, MAX_TIMESTAMP } from '@stoa/reconcile'
import {
  CHUNK_BYTES,
  cidOf,
  decodeCanonical,
  digestOfCid,
  encodeCanonical,
  Fields,
  type Plain,
} from '@stoa/records'
import { toBytes, toHex } from '../hex.ts'

export const FETCH_PROTOCOL = '/aegis/content-fetch/1.0.0'
export const SYNC_PROTOCOL = '/aegis/anti-entropy/1.0.0'

/** Records in one request or answer. */
export const MAX_IDS = 256
/** Records in one part of a range. */
export const MAX_PART = 1024
/** Records that a part brings at least when it leaves some. */
export const LEAST_PART = 16
/** Bytes of records in one answer. */
export const MAX_RECORD_BYTES = 524_288
/** Largest message of the reconciliation that is sent, and read. */
export const FRAME_BYTES = 65_536
export const MAX_FRAME_BYTES = 262_144
const MAX_REACHES = 1000
const HEAD = 4
const MAX_HEAD_BYTES = 1024

/** `CONTENT_FETCH_REQUEST`. */
export interface FetchRequest {
  readonly digest: string
  readonly requestId: number
}

/** `CONTENT_FETCH_RESPONSE`; without a body: it is not here. */
export interface FetchResponse extends FetchRequest {
  readonly body: Uint8Array | undefined
}

export function encodeFetchRequest({ digest, requestId }: FetchRequest): Uint8Array {
  return encodeCanonical({ content_cid: cidOf(digest), request_id: requestId })
}

/** @throws RecordError */
export function decodeFetchRequest(bytes: Uint8Array): FetchRequest {
  const fields = new Fields(decodeCanonical(bytes, MAX_HEAD_BYTES), 'request')
  const request = {
    digest: digestOfCid(fields.text('content_cid', 128)),
    requestId: fields.number('request_id', Number.MAX_SAFE_INTEGER),
  }
  fields.end()
  return request
}

/** The body follows the head as it is, so that a megabyte is neither copied nor put into another form. */
export function encodeFetchResponse({ digest, requestId, body }: FetchResponse): readonly Uint8Array[] {
  const head = encodeCanonical({
    content_cid: cidOf(digest),
    request_id: requestId,
    found: body !== undefined,
    size_bytes: body?.length ?? 0,
  })
  const bytes = new Uint8Array(HEAD + head.length)
  new DataView(bytes.buffer).setUint32(0, head.length)
  bytes.set(head, HEAD)
  return body ? [bytes, body] : [bytes]
}

/** @throws RecordError, RangeError */
export function decodeFetchResponse(bytes: Uint8Array): FetchResponse {
  const length = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0)
  if (length > Math.min(bytes.length - HEAD, MAX_HEAD_BYTES))
    throw new RangeError('The head is not as long as it says.')
  const head = bytes.subarray(HEAD, HEAD + length)
  const fields = new Fields(decodeCanonical(head, MAX_HEAD_BYTES), 'response')
  const digest = digestOfCid(fields.text('content_cid', 128))
  const requestId = fields.number('request_id', Number.MAX_SAFE_INTEGER)
  const found = fields.flag('found')
  const size = fields.number('size_bytes', CHUNK_BYTES)
  fields.end()
  const body = bytes.subarray(HEAD + length)
  if (body.length !== size || (!found && size > 0))
    throw new RangeError('The body is not as long as it says.')
  return { digest, requestId, body: found ? body : undefined }
}

export interface ReachWord {
  readonly id: string
  readonly reach: 'cluster' | 'public'
  /** Milliseconds since 1970. */
  readonly at: number
}

export type SyncRequest =
  | { readonly op: 'hello' }
  | { readonly op: 'reconcile'; readonly session: number; readonly message: Uint8Array }
  | { readonly op: 'records'; readonly ids: readonly string[] }
  /** The newest of what the peer holds from a place up to another, without that. */
  | { readonly op: 'range'; readonly from: Bound; readonly to: Bound }
  /** Records that were just written. */
  | { readonly op: 'push'; readonly records: readonly Uint8Array[] }
  /** Reaches that were just set. */
  | { readonly op: 'reaches'; readonly reaches: readonly ReachWord[] }

/** Records of a range, the newest first. */
export interface Part {
  readonly records: readonly Uint8Array[]
  /** How many more there are, before `next`; that is where to go on. `null`: these were the last. */
  readonly left: number
  readonly next: Bound | null
}

/** What a node holds. */
export interface Hello {
  readonly records: number
  /** Over all of them (FP-1 of reconcile), 16 bytes in hexadecimal. */
  readonly fingerprint: string
  /** The author id with which the node says who its members are; none for who is no member. */
  readonly nodeAuthor: string | null
  readonly reaches: readonly ReachWord[]
}

export function encodeSyncRequest(request: SyncRequest): Uint8Array {
  switch (request.op) {
    case 'hello':
    case 'reconcile':
      return encodeCanonical({ ...request })
    case 'records':
      return encodeCanonical({ op: 'records', ids: request.ids.map(toBytes) })
    case 'range':
      return encodeCanonical({ op: 'range', from: placePlain(request.from), to: placePlain(request.to) })
    case 'push':
      return encodeCanonical({ op: 'push', records: request.records })
    case 'reaches':
      return encodeCanonical({ op: 'reaches', reaches: reachesPlain(request.reaches) })
  }
}

const bytesOf = (value: Plain): Uint8Array => {
  if (!(value instanceof Uint8Array)) throw new TypeError('These are no bytes.')
  return value
}

/** @throws RecordError, TypeError for whatever is none */
export function decodeSyncRequest(bytes: Uint8Array): SyncRequest {
  const fields = new Fields(decodeCanonical(bytes, MAX_RECORD_BYTES + 65_536), 'request')
  const op = fields.oneOf('op', ['hello', 'reconcile', 'records', 'range', 'push', 'reaches'])
  const request = readRequest(op, fields)
  fields.end()
  return request
}

function readRequest(op: SyncRequest['op'], fields: Fields): SyncRequest {
  switch (op) {
    case 'hello':
      return { op }
    case 'reconcile':
      return {
        op,
        session: fields.number('session', Number.MAX_SAFE_INTEGER),
        message: bytesOf(fields.take('message')),
      }
    case 'records':
      return { op, ids: fields.list('ids', MAX_IDS, hashOf) }
    case 'range':
      return { op, from: placeOf(fields.take('from')), to: placeOf(fields.take('to')) }
    case 'push':
      return { op, records: fields.list('records', MAX_IDS, bytesOf) }
    case 'reaches':
      return { op, reaches: readReaches(fields) }
  }
}

const reachesPlain = (reaches: readonly ReachWord[]): Plain =>
  reaches.slice(0, MAX_REACHES).map(({ id, reach, at }) => ({ id: toBytes(id), reach, at }))

function readReaches(fields: Fields): readonly ReachWord[] {
  return fields.list('reaches', MAX_REACHES, (value) => {
    const word = new Fields(value, 'reach')
    const read = {
      id: word.hash('id'),
      reach: word.oneOf('reach', ['cluster', 'public'] as const),
      at: word.number('at', Number.MAX_SAFE_INTEGER),
    }
    word.end()
    return read
  })
}

/** A place in the order of the index; `null` is the end of it. */
function placePlain({ timestamp, prefix }: Bound): Plain {
  return timestamp === Infinity ? null : { at: timestamp, prefix }
}

function placeOf(value: Plain): Bound {
  if (value === null) return { timestamp: Infinity, prefix: new Uint8Array(0) }
  const fields = new Fields(value, 'place')
  const place = { timestamp: fields.number('at', MAX_TIMESTAMP), prefix: bytesOf(fields.take('prefix')) }
  fields.end()
  if (place.prefix.length > 32) throw new TypeError('A prefix is no longer than an id.')
  return place
}

function hashOf(value: Plain): string {
  const bytes = bytesOf(value)
  if (bytes.length !== 32) throw new TypeError('This is no hash.')
  return toHex(bytes)
}

export function encodeHello({ records, fingerprint, nodeAuthor, reaches }: Hello): Uint8Array {
  return encodeCanonical({
    ...{ records, fingerprint },
    node_author: nodeAuthor === null ? null : toBytes(nodeAuthor),
    reaches: reachesPlain(reaches),
  })
}

/** @throws RecordError, TypeError */
export function decodeHello(bytes: Uint8Array): Hello {
  const fields = new Fields(decodeCanonical(bytes, MAX_FRAME_BYTES), 'hello')
  const author = fields.take('node_author')
  const hello: Hello = {
    records: fields.number('records', Number.MAX_SAFE_INTEGER),
    fingerprint: fields.text('fingerprint', 32),
    nodeAuthor: author === null ? null : hashOf(author),
    reaches: readReaches(fields),
  }
  fields.end()
  return hello
}

export const encodeRecords = (records: readonly Uint8Array[]): Uint8Array => encodeCanonical({ records })

/** @throws RecordError, TypeError */
export function decodeRecords(bytes: Uint8Array): readonly Uint8Array[] {
  const fields = new Fields(decodeCanonical(bytes, MAX_RECORD_BYTES + 65_536), 'answer')
  const records = fields.list('records', MAX_IDS, bytesOf)
  fields.end()
  return records
}

export function encodePart({ records, left, next }: Part): Uint8Array {
  return encodeCanonical({ records, left, next: next && placePlain(next) })
}

/** @throws RecordError, TypeError */
export function decodePart(bytes: Uint8Array): Part {
  const fields = new Fields(decodeCanonical(bytes, MAX_RECORD_BYTES + 65_536), 'answer')
  const records = fields.list('records', MAX_PART, bytesOf)
  const left = fields.number('left', Number.MAX_SAFE_INTEGER)
  const next = fields.take('next')
  fields.end()
  return { records, left, next: next === null ? null : placeOf(next) }
}
