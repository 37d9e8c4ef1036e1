import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Clock } from '@stoa/kernel'
import type { SignedUrl } from '../blobs.ts'
import { BlobError } from '../errors.ts'
import { keyFromPath, keyToPath } from '../key.ts'
import { stableExpiry } from './expiry.ts'

/** What a signed URL allows. All of it is covered by the signature. */
export type Grant =
  | { readonly method: 'PUT'; readonly key: string; readonly contentType: string; readonly size: number }
  | {
      readonly method: 'GET'
      readonly key: string
      readonly contentType: string
      readonly downloadName?: string
    }

/** The query of a signed URL, as the contract declares it. */
export interface SignedQuery {
  /** Unix seconds. */
  readonly expires: number
  readonly content_type: string
  /** PUT: exact number of bytes. */
  readonly size?: number
  /** GET: file name of the download. */
  readonly download?: string
  /** HMAC-SHA-256, base64url. */
  readonly signature: string
}

/** A week, as S3 has it. */
const MAX_LIFE_SECONDS = 7 * 24 * 3600

/** Makes and checks signed URLs of our own server: `{basePath}/{key with ~ for /}?expires=…&content_type=…&signature=…`. */
export class UrlSigner {
  readonly #keys: readonly Uint8Array[]
  readonly #basePath: string
  readonly #clock: Clock

  /** @param keys 32 bytes each; the first signs, all verify, so that a key can be replaced without breaking open URLs. */
  constructor(options: { keys: readonly Uint8Array[]; basePath: string; clock: Clock }) {
    if (options.keys.length === 0 || options.keys.some((key) => key.length < 32)) {
      throw new RangeError('a URL signing key has at least 32 bytes')
    }
    this.#keys = options.keys
    this.#basePath = options.basePath
    this.#clock = options.clock
  }

  sign(grant: Grant, expiresInSeconds: number): SignedUrl {
    if (expiresInSeconds > MAX_LIFE_SECONDS) throw new RangeError('a signed URL lives for a week at most')
    const now = this.#clock.now() / 1000
    const expires =
      grant.method === 'GET' ? stableExpiry(now, expiresInSeconds) : Math.floor(now) + expiresInSeconds
    const query = new URLSearchParams({ expires: String(expires), content_type: grant.contentType })
    if (grant.method === 'PUT') query.set('size', String(grant.size))
    else if (grant.downloadName !== undefined) query.set('download', grant.downloadName)
    query.set('signature', mac(this.#keys[0]!, grant, expires).toString('base64url'))
    return {
      url: `${this.#basePath}/${keyToPath(grant.key)}?${query}`,
      method: grant.method,
      headers: grant.method === 'PUT' ? { 'content-type': grant.contentType } : {},
      expiresAt: new Date(expires * 1000),
    }
  }

  /** @throws BlobError `blob.url_invalid` or `blob.url_expired` */
  verify<Method extends Grant['method']>(
    method: Method,
    path: string,
    query: SignedQuery,
  ): Extract<Grant, { method: Method }> & { expiresAt: Date } {
    const grant = grantOf(method, path, query)
    const given = Buffer.from(query.signature, 'base64url')
    const genuine = this.#keys.some((key) => {
      const wanted = mac(key, grant, query.expires)
      return given.length === wanted.length && timingSafeEqual(given, wanted)
    })
    if (!genuine) throw invalid()
    if (query.expires * 1000 <= this.#clock.now()) {
      throw new BlobError('blob.url_expired', 'This link is past its time; ask for a new one.')
    }
    return { ...grant, expiresAt: new Date(query.expires * 1000) } as Extract<Grant, { method: Method }> & {
      expiresAt: Date
    }
  }
}

const invalid = () => new BlobError('blob.url_invalid', 'This link is not one that we gave out.')

function grantOf(method: Grant['method'], path: string, query: SignedQuery): Grant {
  let key: string
  try {
    key = keyFromPath(path)
  } catch {
    throw invalid()
  }
  if (method === 'GET') {
    return {
      method,
      key,
      contentType: query.content_type,
      ...(query.download === undefined ? {} : { downloadName: query.download }),
    }
  }
  if (query.size === undefined) throw invalid()
  return { method, key, contentType: query.content_type, size: query.size }
}

/** A JSON array is read in one way only, so no two grants share the bytes that are signed. */
function mac(key: Uint8Array, grant: Grant, expires: number): Buffer {
  const size = grant.method === 'PUT' ? grant.size : null
  const name = grant.method === 'GET' ? (grant.downloadName ?? null) : null
  const text = JSON.stringify([
    'stoa-blob-v1',
    grant.method,
    grant.key,
    grant.contentType,
    size,
    name,
    expires,
  ])
  return createHmac('sha256', key).update(text).digest()
}
