import { StoaError, type StoaErrorOptions } from '@stoa/kernel'
import type { RpcStatusTable } from '../../platform/rpc/errors.ts'

export type StateSyncErrorCode =
  /** There is no such document. */
  | 'document.not_found'
  /** There is a document with this id already. */
  | 'document.exists'
  /** The document has reached the largest size. */
  | 'document.too_large'
  /** More is written than can be kept: try again later. */
  | 'document.busy'
  /** Another process owns the document; `details.address` says which. */
  | 'document.moved'
  /** A field of the call is not what it must be. */
  | 'document.invalid'
  /** The bytes are no Yjs update. */
  | 'update.invalid'
  /** One operation is larger than an operation may be. */
  | 'update.too_large'
  /** Somebody else holds the document's lock. */
  | 'lock.held'
  /** The fencing token is not the current one. */
  | 'lock.stale'
  /** The store cannot keep what is written. Nothing is acknowledged until it can. */
  | 'store.failing'

/** Raised by the StateSync service. */
export class StateSyncError extends StoaError {
  override readonly name = 'StateSyncError'
  declare readonly code: StateSyncErrorCode

  constructor(code: StateSyncErrorCode, message: string, options?: StoaErrorOptions) {
    super(code, message, options)
  }
}

export const stateSyncStatuses: RpcStatusTable = {
  'document.not_found': 'NOT_FOUND',
  'document.exists': 'ALREADY_EXISTS',
  'document.too_large': 'RESOURCE_EXHAUSTED',
  'document.busy': 'RESOURCE_EXHAUSTED',
  'document.moved': 'UNAVAILABLE',
  'document.invalid': 'INVALID_ARGUMENT',
  'update.invalid': 'INVALID_ARGUMENT',
  'update.too_large': 'RESOURCE_EXHAUSTED',
  'lock.held': 'FAILED_PRECONDITION',
  'lock.stale': 'FAILED_PRECONDITION',
  'store.failing': 'UNAVAILABLE',
}

export const documentNotFound = (): StateSyncError =>
  new StateSyncError('document.not_found', 'There is no such document.')
export const documentMoved = (address?: string): StateSyncError =>
  new StateSyncError('document.moved', 'Another process owns this document now.', {
    details: address === undefined ? {} : { address },
  })
export const storeFailing = (cause: unknown): StateSyncError =>
  new StateSyncError('store.failing', 'The store cannot keep what is written.', { cause })
