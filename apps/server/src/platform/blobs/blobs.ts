import type { Readable } from 'node:stream'

/** A stored object. Keys are slash-separated lower-case paths chosen by the server, never by a user. */
export interface BlobInfo {
  readonly key: string
  /** Bytes. */
  readonly size: number
}

export interface SignedUrl {
  readonly url: string
  readonly method: 'GET' | 'PUT'
  readonly headers: Readonly<Record<string, string>>
  readonly expiresAt: Date
}

/** Object storage. Every adapter passes `blobs.acceptance.ts`. A blob is durable when `put` or `move` resolves. */
export interface BlobStore {
  put(
    key: string,
    body: Readable | Uint8Array,
    options: { contentType: string; maxBytes: number },
  ): Promise<BlobInfo>
  /** @throws BlobNotFound */
  get(key: string, range?: { start: number; end: number }): Promise<Readable>
  /** `undefined` when there is none. */
  head(key: string): Promise<BlobInfo | undefined>
  /** Moves within the store; replaces nothing: when `to` exists, `from` is dropped (same content, content-addressed). */
  move(from: string, to: string): Promise<void>
  delete(key: string): Promise<void>
  list(prefix: string): AsyncIterable<BlobInfo>
  /** A URL the browser can PUT to directly, for exactly `size` bytes. */
  signPut(
    key: string,
    options: { contentType: string; size: number; expiresInSeconds: number },
  ): Promise<SignedUrl>
  /** A URL the browser can GET; served with `nosniff`, a sandboxing CSP, and as an attachment when `downloadName` is given. */
  signGet(
    key: string,
    options: { contentType: string; downloadName?: string; expiresInSeconds: number },
  ): Promise<SignedUrl>
}
