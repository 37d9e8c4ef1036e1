/** The cluster: nodes of one operator that know each other, who lives, and what each offers. */
import type { Clock, Logger, Random } from '@stoa/kernel'
import type { Member, NodeStateName } from '@stoa/membership'
import type { Database } from '../../platform/database/database.ts'
import { nodeSignatures } from '../../platform/peers/node-signatures.ts'
import type { PeerId, PeerNetwork } from '../../platform/peers/peers.ts'
import type { Capability } from '../capability.ts'
import { ClusterFolder } from './folder/cluster-folder.ts'
import { sweepPresence } from './jobs.ts'
import { clusterOperations } from './operations/index.ts'
import { ClusterRuntime, type PeerAccess } from './runtime.ts'
import { DatabaseClusterStore, operatorTenant } from './store/cluster-store.ts'
import { endpointsOf } from './views.ts'

export { ClusterError } from './errors.ts'
export { type ClusterConfig, ClusterFolder } from './folder/cluster-folder.ts'
export { formatInvitation, isInvitation, parseInvitation } from './folder/invitation.ts'
export { PULL, PUSH, STATUS } from './node/protocols.ts'
export { peerIdOfKey, publicKeyOfSeed } from './node-key.ts'
export type { PeerAccess } from './runtime.ts'

export interface ClusterComponents {
  readonly database: Database
  readonly clock: Clock
  readonly random: Random
  readonly log: Logger
  readonly dataDir: string
  readonly version: string
  /** Absent in a process without the role `node`. */
  readonly peers: PeerAccess | undefined
  readonly onSwept: (what: string, count: number) => void
}

/** Numbers for metrics. */
export interface ClusterCounts {
  readonly state: NodeStateName
  readonly members: number
  readonly online: number
  readonly connections: { readonly direct: number; readonly relayed: number }
  readonly presenceLost: number
}

export interface Cluster extends Capability {
  /** There from the beginning; while this installation is in no cluster nobody is connected. */
  readonly network: PeerNetwork
  /** Whether this process may be a node at all (role `node`). */
  readonly isNode: boolean
  /** The peer id of this node; may be read once started, with the role `node`. */
  readonly self: PeerId
  readonly clusterId: string | undefined
  isMember(peer: PeerId): boolean
  members(): readonly Member[]
  /** After each snapshot that comes into force. Gives the function that ends it. */
  onMembershipChange(listener: () => void): () => void
  /** Ed25519 with the key of this node, whose public key is in `self`; may be called once started, with the role `node`. */
  sign(message: Uint8Array): Uint8Array
  /** Endpoints at which members that are online offer a service (D4), this node's own first. */
  discover(service: string): readonly string[]
  counts(): ClusterCounts
}

export function createCluster(components: ClusterComponents): Cluster {
  const { database, clock, random, log, dataDir, version, peers, onSwept } = components
  const store = new DatabaseClusterStore(database)
  const folder = new ClusterFolder(dataDir)
  const runtime = new ClusterRuntime({ ...{ peers, folder, store, random, version }, log })
  return {
    name: 'cluster',
    operations: clusterOperations({ runtime, store, version, operator: () => operatorTenant(database) }),
    jobs: [sweepPresence(store, () => clock.now(), onSwept)],
    services: [runtime],
    network: runtime.network,
    get isNode() {
      return runtime.isNode
    },
    get self() {
      return runtime.self
    },
    get clusterId() {
      return runtime.running?.config.clusterId
    },
    isMember: (peer) => runtime.running?.membership.isMember(peer) ?? false,
    members: () => runtime.running?.membership.members ?? [],
    onMembershipChange: (listener) => runtime.onMembershipChange(() => listener()),
    sign: (message) => nodeSignatures.sign(message, runtime.key),
    discover: (service) => endpointsOf(runtime.running?.node.memberViews() ?? [], service, runtime.self),
    counts: () => countsOf(runtime),
  }
}

function countsOf({ running }: ClusterRuntime): ClusterCounts {
  const connections = running?.host.connected() ?? []
  const direct = connections.filter(({ path }) => path === 'direct').length
  return {
    state: running?.node.state.name ?? 'unconfigured',
    members: running?.node.state.memberCount ?? 0,
    online: running?.node.state.online ?? 0,
    connections: { direct, relayed: connections.length - direct },
    presenceLost: running?.node.presenceLost ?? 0,
  }
}
