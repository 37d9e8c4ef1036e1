import { randomBytes } from 'node:crypto'
import { silentLogger, systemClock } from '@stoa/kernel'
import { Membership, MembershipError, type ReadSnapshot, type Status, takeStatus } from '@stoa/membership'
import {
  type ClusterConfig,
  ClusterError,
  type ClusterFolder,
  PULL,
  PUSH,
  STATUS,
} from '../../capabilities/cluster/index.ts'
import type { Config } from '../../config/config.ts'
import { findBootstrap, readInitConnection } from '../../platform/peers/bootstrap.ts'
import { txtResolver } from '../../platform/peers/dns/resolve-txt.ts'
import { PeerError } from '../../platform/peers/errors.ts'
import { createLibp2pHost } from '../../platform/peers/libp2p/create-libp2p-host.ts'
import type { PeerHost } from '../../platform/peers/peers.ts'
import { systemScheduler } from '../../platform/peers/scheduler.ts'

const DIAL_MS = 5_000
const NOTHING = new Uint8Array()

export interface Delivery {
  /** Nodes that have it in force now. */
  readonly accepted: readonly string[]
  readonly refused: readonly { readonly peer: string; readonly reason: string }[]
}

/** A visit to the cluster from a terminal: a peer for some seconds, that asks and pushes and keeps nothing. */
export interface Contact {
  /** With the newest snapshot that any node that was reached has. */
  readonly membership: Membership
  readonly reached: readonly string[]
  push(read: ReadSnapshot): Promise<Delivery>
  /** What each node that was reached says of the cluster, or why it does not. */
  statuses(): Promise<readonly (Status | { readonly peer_id: string; readonly reason: string })[]>
}

/** `secretKey`: whose visit it is; an admin's is answered more than a stranger's. */
export async function visit<T>(
  { config, cluster, folder }: { config: Config; cluster: ClusterConfig; folder: ClusterFolder },
  secretKey: Uint8Array = randomBytes(32),
  work: (contact: Contact) => Promise<T>,
): Promise<T> {
  const { host, service } = await createLibp2pHost({
    secretKey,
    log: silentLogger,
    scheduler: systemScheduler,
  })
  await service.start(new AbortController().signal)
  try {
    const membership = new Membership({
      clusterId: cluster.clusterId,
      trust: { systemPublicKey: cluster.systemPublicKey },
    })
    const handed = await folder.snapshot()
    if (handed) take(membership, handed)
    const reached = await reach(host, membership, beginnings(config, cluster, folder))
    return await work({
      ...{ membership, reached },
      push: (read) => push(host, read),
      statuses: () => Promise.all(reached.map((peer) => statusOf(host, peer, cluster.clusterId))),
    })
  } finally {
    await service.stop()
  }
}

/** Groups of addresses, each of one node: that of this machine, and what each entry names. */
function beginnings(
  config: Config,
  cluster: ClusterConfig,
  folder: ClusterFolder,
): readonly Promise<string[][]>[] {
  const resolve = txtResolver(config.peers.nameServers)
  const here = folder.listening().then((listening) => (listening ? [[...listening.addresses]] : []))
  const named = [...cluster.connect, ...config.peers.connect].map(async (text) => {
    const { peers } = await findBootstrap([readInitConnection(text)], resolve)
    return peers.map(({ addresses }) => [...addresses])
  })
  return [here, ...named]
}

/** Connects to those, then to every member that they tell of. Gives who answered. */
async function reach(
  host: PeerHost,
  membership: Membership,
  groups: readonly Promise<string[][]>[],
): Promise<readonly string[]> {
  const reached = new Set<string>()
  const call = async (addresses: readonly string[]) => {
    try {
      const { peer } = await host.dial(addresses, AbortSignal.timeout(DIAL_MS))
      const bytes = await host.request(peer, PULL, NOTHING)
      reached.add(peer)
      if (bytes.length > 0) take(membership, bytes)
    } catch {
      // Nobody there, or no node of ours: others are asked, too.
    }
  }
  await Promise.all(groups.map(async (group) => Promise.all((await group).map(call))))
  const others = membership.members.filter(
    ({ peer_id, addresses }) => !reached.has(peer_id) && addresses.length > 0,
  )
  await Promise.all(
    others.map(({ peer_id, addresses }) =>
      call(addresses.map((one) => (one.includes('/p2p/') ? one : `${one}/p2p/${peer_id}`))),
    ),
  )
  return [...reached]
}

function take(membership: Membership, bytes: Uint8Array): void {
  try {
    membership.apply(bytes, systemClock.now())
  } catch (error) {
    if (!(error instanceof MembershipError)) throw error
  }
}

async function push(host: PeerHost, read: ReadSnapshot): Promise<Delivery> {
  const accepted: string[] = []
  const refused: { peer: string; reason: string }[] = []
  for (const { peer } of host.connected()) {
    try {
      await host.request(peer, PUSH, read.bytes)
      accepted.push(peer)
    } catch (error) {
      const reason = error instanceof PeerError ? (error.reason ?? error.code) : String(error)
      // Another node was quicker to pass it on, unless there is a newer one.
      if (reason === 'membership.stale' && (await has(host, peer, read))) accepted.push(peer)
      else refused.push({ peer, reason })
    }
  }
  if (accepted.length > 0 || refused.length === 0) return { accepted, refused }
  const reasons = refused.map(({ peer, reason }) => `${peer}: ${reason}`).join('\n  ')
  throw new ClusterError('cluster.unreachable', `No node took the snapshot:\n  ${reasons}`)
}

/** Whether a node goes by this snapshot: asked with its hash it has nothing to answer. */
async function has(host: PeerHost, peer: string, { hash }: ReadSnapshot): Promise<boolean> {
  const answer = await host.request(peer, PULL, hash).catch(() => undefined)
  return answer?.length === 0
}

async function statusOf(host: PeerHost, peer: string, clusterId: string) {
  try {
    return takeStatus(await host.request(peer, STATUS, NOTHING), { from: peer, clusterId })
  } catch (error) {
    const reason = error instanceof PeerError ? (error.reason ?? error.code) : String(error)
    return { peer_id: peer, reason }
  }
}
