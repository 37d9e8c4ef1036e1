import type { Plain } from './canonical.ts'
import { MembershipError } from './errors.ts'
import { Fields } from './fields.ts'
import { isSealedBy, type Sealed, SIGNATURE_BYTES, seal } from './sealed.ts'
import { compareTimestamps } from './timestamp.ts'

/** The system key says: until then this peer may issue snapshots of this cluster. */
export type AdminProof = Sealed<{
  readonly role: 'admin'
  readonly cluster_id: string
  readonly peer_id: string
  /** Grows with every change of admins; a snapshot of a lower epoch never replaces one of a higher (LWW-1). */
  readonly epoch: number
  readonly not_before: string
  readonly not_after: string
}>

/** What the system key says; times as RFC 3339 in UTC (TIME-1). */
export type AdminProofFields = Omit<AdminProof, 'sig' | 'role'>

/** Longest name of a cluster, in UTF-16 units. */
export const CLUSTER_ID_LENGTH = 128
const MAX_EPOCH = 0xffff_ffff

/**
 * Signs a proof with the system key (32 bytes). @throws MembershipError `membership.malformed` when a field is out of
 * range
 */
export function issueAdminProof(fields: AdminProofFields, systemSecretKey: Uint8Array): AdminProof {
  return readAdminProof(seal('admin-proof', { ...fields, role: 'admin' as const }, systemSecretKey))
}

export function readAdminProof(value: Plain): AdminProof {
  const fields = new Fields(value, 'admin_proof')
  const proof = {
    role: fields.oneOf('role', ['admin']),
    cluster_id: fields.text('cluster_id', CLUSTER_ID_LENGTH),
    peer_id: fields.peerId('peer_id'),
    epoch: fields.number('epoch', MAX_EPOCH),
    not_before: fields.timestamp('not_before'),
    not_after: fields.timestamp('not_after'),
    sig: fields.bytes('sig', SIGNATURE_BYTES),
  }
  fields.end()
  return proof
}

/** Holds a proof against what it is shown for: cluster, peer, system key and time (PROOF-1, PROOF-2). */
export function checkAdminProof(
  proof: AdminProof,
  expected: { clusterId: string; peerId: string; at: string; systemPublicKey: Uint8Array },
): void {
  if (proof.cluster_id !== expected.clusterId || proof.peer_id !== expected.peerId)
    throw new MembershipError('membership.proof_invalid', 'The admin proof is for another cluster or peer.')
  if (!isSealedBy('admin-proof', proof, expected.systemPublicKey))
    throw new MembershipError('membership.proof_invalid', 'The system key did not sign the admin proof.')
  const early = compareTimestamps(expected.at, proof.not_before) < 0
  if (early || compareTimestamps(expected.at, proof.not_after) > 0)
    throw new MembershipError(
      'membership.proof_expired',
      `The admin proof holds from ${proof.not_before} to ${proof.not_after}, not at ${expected.at}.`,
    )
}
