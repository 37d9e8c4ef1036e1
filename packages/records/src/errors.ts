import { StoaError } from '@stoa/kernel'

/** Why a record, a manifest or content is refused. */
export type RecordErrorCode =
  /** Bytes that are no record or manifest: wrong fields, wrong types, values out of range. */
  | 'record.malformed'
  /** The same content in other bytes than its one canonical form. */
  | 'record.not_canonical'
  /** Larger than a record or manifest may be. */
  | 'record.too_large'
  /** The signature is not one of the key that the record names, or the key is no proper one. */
  | 'record.bad_signature'
  /** Dated more than five minutes ahead of the moment it was received. */
  | 'record.from_future'
  /** Not a CIDv1 with codec raw and SHA-256. */
  | 'content.invalid_cid'
  /** Bytes whose hash is not the one they were asked for by. */
  | 'content.wrong_bytes'
  /** More bytes than were declared. */
  | 'content.too_long'
  /** Fewer bytes than were declared. */
  | 'content.too_short'

/** Everything that this package refuses; `code` is the reason. */
export class RecordError extends StoaError {
  override readonly name = 'RecordError'
  declare readonly code: RecordErrorCode

  constructor(code: RecordErrorCode, message: string, cause?: unknown) {
    super(code, message, cause === undefined ? {} : { cause })
  }
}

export function malformed(message: string, cause?: unknown): RecordError {
  return new RecordError('record.malformed', message, cause)
}
