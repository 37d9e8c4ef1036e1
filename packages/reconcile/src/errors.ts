import { StoaError } from '@stoa/kernel'

/** Why a message, a set or an option is refused. */
export type ReconcileErrorCode =
  /** A message that breaks the wire format: cut short, unknown mode, bounds out of order, a number out of range. */
  | 'reconcile.malformed_message'
  /** The peer speaks no version of the protocol that this side speaks. */
  | 'reconcile.unsupported_version'
  /** A message or session is larger than this side allows; `details.limit` names the limit. */
  | 'reconcile.limit_exceeded'
  /** A timestamp that is no whole number from 0 to 2^53 - 2, or an id that is not 32 bytes long. */
  | 'reconcile.invalid_item'
  /** Options that cannot work, such as a frame limit under 4096. */
  | 'reconcile.invalid_option'
  /** Stored blocks that are damaged, out of order or of an unknown format: build them anew from the records. */
  | 'reconcile.corrupt_blocks'

/** Everything that this package throws on purpose. */
export class ReconcileError extends StoaError {
  override readonly name = 'ReconcileError'
  declare readonly code: ReconcileErrorCode

  constructor(code: ReconcileErrorCode, message: string, details?: Readonly<Record<string, unknown>>) {
    super(code, message, details === undefined ? {} : { details })
  }
}

export function malformed(message: string): ReconcileError {
  return new ReconcileError('reconcile.malformed_message', message)
}
