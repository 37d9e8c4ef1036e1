import type { Membership } from './membership.ts'

/** SPEC B1: not in the member table; a member that sees no majority; a member among a majority. */
export type NodeStateName = 'unconfigured' | 'degraded' | 'healthy'

/** How a node stands in its cluster (STATE-1, STATE-2). */
export interface NodeState {
  readonly name: NodeStateName
  /** When it became so, in milliseconds since 1970. */
  readonly since: number
  /** Members online, this node among them. */
  readonly online: number
  readonly memberCount: number
}

/** The state of the node `self`, of whose fellow members `isOnline` is true (STATE-1). */
export function nodeStateOf(
  membership: Membership,
  self: string,
  isOnline: (peerId: string) => boolean,
): Omit<NodeState, 'since'> {
  const memberCount = membership.members.length
  if (!membership.isMember(self)) return { name: 'unconfigured', online: 0, memberCount }
  const online = membership.members.filter(({ peer_id }) => peer_id === self || isOnline(peer_id)).length
  return { name: online * 2 > memberCount ? 'healthy' : 'degraded', online, memberCount }
}

/** The state after `before`; `since` moves only when the name changes. */
export function nextNodeState(
  before: NodeState | undefined,
  observed: Omit<NodeState, 'since'>,
  now: number,
): NodeState {
  return { ...observed, since: before?.name === observed.name ? before.since : now }
}
