import { StoaError } from '@stoa/kernel'

export type SyncErrorCode =
  /** An answer that is none of the protocol. */
  | 'sync.malformed'
  /** Records came that were not asked for. */
  | 'sync.not_asked'
  /** Records came that do not verify: no honest node keeps such, for each verifies what it is brought. */
  | 'sync.forged'
  /** A peer claims to hold records that it does not bring: more than can be an accident. */
  | 'sync.undelivered'
  /** A few records that a peer says it holds did not come, as when its own disk lost them. No lie. */
  | 'sync.incomplete'

/** What another node does that an honest one does not. */
export class SyncError extends StoaError {
  override readonly name = 'SyncError'
  declare readonly code: SyncErrorCode

  constructor(code: SyncErrorCode, message: string, cause?: unknown) {
    super(code, message, cause === undefined ? {} : { cause })
  }
}
