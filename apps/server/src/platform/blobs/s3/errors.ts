import { S3ServiceException } from '@aws-sdk/client-s3'
import { BlobError, BlobNotFound } from '../errors.ts'

const FULL = ['InsufficientStorage', 'XMinioStorageFull', 'QuotaExceeded', 'XMinioAdminBucketQuotaExceeded']

export const isMissing = (error: unknown): boolean =>
  error instanceof S3ServiceException &&
  (error.$metadata.httpStatusCode === 404 || error.name === 'NoSuchKey')

/** A failure of the S3 server, or of reaching it, as a BlobError. */
export function fromS3(error: unknown, key: string): BlobError {
  if (error instanceof BlobError) return error
  if (isMissing(error)) return new BlobNotFound(key)
  if (error instanceof S3ServiceException) {
    const status = error.$metadata.httpStatusCode
    if (status === 416 || error.name === 'InvalidRange') {
      return new BlobError('blob.range_unsatisfiable', 'That part is past the end of the file.', {
        cause: error,
      })
    }
    if (status === 507 || FULL.includes(error.name)) {
      return new BlobError('storage.full', 'There is no space left to store files. Nothing was stored.', {
        cause: error,
      })
    }
  }
  const reason = error instanceof Error ? error.name : 'unknown reason'
  return new BlobError('storage.unavailable', `The file storage failed (${reason}).`, { cause: error })
}
