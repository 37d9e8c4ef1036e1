import { createHash } from 'node:crypto'
import { silentLogger, systemRandom } from '@stoa/kernel'
import { Membership } from '@stoa/membership'
import { Plane } from '@stoa/server/capabilities/boards/plane/plane.ts'
import { MemoryShelves } from '@stoa/server/capabilities/boards/plane/testing/memory-shelves.ts'
import { silentCounters } from '@stoa/server/capabilities/boards/plane/testing/silent.ts'
import { nativeSignatures } from '@stoa/server/capabilities/boards/signatures.ts'
import { ClusterNode } from '@stoa/server/capabilities/cluster/node/cluster-node.ts'
import { MemoryClusterStore } from '@stoa/server/capabilities/cluster/testing/memory-store.ts'
import { findBootstrap, readInitConnection } from '@stoa/server/platform/peers/bootstrap.ts'
import { createLibp2pHost } from '@stoa/server/platform/peers/libp2p/create-libp2p-host.ts'
import { systemScheduler } from '@stoa/server/platform/peers/scheduler.ts'

/** What the other members of the cluster are told. */
export interface Members {
  readonly clusterId: string
  readonly systemPublicKey: string
  /** Base64. */
  readonly snapshot: string
  readonly names: readonly string[]
  /** Multiaddr of the node that is measured. */
  readonly address: string
}

/** The key of a member of this name. */
export const keyOf = (name: string): Uint8Array => new Uint8Array(createHash('sha256').update(name).digest())

const bytes = (base64: string): Uint8Array => new Uint8Array(Buffer.from(base64, 'base64'))

/** A node with all it says to others and nothing that it keeps: it calls the measured one, and nobody can call it. */
async function startMember(name: string, told: Members): Promise<void> {
  const secretKey = keyOf(name)
  const shared = { scheduler: systemScheduler, log: silentLogger }
  const { host, service } = await createLibp2pHost({ ...shared, secretKey })
  await service.start(new AbortController().signal)
  const trust = { systemPublicKey: bytes(told.systemPublicKey) }
  const membership = new Membership({ clusterId: told.clusterId, trust, kept: bytes(told.snapshot) })
  const entries = [readInitConnection(told.address)]
  const node = new ClusterNode({
    ...{ ...shared, host, membership, secretKey, random: systemRandom, store: new MemoryClusterStore() },
    ...{ services: () => [], version: '1.0.0' },
    bootstrap: () => [findBootstrap(entries, async () => [])],
  })
  const shelves = new MemoryShelves(name)
  const plane = new Plane({
    ...{ ...shared, network: host, records: shelves, blobs: shelves, signatures: nativeSignatures() },
    members: {
      isMember: (peer) => membership.members.some(({ peer_id }) => peer_id === peer),
      onMembershipChange: (listener) => node.onMembershipChange(listener),
    },
    ...{ counters: silentCounters, draw: () => 0.5, breathe: () => undefined },
  })
  await node.start()
  await plane.start()
}

process.on('message', (told: Members) => {
  void (async () => {
    for (const name of told.names) await startMember(name, told)
  })()
})
process.on('disconnect', () => process.exit(0))
