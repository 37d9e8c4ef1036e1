import { StoaError, type StoaErrorOptions } from '@stoa/kernel'

export type BlobErrorCode =
  /** There is no blob under that key. */
  | 'blob.not_found'
  /** The key breaks the rules of `key.ts`, or is a folder of other keys. A defect of the caller. */
  | 'blob.key_invalid'
  /** The body is longer than allowed. */
  | 'blob.too_large'
  /** The body is not as long as the signed URL says. */
  | 'blob.size_mismatch'
  /** The body is not of the media type the signed URL says. */
  | 'blob.type_mismatch'
  /** The body ended with an error, as when the sender went away. */
  | 'blob.interrupted'
  /** A range starts past the end. `details.size` has the size in bytes. */
  | 'blob.range_unsatisfiable'
  /** A signed URL was altered, or is for another method. */
  | 'blob.url_invalid'
  /** A signed URL is past its time. */
  | 'blob.url_expired'
  /** No space left. */
  | 'storage.full'
  /** The storage does not answer or refuses us. The cause says why. */
  | 'storage.unavailable'

export class BlobError extends StoaError {
  override readonly name: string = 'BlobError'
  declare readonly code: BlobErrorCode

  constructor(code: BlobErrorCode, message: string, options?: StoaErrorOptions) {
    super(code, message, options)
  }
}

export class BlobNotFound extends BlobError {
  override readonly name = 'BlobNotFound'

  constructor(key: string) {
    super('blob.not_found', 'There is no such file in the storage.', { details: { key } })
  }
}

/** The HTTP status each code is answered with at the edge (RFC 9110; 507: RFC 4918). */
export const blobErrorStatus: Readonly<Record<BlobErrorCode, number>> = {
  'blob.not_found': 404,
  'blob.key_invalid': 500,
  'blob.too_large': 413,
  'blob.size_mismatch': 422,
  'blob.type_mismatch': 415,
  'blob.interrupted': 400,
  'blob.range_unsatisfiable': 416,
  'blob.url_invalid': 403,
  'blob.url_expired': 403,
  'storage.full': 507,
  'storage.unavailable': 503,
}
