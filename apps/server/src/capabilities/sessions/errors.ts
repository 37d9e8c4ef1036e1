import { StoaError } from '@stoa/kernel'
import type { RpcStatusTable } from '../../platform/rpc/errors.ts'

export type SessionErrorCode =
  /** There is no such session, or it has expired. */
  | 'realtime_session.not_found'
  /** The connection has a session of somebody else. */
  | 'realtime_session.exists'
  /** A field of the call is not what it must be. */
  | 'realtime_session.invalid'
  /** The store of sessions does not answer. */
  | 'realtime_session.unavailable'

/** Raised by the Session service. */
export class SessionError extends StoaError {
  override readonly name = 'SessionError'
  declare readonly code: SessionErrorCode

  constructor(code: SessionErrorCode, message: string, options?: { cause?: unknown }) {
    super(code, message, options)
  }
}

export const sessionStatuses: RpcStatusTable = {
  'realtime_session.not_found': 'NOT_FOUND',
  'realtime_session.exists': 'ALREADY_EXISTS',
  'realtime_session.invalid': 'INVALID_ARGUMENT',
  'realtime_session.unavailable': 'UNAVAILABLE',
}

export const sessionNotFound = (): SessionError =>
  new SessionError('realtime_session.not_found', 'There is no such session, or it has expired.')
export const invalidSession = (message: string): SessionError =>
  new SessionError('realtime_session.invalid', message)
