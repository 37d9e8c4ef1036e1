import { StoaError } from '@stoa/kernel'

/** Why a message, key or snapshot is refused. Also the `reason` that nodes tell each other (FRAME-4). */
export type MembershipErrorCode =
  /** Bytes that are no message of this kind: wrong fields, wrong types, values out of range. */
  | 'membership.malformed'
  /** The same content in other bytes than its one canonical form. */
  | 'membership.not_canonical'
  /** Larger than a message of this kind may be. */
  | 'membership.too_large'
  /** A key or peer id that is no Ed25519 key. */
  | 'membership.invalid_key'
  /** The signature is not one of the key that the message names. */
  | 'membership.bad_signature'
  /** The message belongs to another cluster. */
  | 'membership.wrong_cluster'
  /** A snapshot by one whom this node has no reason to believe. */
  | 'membership.untrusted_issuer'
  /** The cluster has a system key and the snapshot carries no admin proof. */
  | 'membership.proof_missing'
  /** The admin proof is for another role, cluster or peer, or the system key did not sign it. */
  | 'membership.proof_invalid'
  /** The snapshot was issued before its admin proof began or after it ended. */
  | 'membership.proof_expired'
  /** Issued more than five minutes ahead of this node's clock. */
  | 'membership.from_future'
  /** Not newer than the snapshot that is in force. */
  | 'membership.stale'
  /** The sender is not in the member table. */
  | 'membership.not_member'
  /** The sender was a member and was revoked. */
  | 'membership.revoked'
  /** The message speaks for another peer than the one that sent it. */
  | 'membership.wrong_sender'
  /** Sent more than five minutes before or after this node's time. */
  | 'membership.outside_window'
  /** This very message was taken before. */
  | 'membership.replayed'

/** Everything that this package refuses; `code` is the reason. */
export class MembershipError extends StoaError {
  override readonly name = 'MembershipError'
  declare readonly code: MembershipErrorCode

  constructor(code: MembershipErrorCode, message: string, cause?: unknown) {
    super(code, message, cause === undefined ? {} : { cause })
  }
}

export function malformed(message: string, cause?: unknown): MembershipError {
  return new MembershipError('membership.malformed', message, cause)
}
