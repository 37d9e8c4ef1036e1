import type { TenantContext } from '../../../platform/database/database.ts'
import { decodeCursor, takePage } from '../../../platform/http/cursor.ts'
import { type Operation, operation } from '../../../platform/http/operation.ts'
import { clusterNotFound } from '../errors.ts'
import type { ClusterRuntime } from '../runtime.ts'
import type { DatabaseClusterStore } from '../store/cluster-store.ts'
import { clusterBody, memberBody, peerBody, presenceBody } from '../views.ts'

export interface OperationParts {
  readonly runtime: ClusterRuntime
  readonly store: DatabaseClusterStore
  readonly version: string
  /** The organisation whose owners and admins run this installation. */
  readonly operator: () => Promise<string | undefined>
}

/** What the owners and admins of the operator's organisation see of the cluster; for others there is none. */
export function clusterOperations(parts: OperationParts): readonly Operation[] {
  const { runtime, store, version } = parts
  const requireOperator = async ({ tenantId }: TenantContext) => {
    if ((await parts.operator()) !== tenantId) throw clusterNotFound()
  }
  return [
    operation('getCluster', async ({ context }) => {
      await requireOperator(context)
      return { status: 200, body: clusterBody(runtime, version) }
    }),
    operation('listClusterMembers', async ({ context }) => {
      await requireOperator(context)
      const { running } = runtime
      const ours = running?.membership.current?.hash
      const items = (running?.node.memberViews() ?? []).map((view) => memberBody(view, ours))
      return { status: 200, body: { items } }
    }),
    operation('listClusterPeers', async ({ context }) => {
      await requireOperator(context)
      return { status: 200, body: { items: (runtime.running?.node.peerViews() ?? []).map(peerBody) } }
    }),
    operation('listClusterPresence', async ({ context, query }) => {
      await requireOperator(context)
      const { running } = runtime
      if (!running) return { status: 200, body: { items: [], next_cursor: null } }
      const { limit = 50, peer_id: peerId } = query
      const before = decodeCursor(query.cursor, isId)
      const rows = await store.listPresence(running.config.clusterId, { peerId, before, limit: limit + 1 })
      const { rows: items, next_cursor } = takePage(rows, limit, (row) => row.id)
      return { status: 200, body: { items: items.map(presenceBody), next_cursor } }
    }),
    operation('retryClusterConnections', async ({ context }) => {
      await requireOperator(context)
      await runtime.check()
      await runtime.running?.node.retry()
      return { status: 200, body: clusterBody(runtime, version) }
    }),
  ]
}

const isId = (value: unknown): value is number => Number.isSafeInteger(value)
