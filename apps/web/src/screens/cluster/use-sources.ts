import { useQuery } from '@tanstack/react-query'
import {
  type Cluster,
  type ContentDiagnostics,
  clusterMembersQuery,
  clusterPeersQuery,
  clusterQuery,
  contentQuery,
} from '../../data/cluster.ts'
import { type NameOf, namesOf } from './names.ts'
import { type NodeLine, nodeLines } from './nodes.ts'

export interface Sources {
  /** Absent before the first answer, and where another organisation runs this machine. */
  readonly cluster: Cluster | undefined
  /** Another organisation runs this machine. */
  readonly elsewhere: boolean
  readonly content: ContentDiagnostics | undefined
  readonly nodes: readonly NodeLine[]
  readonly nameOf: NameOf
  /** Nothing can be shown yet. */
  readonly pending: boolean
  /** Why nothing, or nothing newer, can be shown. */
  readonly error: Error | null
  /** The oldest answer of those shown. Milliseconds since 1970; of no meaning while nothing is. */
  readonly updatedAt: number
  readonly refetch: () => void
}

/** What the page shows, asked for every few seconds while somebody looks at it. */
export function useSources(): Sources {
  const cluster = useQuery(clusterQuery)
  const elsewhere = cluster.data === null
  const enabled = cluster.data?.configured === true
  const members = useQuery({ ...clusterMembersQuery, enabled })
  const peers = useQuery({ ...clusterPeersQuery, enabled })
  const content = useQuery(contentQuery)
  const asked = [cluster, content, ...(enabled ? [members, peers] : [])]
  const known = enabled ? (members.data?.items ?? []) : []
  return {
    ...{ cluster: cluster.data ?? undefined, elsewhere, content: content.data },
    nodes: nodeLines({
      members: known,
      peers: enabled ? (peers.data?.items ?? []) : [],
      own: cluster.data?.state,
      content: content.data,
    }),
    nameOf: namesOf(known),
    pending: asked.some(({ data, error }) => data === undefined && error === null),
    error: asked.find(({ error }) => error !== null)?.error ?? null,
    updatedAt: Math.min(...asked.map(({ dataUpdatedAt }) => dataUpdatedAt).filter((at) => at > 0)),
    refetch: () => {
      for (const query of asked) void query.refetch()
    },
  }
}
