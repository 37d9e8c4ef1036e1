import { decodeCanonical, encodeCanonical, type Plain } from './canonical.ts'
import { MembershipError } from './errors.ts'
import { Fields } from './fields.ts'
import { NODE_STATES, readService, type Service } from './heartbeat.ts'
import type { NodeStateName } from './node-state.ts'
import { peerIdKey, peerIdOfSecret } from './peer-id.ts'
import { CLUSTER_ID_LENGTH } from './proof.ts'
import { checkSeal, type Sealed, SIGNATURE_BYTES, seal } from './sealed.ts'

/** How the reporting node reaches a member: it is the node itself, directly, over a relay, or not at all. */
export type Connection = 'self' | 'direct' | 'relayed' | 'none'

/** One member, as the node that reports sees it. */
export type MemberStatus = {
  readonly peer_id: string
  readonly online: boolean
  readonly connection: Connection
  /** When its last heartbeat was sent; null when none was heard since the start. */
  readonly last_heartbeat_at: string | null
  readonly services: readonly Service[]
  /** Why the last attempt to reach it failed; null when it did not. */
  readonly last_error: string | null
}

/** The cluster as one node sees it. */
export type Status = Sealed<{
  readonly cluster_id: string
  readonly peer_id: string
  readonly sent_at: string
  readonly state: NodeStateName
  /** Version of the program. */
  readonly version: string
  readonly snapshot: SnapshotSummary | null
  readonly members: readonly MemberStatus[]
}>

export type SnapshotSummary = {
  readonly hash: Uint8Array
  readonly issued_at: string
  readonly issuer_peer_id: string
}

/** Largest status, in bytes (FORM-2). */
export const STATUS_BYTES = 1_048_576
const CONNECTIONS: readonly Connection[] = ['self', 'direct', 'relayed', 'none']

/** What the node says of itself and the others; id and signature come with its key. */
export type StatusFields = Omit<Status, 'sig' | 'peer_id'>

/** A signed status as bytes. @throws MembershipError `membership.malformed` when a field is out of range */
export function issueStatus(fields: StatusFields, nodeSecretKey: Uint8Array): Uint8Array {
  const body = { ...fields, peer_id: peerIdOfSecret(nodeSecretKey) }
  const bytes = encodeCanonical(seal('status', body, nodeSecretKey))
  readStatus(bytes)
  return bytes
}

/** Reads a status that `from` (the peer at the other end) answered with. */
export function takeStatus(
  bytes: Uint8Array,
  { from, clusterId }: { from: string; clusterId: string },
): Status {
  const status = readStatus(bytes)
  if (status.cluster_id !== clusterId)
    throw new MembershipError('membership.wrong_cluster', `The status is of ${status.cluster_id}.`)
  if (status.peer_id !== from)
    throw new MembershipError('membership.wrong_sender', `${from} sent a status of ${status.peer_id}.`)
  return status
}

export function readStatus(bytes: Uint8Array): Status {
  const fields = new Fields(decodeCanonical(bytes, STATUS_BYTES), 'status')
  const status = {
    cluster_id: fields.text('cluster_id', CLUSTER_ID_LENGTH),
    peer_id: fields.peerId('peer_id'),
    sent_at: fields.timestamp('sent_at'),
    state: fields.oneOf('state', NODE_STATES),
    version: fields.text('version', 64),
    snapshot: fields.orNull('snapshot', () => readSummary(fields.raw('snapshot'))),
    members: fields.list('members', 1000, readMember),
    sig: fields.bytes('sig', SIGNATURE_BYTES),
  }
  fields.end()
  checkSeal('status', status, peerIdKey(status.peer_id))
  return status
}

function readSummary(value: Plain): SnapshotSummary {
  const fields = new Fields(value, 'snapshot')
  const summary = {
    hash: fields.bytes('hash', 32),
    issued_at: fields.timestamp('issued_at'),
    issuer_peer_id: fields.peerId('issuer_peer_id'),
  }
  fields.end()
  return summary
}

function readMember(value: Plain): MemberStatus {
  const fields = new Fields(value, 'member')
  const member = {
    peer_id: fields.peerId('peer_id'),
    online: fields.flag('online'),
    connection: fields.oneOf('connection', CONNECTIONS),
    last_heartbeat_at: fields.orNull('last_heartbeat_at', () => fields.timestamp('last_heartbeat_at')),
    services: fields.list('services', 32, readService),
    last_error: fields.orNull('last_error', () => fields.text('last_error', 256)),
  }
  fields.end()
  return member
}
