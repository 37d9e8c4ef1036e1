import type { ReadSnapshot } from '@stoa/membership'
import { formatInvitation } from './folder/invitation.ts'
import type { MemberView, PeerView } from './node/cluster-node.ts'
import type { ClusterRuntime, RunningNode } from './runtime.ts'
import type { PresenceRow } from './store/cluster-store.ts'

const iso = (milliseconds: number) => new Date(milliseconds).toISOString()

/** The body of `getCluster`. */
export function clusterBody(runtime: ClusterRuntime, version: string) {
  const { running } = runtime
  const state = running?.node.state
  return {
    configured: running !== undefined || runtime.failure !== undefined,
    cluster_id: running?.config.clusterId ?? null,
    peer_id: runtime.isNode ? runtime.self : null,
    state: state?.name ?? ('unconfigured' as const),
    state_since: state ? iso(state.since) : null,
    reason: reasonOf(runtime),
    online: state?.online ?? 0,
    member_count: state?.memberCount ?? 0,
    addresses: [...(running?.host.addresses() ?? [])],
    invitation: running ? invitationOf(running) : null,
    snapshot: running?.membership.current ? snapshotBody(running.membership.current) : null,
    bootstrap: {
      peers: (running?.node.bootstrap.peers ?? []).map(({ peer, addresses }) => ({
        peer_id: peer ?? null,
        addresses: [...addresses],
      })),
      faults: (running?.node.bootstrap.faults ?? []).map((fault) => ({ ...fault })),
    },
    version,
  }
}

/** Others begin at this node, and where it began itself. */
function invitationOf({ config, host }: RunningNode): string {
  const connect = [...new Set([...config.connect, ...host.addresses()])]
  return formatInvitation({ ...config, connect: connect.slice(0, 32) })
}

type Reason = 'no_role' | 'no_cluster' | 'start_failed' | 'no_snapshot' | 'not_member' | 'no_majority'

/** Why the node is not healthy, for a person to read (translated by the client); null when it is. */
function reasonOf({ isNode, running, failure }: ClusterRuntime): { code: Reason; text: string } | null {
  if (!isNode) return { code: 'no_role', text: 'This process does not have the role node.' }
  if (failure !== undefined) return { code: 'start_failed', text: failure }
  if (!running) return { code: 'no_cluster', text: 'This installation is in no cluster.' }
  const { node, membership, host } = running
  if (!membership.current)
    return { code: 'no_snapshot', text: 'No node of the cluster has told who its members are.' }
  if (!membership.isMember(host.self))
    return { code: 'not_member', text: `The admin has not added ${host.self} to the cluster.` }
  if (node.state.name === 'healthy') return null
  const { online, memberCount } = node.state
  return { code: 'no_majority', text: `${online} of ${memberCount} members are online.` }
}

function snapshotBody({ snapshot, hash }: ReadSnapshot) {
  return {
    hash: Buffer.from(hash).toString('hex'),
    issued_at: snapshot.issued_at,
    issuer_peer_id: snapshot.issuer_peer_id,
    epoch: snapshot.admin_proof?.epoch ?? 0,
    proof_not_after: snapshot.admin_proof?.not_after ?? null,
    revoked: snapshot.revoked.map((one) => ({ ...one })),
  }
}

export function memberBody(view: MemberView, ours: Uint8Array | undefined) {
  const { heard } = view
  const theirs = heard?.heartbeat.snapshot_hash
  return {
    ...{ peer_id: view.peer_id, name: view.name, addresses: [...view.addresses], added_at: view.added_at },
    ...{ online: view.online, connection: view.connection, address: view.address ?? null },
    round_trip_ms: view.roundTripMs ?? null,
    state: heard?.heartbeat.state ?? null,
    last_heartbeat_at: heard?.heartbeat.sent_at ?? null,
    /** Whether it goes by the same snapshot as this node; null when it has not said. */
    same_snapshot: theirs && ours ? Buffer.compare(theirs, ours) === 0 : null,
    services: view.services.map((service) => ({ ...service })),
    last_error: view.lastError ?? null,
  }
}

export function peerBody({ peer, address, path, since, roundTripMs, member, score }: PeerView) {
  return {
    ...{ peer_id: peer, address, path, member },
    connected_at: iso(since),
    round_trip_ms: roundTripMs ?? null,
    faults: Math.round(score?.faults ?? 0),
    last_fault: score?.reason ?? null,
    banned_until: score?.bannedUntil === undefined ? null : iso(score.bannedUntil),
  }
}

export function presenceBody({ id, peerId, at, kind, address, reason }: PresenceRow) {
  return { id: String(id), peer_id: peerId, at: at.toISOString(), kind, address, reason }
}

/** Where members that are online offer a service, whoever is `self` first. */
export function endpointsOf(
  members: readonly Pick<MemberView, 'peer_id' | 'online' | 'services'>[],
  service: string,
  self: string,
): readonly string[] {
  return members
    .filter(({ online }) => online)
    .toSorted((a, b) => Number(b.peer_id === self) - Number(a.peer_id === self))
    .flatMap(({ services }) =>
      services.filter(({ name }) => name === service).map(({ endpoint }) => endpoint),
    )
}
