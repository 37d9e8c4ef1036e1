import { StoaError, type StoaErrorOptions } from '@stoa/kernel'

export type CacheErrorCode =
  /** The cache server does not answer. */
  | 'cache.unavailable'
  /** `increment` of a key that holds something else. A defect of the caller. */
  | 'cache.not_a_number'

export class CacheError extends StoaError {
  override readonly name = 'CacheError'
  declare readonly code: CacheErrorCode

  constructor(code: CacheErrorCode, message: string, options?: StoaErrorOptions) {
    super(code, message, options)
  }
}

export const notANumber = (key: string): CacheError =>
  new CacheError('cache.not_a_number', `The value under ${JSON.stringify(key)} is not a counter.`)
