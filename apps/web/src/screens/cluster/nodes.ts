import type { ClusterMember, ClusterPeer, ContentDiagnostics, ContentPeer } from '../../data/cluster.ts'
import { shortId } from './amounts.ts'

export type NodePresence = 'healthy' | 'degraded' | 'unconfigured' | 'online' | 'silent' | 'offline'
/** How far this node is behind another one. `off`: boards are not exchanged; `itself`: nothing to compare. */
export type Behind =
  | { readonly kind: 'off' | 'itself' | 'unknown' }
  | { readonly kind: 'in-step' }
  | { readonly kind: 'behind'; readonly seconds: number; readonly missing: number | null }

/** One line of the table of nodes. */
export interface NodeLine {
  readonly peerId: string
  readonly name: string
  readonly member: boolean
  readonly presence: NodePresence
  readonly connection: ClusterMember['connection']
  readonly roundTripMs: number | null
  readonly behind: Behind
  /** Milliseconds since 1970; `null`: never heard. */
  readonly heardAt: number | null
  /** Codes or words of the network, the gravest first. */
  readonly errors: readonly string[]
  /** Goes by another list of members than this node. */
  readonly otherSnapshot: boolean
}

export interface NodeSources {
  readonly members: readonly ClusterMember[]
  readonly peers: readonly ClusterPeer[]
  /** What this node is by its own account; absent while it is not known. */
  readonly own: NodePresence | undefined
  /** Absent while it is not known. */
  readonly content: ContentDiagnostics | undefined
}

/** This node first, then members that are online, then the others, then guests; by name within each. */
export function nodeLines({ members, peers, own, content }: NodeSources): NodeLine[] {
  const contentPeers = new Map(content?.peers.map((peer) => [peer.peer_id, peer]))
  const isMember = new Set(members.map(({ peer_id }) => peer_id))
  const behind = (id: string, self: boolean): Behind => behindOf(content, contentPeers.get(id), self)
  const lines = [
    ...members.map((one) => memberLine(one, contentPeers.get(one.peer_id), own, behind)),
    ...peers.filter(({ peer_id }) => !isMember.has(peer_id)).map((one) => guestLine(one, behind)),
  ]
  return lines.sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name))
}

type BehindOf = (id: string, self: boolean) => Behind

function memberLine(
  one: ClusterMember,
  peer: ContentPeer | undefined,
  own: NodePresence | undefined,
  behind: BehindOf,
): NodeLine {
  const { peer_id: peerId, connection, last_heartbeat_at: heard } = one
  const self = connection === 'self'
  return {
    ...{ peerId, name: one.name || shortId(peerId), member: true, connection },
    presence: (self && own) || presenceOf(one),
    roundTripMs: one.round_trip_ms,
    behind: behind(peerId, self),
    heardAt: heard === null ? null : Date.parse(heard),
    errors: self ? [] : errorsOf(one, peer),
    otherSnapshot: one.same_snapshot === false,
  }
}

/** Of one that is away only why it cannot be reached: how the last comparison ended follows from that. */
function errorsOf({ connection, last_error: error }: ClusterMember, peer: ContentPeer | undefined): string[] {
  const all = [error, peer?.last_error].filter((one) => one != null)
  return connection === 'none' ? all.slice(0, 1) : all
}

function presenceOf({ connection, online, state }: ClusterMember): NodePresence {
  if (online) return state ?? 'online'
  return connection === 'none' ? 'offline' : 'silent'
}

const guestLine = (one: ClusterPeer, behind: BehindOf): NodeLine => ({
  ...{ peerId: one.peer_id, name: shortId(one.peer_id), member: false, presence: 'online' },
  ...{ connection: one.path, roundTripMs: one.round_trip_ms, heardAt: null, otherSnapshot: false },
  behind: behind(one.peer_id, false),
  errors: one.last_fault === null ? [] : [one.last_fault],
})

/** What is not known is said so: zero is for what a connected node has said and nothing is missing of. */
function behindOf(
  content: ContentDiagnostics | undefined,
  peer: ContentPeer | undefined,
  self: boolean,
): Behind {
  if (self) return { kind: 'itself' }
  if (content && !content.replicating) return { kind: 'off' }
  if (peer?.lag_seconds == null) return { kind: 'unknown' }
  if (peer.lag_seconds === 0 && peer.missing === 0) return { kind: 'in-step' }
  // Never compared: since when something is missing is not known, only since when it was heard.
  if (peer.records === null && peer.in_step_at === null) return { kind: 'unknown' }
  const known = peer.records !== null && peer.path !== null
  return { kind: 'behind', seconds: peer.lag_seconds, missing: known ? peer.missing : null }
}

function rank({ connection, member, presence }: NodeLine): number {
  if (connection === 'self') return 0
  if (!member) return 3
  return presence === 'offline' ? 2 : 1
}

/** Of the members: how many are connected how; and how many others are. */
export function countNodes(lines: readonly NodeLine[]) {
  const count = (is: (line: NodeLine) => boolean) => lines.filter(is).length
  return {
    members: count(({ member }) => member),
    guests: count(({ member }) => !member),
    direct: count(({ connection }) => connection === 'direct'),
    relayed: count(({ connection }) => connection === 'relayed'),
  }
}
