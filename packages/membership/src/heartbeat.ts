import { decodeCanonical, encodeCanonical, type Plain } from './canonical.ts'
import { MembershipError } from './errors.ts'
import { Fields } from './fields.ts'
import type { Membership } from './membership.ts'
import type { NodeStateName } from './node-state.ts'
import { peerIdKey, peerIdOfSecret } from './peer-id.ts'
import { CLUSTER_ID_LENGTH } from './proof.ts'
import type { ReplayWindow } from './replay-window.ts'
import { checkSeal, type Sealed, SIGNATURE_BYTES, seal } from './sealed.ts'
import { portable, type SignatureScheme } from './signature.ts'

/** Something that a node offers others. */
export type Service = {
  /** E.g. `gateway`. */
  readonly name: string
  /** Where it is reached: a URL or multiaddr. */
  readonly endpoint: string
}

/** A member says every 30 seconds that it lives, what it offers, and which snapshot it goes by. */
export type Heartbeat = Sealed<{
  readonly cluster_id: string
  readonly peer_id: string
  readonly sent_at: string
  readonly state: NodeStateName
  readonly services: readonly Service[]
  /** SHA-256 of the snapshot in force there; null before the first. */
  readonly snapshot_hash: Uint8Array | null
}>

/** Largest heartbeat, in bytes (FORM-2). */
export const HEARTBEAT_BYTES = 16_384
export const NODE_STATES: readonly NodeStateName[] = ['unconfigured', 'degraded', 'healthy']

/** What the sender says; id and signature come with its key. */
export type HeartbeatFields = Omit<Heartbeat, 'sig' | 'peer_id'>

/**
 * A signed heartbeat as bytes. `sent_at` must grow from one to the next (REPLAY-1). @throws MembershipError
 * `membership.malformed` when a field is out of range
 */
export function issueHeartbeat(
  fields: HeartbeatFields,
  nodeSecretKey: Uint8Array,
  {
    peerId = peerIdOfSecret(nodeSecretKey),
    scheme = portable,
  }: { peerId?: string; scheme?: SignatureScheme } = {},
): Uint8Array {
  const bytes = encodeCanonical(seal('heartbeat', { ...fields, peer_id: peerId }, nodeSecretKey, scheme))
  readHeartbeat(bytes, scheme)
  return bytes
}

/** Form and signature; `takeHeartbeat` also asks whether to listen to it. */
export function readHeartbeat(bytes: Uint8Array, scheme: SignatureScheme = portable): Heartbeat {
  const fields = new Fields(decodeCanonical(bytes, HEARTBEAT_BYTES), 'heartbeat')
  const heartbeat = {
    cluster_id: fields.text('cluster_id', CLUSTER_ID_LENGTH),
    peer_id: fields.peerId('peer_id'),
    sent_at: fields.timestamp('sent_at'),
    state: fields.oneOf('state', NODE_STATES),
    services: fields.list('services', 32, readService),
    snapshot_hash: fields.orNull('snapshot_hash', () => fields.bytes('snapshot_hash', 32)),
    sig: fields.bytes('sig', SIGNATURE_BYTES),
  }
  fields.end()
  checkSeal('heartbeat', heartbeat, peerIdKey(heartbeat.peer_id), scheme)
  return heartbeat
}

export function readService(value: Plain): Service {
  const fields = new Fields(value, 'service')
  const service = { name: fields.text('name', 64), endpoint: fields.text('endpoint', 256) }
  fields.end()
  return service
}

/** A heartbeat that counts: of this cluster, by the member that sent it, in the window, for the first time (BEAT-1). */
export function takeHeartbeat(
  bytes: Uint8Array,
  {
    from,
    membership,
    replays,
    now,
    scheme = portable,
  }: { from: string; membership: Membership; replays: ReplayWindow; now: number; scheme?: SignatureScheme },
): Heartbeat {
  membership.requireMember(from)
  const heartbeat = readHeartbeat(bytes, scheme)
  if (heartbeat.cluster_id !== membership.clusterId)
    throw new MembershipError('membership.wrong_cluster', `The heartbeat is of ${heartbeat.cluster_id}.`)
  if (heartbeat.peer_id !== from)
    throw new MembershipError('membership.wrong_sender', `${from} sent a heartbeat of ${heartbeat.peer_id}.`)
  replays.take(from, heartbeat.sent_at, now)
  return heartbeat
}
