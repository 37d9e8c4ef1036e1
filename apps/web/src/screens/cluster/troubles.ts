import type { Cluster, ContentDiagnostics } from '../../data/cluster.ts'
import type { NodeLine } from './nodes.ts'

/** Something whoever runs the node should know, with what it is about. */
export type Trouble =
  | { readonly kind: 'start_failed'; readonly text: string }
  | { readonly kind: 'no_snapshot' }
  | { readonly kind: 'not_member'; readonly peerId: string; readonly addresses: readonly string[] }
  | { readonly kind: 'no_majority'; readonly online: number; readonly members: number }
  | { readonly kind: 'away'; readonly nodes: readonly NodeLine[] }
  | {
      readonly kind: 'behind'
      readonly node: NodeLine
      readonly seconds: number
      readonly missing: number | null
    }
  | { readonly kind: 'over_budget'; readonly bytes: number; readonly budget: number }
  | { readonly kind: 'proof'; readonly until: number; readonly ended: boolean }
  | { readonly kind: 'entries'; readonly faults: Cluster['bootstrap']['faults'] }

/** A comparison comes at least once a minute: what is behind for longer does not come by itself just now. */
const LATE_SECONDS = 120
const PROOF_WARNING_MS = 30 * 86_400_000

/** The gravest first. */
export function troublesOf(
  cluster: Cluster | undefined,
  nodes: readonly NodeLine[],
  content: ContentDiagnostics | undefined,
  now: number,
): Trouble[] {
  return [
    ...standingTroubles(cluster),
    ...nodes.flatMap(lateness),
    ...awayTroubles(cluster, nodes),
    ...(content ? cacheTroubles(content) : []),
    ...proofTroubles(cluster, now),
  ]
}

function standingTroubles(cluster: Cluster | undefined): Trouble[] {
  switch (cluster?.reason?.code) {
    case 'start_failed':
      return [{ kind: 'start_failed', text: cluster.reason.text }]
    case 'no_snapshot':
      return [{ kind: 'no_snapshot' }]
    case 'not_member':
      return [{ kind: 'not_member', peerId: cluster.peer_id ?? '', addresses: cluster.addresses }]
    case 'no_majority':
      return [{ kind: 'no_majority', online: cluster.online, members: cluster.member_count }]
    default:
      return []
  }
}

/** A member that is connected, and that this node does not keep up with. One that is off is told about with the others. */
function lateness(node: NodeLine): Trouble[] {
  const { behind, connection } = node
  if (!node.member || connection === 'none' || behind.kind !== 'behind') return []
  if (behind.seconds < LATE_SECONDS) return []
  return [{ kind: 'behind', node, seconds: behind.seconds, missing: behind.missing }]
}

function awayTroubles(cluster: Cluster | undefined, nodes: readonly NodeLine[]): Trouble[] {
  const away = nodes.filter(
    ({ member, presence }) => member && (presence === 'offline' || presence === 'silent'),
  )
  const faults = cluster?.bootstrap.faults ?? []
  return [
    ...(away.length > 0 ? [{ kind: 'away' as const, nodes: away }] : []),
    // Names that lead nowhere matter only to a node that looks for others.
    ...(faults.length > 0 && cluster?.state !== 'healthy' ? [{ kind: 'entries' as const, faults }] : []),
  ]
}

function cacheTroubles({ cache: { bytes, budget } }: ContentDiagnostics): Trouble[] {
  return bytes > budget ? [{ kind: 'over_budget', bytes, budget }] : []
}

function proofTroubles(cluster: Cluster | undefined, now: number): Trouble[] {
  const end = cluster?.snapshot?.proof_not_after
  if (!end) return []
  const until = Date.parse(end)
  return until - now < PROOF_WARNING_MS ? [{ kind: 'proof', until, ended: until <= now }] : []
}

/** Whether calling the others again may mend it. */
export const isRetried = ({ kind }: Trouble): boolean =>
  kind === 'away' ||
  kind === 'behind' ||
  kind === 'no_majority' ||
  kind === 'no_snapshot' ||
  kind === 'start_failed'
