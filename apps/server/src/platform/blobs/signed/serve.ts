import type { Readable } from 'node:stream'
import type { Clock } from '@stoa/kernel'
import type { BlobStore } from '../blobs.ts'
import { exactly, sizeMismatch } from '../body.ts'
import { BlobError, BlobNotFound } from '../errors.ts'
import type { SignedQuery, UrlSigner } from './grant.ts'
import { contentHeaders, matchesEtag, parseRange } from './headers.ts'

export interface SignedPutRequest {
  /** The path segment after the base path, decoded. */
  readonly path: string
  readonly query: SignedQuery
  /** The request's own header, where it is known; must then be the signed type. */
  readonly contentType?: string | undefined
  readonly contentLength?: number | undefined
  readonly body: Uint8Array | AsyncIterable<Uint8Array>
}

export interface SignedGetRequest {
  readonly path: string
  readonly query: SignedQuery
  readonly range?: string | undefined
  readonly ifRange?: string | undefined
  readonly ifNoneMatch?: string | undefined
}

interface ReplyOf<Status extends number, Body> {
  readonly status: Status
  readonly headers: Record<string, string>
  readonly body: Body
}

export type SignedGetReply =
  | ReplyOf<200, Readable>
  | ReplyOf<206, Readable>
  | ReplyOf<304, undefined>
  | ReplyOf<416, undefined>

/** What answers the signed URLs of a store that our own server fronts. Knows no HTTP framework. */
export class SignedBlobs {
  readonly #store: Pick<BlobStore, 'put' | 'get' | 'head'>
  readonly #signer: UrlSigner
  readonly #clock: Clock

  constructor(store: Pick<BlobStore, 'put' | 'get' | 'head'>, signer: UrlSigner, clock: Clock) {
    this.#store = store
    this.#signer = signer
    this.#clock = clock
  }

  /**
   * Stores the body, durable when it resolves. The same URL may be used again until it ends: the last whole body counts.
   * @throws BlobError; nothing is stored then.
   */
  async put(request: SignedPutRequest): Promise<{ status: 204; headers: Record<string, string> }> {
    const grant = this.#signer.verify('PUT', request.path, request.query)
    const type = request.contentType?.trim().toLowerCase()
    if (type !== undefined && type !== grant.contentType.toLowerCase()) {
      throw new BlobError('blob.type_mismatch', `This link takes ${grant.contentType} only.`)
    }
    if (request.contentLength !== undefined && request.contentLength !== grant.size) {
      throw sizeMismatch(grant.size, request.contentLength)
    }
    const info = await this.#store.put(grant.key, exactly(request.body, grant.size), {
      contentType: grant.contentType,
      maxBytes: grant.size,
    })
    return { status: 204, headers: { etag: `"${info.version}"` } }
  }

  /** @throws BlobError; BlobNotFound */
  async get(request: SignedGetRequest): Promise<SignedGetReply> {
    const grant = this.#signer.verify('GET', request.path, request.query)
    const info = await this.#store.head(grant.key)
    if (!info) throw new BlobNotFound(grant.key)
    const etag = `"${info.version}"`
    const maxAge = Math.max(0, Math.floor((grant.expiresAt.getTime() - this.#clock.now()) / 1000))
    const caching = { etag, 'cache-control': `private, max-age=${maxAge}, immutable` }
    if (matchesEtag(request.ifNoneMatch, etag)) return { status: 304, headers: caching, body: undefined }

    const wantsPart = request.ifRange === undefined || request.ifRange.trim() === etag
    const range = wantsPart ? parseRange(request.range, info.size) : undefined
    if (range === 'unsatisfiable') {
      return { status: 416, headers: { 'content-range': `bytes */${info.size}` }, body: undefined }
    }
    const body = await this.#store.get(grant.key, range)
    const headers = { ...contentHeaders(grant.contentType, grant.downloadName), ...caching }
    if (!range) return { status: 200, headers: { ...headers, 'content-length': String(info.size) }, body }
    const part = {
      'content-length': String(range.end - range.start + 1),
      'content-range': `bytes ${range.start}-${range.end}/${info.size}`,
    }
    return { status: 206, headers: { ...headers, ...part }, body }
  }
}
