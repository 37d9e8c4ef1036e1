import { sha256 } from '@noble/hashes/sha2.js'
import { decodeCanonical, encodeCanonical, type Plain } from './canonical.ts'
import { malformed } from './errors.ts'
import { checkOrder, Fields } from './fields.ts'
import { peerIdKey, peerIdOfSecret } from './peer-id.ts'
import { type AdminProof, CLUSTER_ID_LENGTH, readAdminProof } from './proof.ts'
import { checkSeal, type Sealed, SIGNATURE_BYTES, seal } from './sealed.ts'

/** Somebody who belongs: a peer id with a name for people. */
export type Member = {
  readonly peer_id: string
  /** For people: up to 64 units. */
  readonly name: string
  /** Multiaddrs under which it can be tried, up to 16. */
  readonly addresses: readonly string[]
  readonly added_at: string
}

/** Somebody who was taken out for good, when and why. */
export type Revocation = {
  readonly peer_id: string
  readonly revoked_at: string
  readonly reason: string
}

/** Who belongs to a cluster, in full: a snapshot replaces the one before it. */
export type Snapshot = Sealed<{
  readonly cluster_id: string
  readonly issued_at: string
  readonly issuer_peer_id: string
  /** By peer id, each once. */
  readonly members: readonly Member[]
  /** Peers that were members and must never be taken for one; by peer id, each once. */
  readonly revoked: readonly Revocation[]
  readonly admin_proof: AdminProof | null
}>

/** A snapshot that was read: with its bytes, as they are passed on and kept, and their SHA-256. */
export interface ReadSnapshot {
  readonly snapshot: Snapshot
  readonly bytes: Uint8Array
  readonly hash: Uint8Array
}

/** Largest snapshot, in bytes (FORM-2). */
export const SNAPSHOT_BYTES = 1_048_576
const MAX_MEMBERS = 1000
const MAX_REVOKED = 4000

export type SnapshotFields = Omit<Snapshot, 'sig' | 'issuer_peer_id'>

/** Signs a snapshot with the admin's key; members and revocations may be given in any order. */
export function issueSnapshot(fields: SnapshotFields, adminSecretKey: Uint8Array): ReadSnapshot {
  const body = {
    cluster_id: fields.cluster_id,
    issued_at: fields.issued_at,
    issuer_peer_id: peerIdOfSecret(adminSecretKey),
    members: fields.members.toSorted(byPeerId).map(memberBody),
    revoked: fields.revoked
      .toSorted(byPeerId)
      .map(({ peer_id, revoked_at, reason }) => ({ peer_id, revoked_at, reason })),
    admin_proof: fields.admin_proof,
  }
  return readSnapshot(encodeCanonical(seal('snapshot', body, adminSecretKey)))
}

/** Reads the bytes of a snapshot and checks form and signature; whether to believe the issuer is `judgeSnapshot`'s. */
export function readSnapshot(bytes: Uint8Array): ReadSnapshot {
  const fields = new Fields(decodeCanonical(bytes, SNAPSHOT_BYTES), 'snapshot')
  const snapshot: Snapshot = {
    cluster_id: fields.text('cluster_id', CLUSTER_ID_LENGTH),
    issued_at: fields.timestamp('issued_at'),
    issuer_peer_id: fields.peerId('issuer_peer_id'),
    members: fields.list('members', MAX_MEMBERS, readMember),
    revoked: fields.list('revoked', MAX_REVOKED, readRevocation),
    admin_proof: fields.orNull('admin_proof', () => readAdminProof(fields.raw('admin_proof'))),
    sig: fields.bytes('sig', SIGNATURE_BYTES),
  }
  fields.end()
  checkOrder(snapshot.members.map(peerIdOfEntry), 'members')
  checkOrder(snapshot.revoked.map(peerIdOfEntry), 'revoked')
  const gone = new Set(snapshot.revoked.map(peerIdOfEntry))
  if (snapshot.members.some(({ peer_id }) => gone.has(peer_id)))
    throw malformed('A peer is both a member and revoked.')
  checkSeal('snapshot', snapshot, peerIdKey(snapshot.issuer_peer_id))
  return { snapshot, bytes, hash: sha256(bytes) }
}

const peerIdOfEntry = ({ peer_id }: { peer_id: string }) => peer_id
const byPeerId = (a: { peer_id: string }, b: { peer_id: string }) => (a.peer_id < b.peer_id ? -1 : 1)

function readMember(value: Plain): Member {
  const fields = new Fields(value, 'member')
  const member = {
    peer_id: fields.peerId('peer_id'),
    name: fields.text('name', 64),
    addresses: fields.texts('addresses', 16, 256),
    added_at: fields.timestamp('added_at'),
  }
  fields.end()
  return member
}

function readRevocation(value: Plain): Revocation {
  const fields = new Fields(value, 'revocation')
  const revocation = {
    peer_id: fields.peerId('peer_id'),
    revoked_at: fields.timestamp('revoked_at'),
    reason: fields.text('reason', 256),
  }
  fields.end()
  return revocation
}

function memberBody({ peer_id, name, addresses, added_at }: Member) {
  return { peer_id, name, addresses: [...addresses], added_at }
}
