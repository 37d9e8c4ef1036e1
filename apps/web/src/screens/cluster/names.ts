import type { ClusterMember } from '../../data/cluster.ts'
import { shortId } from './amounts.ts'

/** A node by the name that the cluster gave it; others by the ends of their id. */
export type NameOf = (peerId: string) => string

export function namesOf(members: readonly Pick<ClusterMember, 'peer_id' | 'name'>[]): NameOf {
  const names = new Map(members.map(({ peer_id, name }) => [peer_id, name]))
  return (peerId) => names.get(peerId) || shortId(peerId)
}
