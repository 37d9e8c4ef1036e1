import type { Readable } from 'node:stream'

/** A stored object. Keys are slash-separated lower-case paths chosen by the server, never by a user (see `key.ts`). */
export interface BlobInfo {
  readonly key: string
  /** Bytes. */
  readonly size: number
  /** Opaque; differs whenever the bytes do. Printable ASCII without quotes: fit for an HTTP `ETag`. */
  readonly version: string
  readonly modifiedAt: Date
}

/** Bytes `start` to `end`, both included, as in HTTP. An `end` past the last byte means the last byte. */
export interface ByteRange {
  readonly start: number
  readonly end: number
}

export interface SignedUrl {
  /** Absolute, or a path on our own server: resolve it against the page's address. */
  readonly url: string
  readonly method: 'GET' | 'PUT'
  /** To be sent with the request exactly as they are. */
  readonly headers: Readonly<Record<string, string>>
  readonly expiresAt: Date
}

/**
 * Object storage. Every adapter passes `blobs.acceptance.ts`. A blob is durable when `put` or `move` resolves, and is
 * never visible before it is whole. Failures are {@link BlobError}s (`errors.ts`).
 */
export interface BlobStore {
  /** Writes the whole body under `key`, replacing what was there. @throws BlobError `blob.too_large`, `storage.full` … */
  put(
    key: string,
    body: Readable | Uint8Array,
    options: { contentType: string; maxBytes: number },
  ): Promise<BlobInfo>
  /** @throws BlobNotFound; BlobError `blob.range_unsatisfiable` when `range.start` is past the end. */
  get(key: string, range?: ByteRange): Promise<Readable>
  /** `undefined` when there is none. */
  head(key: string): Promise<BlobInfo | undefined>
  /**
   * Moves within the store; replaces nothing: when `to` exists, `from` is dropped (same content, content-addressed).
   * Safe to repeat: with `from` gone and `to` there, it has been done. @throws BlobNotFound when neither exists.
   */
  move(from: string, to: string): Promise<void>
  /** Does nothing when there is none. */
  delete(key: string): Promise<void>
  /** Every blob whose key starts with `prefix` (any text, also half a segment), in key order. */
  list(prefix: string): AsyncIterable<BlobInfo>
  /** A URL the browser can PUT to directly, for exactly `size` bytes. Signed URLs live for a week at most. */
  signPut(
    key: string,
    options: { contentType: string; size: number; expiresInSeconds: number },
  ): Promise<SignedUrl>
  /**
   * A URL the browser can GET; served with `nosniff`, a sandboxing CSP, and as an attachment when `downloadName` is given.
   * Valid for between three quarters of `expiresInSeconds` and all of it: the same question asked twice in that quarter
   * gives the same URL, so that browsers can cache covers.
   */
  signGet(
    key: string,
    options: { contentType: string; downloadName?: string; expiresInSeconds: number },
  ): Promise<SignedUrl>
}
