import { compareBytes, sameBytes } from './bytes.ts'
import { MembershipError } from './errors.ts'
import { peerIdOfSecret } from './peer-id.ts'
import { type AdminProof, checkAdminProof } from './proof.ts'
import { issueSnapshot, type Member, type ReadSnapshot, readSnapshot } from './snapshot.ts'
import { compareTimestamps, millisOf, timestampOf } from './timestamp.ts'

/** How far ahead of one's own clock a message may be. */
export const MAX_SKEW_MS = 5 * 60_000

/** Whom a node believes: admins with a proof of the system key, or, where there is none, issuers named by its operator. */
export type Trust = { readonly systemPublicKey: Uint8Array } | { readonly issuers: readonly string[] }

/** What a node knows of its cluster when it starts. */
export interface MembershipOptions {
  readonly clusterId: string
  readonly trust: Trust
  /** The bytes of the snapshot that was in force when the node stopped. */
  readonly kept?: Uint8Array
}

/** What the next snapshot changes; whoever is not named stays as they are. */
export interface MembershipChange {
  /** Added, or replaced where the peer is a member. */
  readonly add?: readonly Omit<Member, 'added_at'>[]
  /** Taken out for good: no longer members, their messages are refused. */
  readonly revoke?: readonly { readonly peer_id: string; readonly reason: string }[]
  /** Taken out of the revoked, without becoming members. */
  readonly pardon?: readonly string[]
}

/**
 * Who belongs to the cluster, as this node knows it. Invariants: what is in force was signed by one whom `trust` believes;
 * it only ever gives way to what `compareSnapshots` puts above it, so nodes that saw the same snapshots agree, in any order.
 */
export class Membership {
  readonly clusterId: string
  readonly trust: Trust
  #current: ReadSnapshot | undefined
  #members: ReadonlySet<string> = new Set()
  #revoked: ReadonlySet<string> = new Set()

  constructor({ clusterId, trust, kept }: MembershipOptions) {
    this.clusterId = clusterId
    this.trust = trust
    if (!kept) return
    const read = readSnapshot(kept)
    this.#judge(read)
    this.#put(read)
  }

  /** The snapshot in force; undefined before the first. */
  get current(): ReadSnapshot | undefined {
    return this.#current
  }

  /** By peer id; none before the first snapshot. */
  get members(): readonly Member[] {
    return this.#current?.snapshot.members ?? []
  }

  /** Whether the snapshot in force names this peer id as a member. */
  isMember(peerId: string): boolean {
    return this.#members.has(peerId)
  }

  /** Whether this peer id was taken out for good. */
  isRevoked(peerId: string): boolean {
    return this.#revoked.has(peerId)
  }

  /** Throws `membership.revoked` or `membership.not_member`. */
  requireMember(peerId: string): void {
    if (this.isRevoked(peerId)) throw new MembershipError('membership.revoked', `${peerId} was revoked.`)
    if (!this.isMember(peerId)) throw new MembershipError('membership.not_member', `${peerId} is no member.`)
  }

  /**
   * Puts a snapshot in force when it is to be believed and newer (LWW-1 to LWW-4), and gives it. Throws MembershipError
   * with the reason otherwise; `membership.stale` is what every second peer's answer will be.
   */
  apply(bytes: Uint8Array, now: number): ReadSnapshot {
    if (this.#current && sameBytes(bytes, this.#current.bytes)) throw stale() // no need to verify it again
    const read = readSnapshot(bytes)
    this.#judge(read)
    if (millisOf(read.snapshot.issued_at) > now + MAX_SKEW_MS)
      throw new MembershipError(
        'membership.from_future',
        `The snapshot was issued at ${read.snapshot.issued_at}.`,
      )
    if (this.#current && compareSnapshots(read, this.#current) <= 0) throw stale()
    this.#put(read)
    return read
  }

  /** The snapshot after the current one, signed; it is not in force before it is applied (ISSUE-1). */
  next(
    change: MembershipChange,
    admin: { secretKey: Uint8Array; proof: AdminProof | null },
    now: number,
  ): ReadSnapshot {
    const issuedAt = this.#nextTime(now)
    const before = this.#current?.snapshot
    const revoked = new Map(before?.revoked.map((one) => [one.peer_id, one]))
    for (const peerId of change.pardon ?? []) revoked.delete(peerId)
    for (const { peer_id, reason } of change.revoke ?? [])
      revoked.set(peer_id, { peer_id, reason, revoked_at: issuedAt })
    const members = new Map(before?.members.map((one) => [one.peer_id, one]))
    for (const member of change.add ?? []) {
      if (revoked.has(member.peer_id))
        throw new MembershipError('membership.revoked', `${member.peer_id} was revoked; pardon it first.`)
      members.set(member.peer_id, { ...member, added_at: members.get(member.peer_id)?.added_at ?? issuedAt })
    }
    for (const peerId of revoked.keys()) members.delete(peerId)
    const fields = {
      cluster_id: this.clusterId,
      issued_at: issuedAt,
      members: [...members.values()],
      revoked: [...revoked.values()],
      admin_proof: admin.proof,
    }
    const read = issueSnapshot(fields, admin.secretKey)
    this.#judge(read)
    return read
  }

  #nextTime(now: number): string {
    const last = this.#current ? millisOf(this.#current.snapshot.issued_at) + 1 : 0
    return timestampOf(Math.max(now, last))
  }

  #put(read: ReadSnapshot): void {
    this.#current = read
    this.#members = new Set(read.snapshot.members.map(({ peer_id }) => peer_id))
    this.#revoked = new Set(read.snapshot.revoked.map(({ peer_id }) => peer_id))
  }

  #judge({ snapshot }: ReadSnapshot): void {
    const { cluster_id, issuer_peer_id, issued_at, admin_proof } = snapshot
    if (cluster_id !== this.clusterId)
      throw new MembershipError('membership.wrong_cluster', `The snapshot is of the cluster ${cluster_id}.`)
    if ('issuers' in this.trust) {
      if (this.trust.issuers.includes(issuer_peer_id)) return
      throw new MembershipError('membership.untrusted_issuer', `${issuer_peer_id} is not a trusted issuer.`)
    }
    if (!admin_proof)
      throw new MembershipError('membership.proof_missing', 'The snapshot has no admin proof.')
    const { systemPublicKey } = this.trust
    const expected = { clusterId: cluster_id, peerId: issuer_peer_id, at: issued_at, systemPublicKey }
    checkAdminProof(admin_proof, expected)
  }
}

/** Order of snapshots: admin epoch, then time, then hash. The greatest of all that a node saw is in force (LWW-1). */
export function compareSnapshots(a: ReadSnapshot, b: ReadSnapshot): number {
  return (
    epochOf(a) - epochOf(b) ||
    compareTimestamps(a.snapshot.issued_at, b.snapshot.issued_at) ||
    compareBytes(a.hash, b.hash)
  )
}

const stale = () => new MembershipError('membership.stale', 'A snapshot at least as new is in force.')
const epochOf = ({ snapshot }: ReadSnapshot) => snapshot.admin_proof?.epoch ?? 0

/** Whether a key is the one that a proof was issued for. */
export function proofFits(proof: AdminProof, secretKey: Uint8Array): boolean {
  return proof.peer_id === peerIdOfSecret(secretKey)
}
