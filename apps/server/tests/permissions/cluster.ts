import type { SomeFixtures } from './fixture.ts'

type ClusterOperation =
  | 'getCluster'
  | 'listClusterMembers'
  | 'listClusterPeers'
  | 'listClusterPresence'
  | 'retryClusterConnections'

const plain = { stranger: 'not found', call: () => ({ input: {} }) } as const

export const cluster: SomeFixtures<ClusterOperation> = {
  getCluster: plain,
  listClusterMembers: plain,
  listClusterPeers: plain,
  listClusterPresence: plain,
  retryClusterConnections: plain,
}
