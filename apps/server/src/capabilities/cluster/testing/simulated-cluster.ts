import { createHash } from 'node:crypto'
import { type Logger, seededRandom, silentLogger } from '@stoa/kernel'
import {
  type AdminProof,
  issueAdminProof,
  Membership,
  type MembershipChange,
  peerIdKey,
  peerIdOfSecret,
  type ReadSnapshot,
  timestampOf,
} from '@stoa/membership'
import type { Bootstrap } from '../../../platform/peers/bootstrap.ts'
import { MemoryNetwork } from '../../../platform/peers/memory-network.ts'
import type { PeerHost } from '../../../platform/peers/peers.ts'
import type { Scheduler } from '../../../platform/peers/scheduler.ts'
import { VirtualTime } from '../../../platform/peers/virtual-time.ts'
import { ClusterNode } from '../node/cluster-node.ts'
import { MemoryClusterStore } from './memory-store.ts'

export const CLUSTER = 'reading-group'

/** Keys that are the same in every run. */
export const keyOf = (name: string): Uint8Array =>
  new Uint8Array(createHash('sha256').update(`cluster ${name}`).digest())
export const peerOf = (name: string): string => peerIdOfSecret(keyOf(name))
export const systemPublicKey = peerIdKey(peerOf('system'))

export interface Running {
  readonly name: string
  readonly peer: string
  readonly host: PeerHost
  readonly node: ClusterNode
  readonly membership: Membership
}

/** A cluster of many nodes in one process, on virtual time and a simulated network; what a node keeps outlives it. */
export class SimulatedCluster {
  readonly time = new VirtualTime()
  readonly network: MemoryNetwork
  readonly nodes = new Map<string, Running>()
  /** The services of a node, by its name; just a gateway where nothing is said. */
  readonly offers = new Map<string, readonly string[]>()
  readonly stores = new Map<string, MemoryClusterStore>()
  readonly log: Logger
  readonly #skews = new Map<string, number>()
  readonly #seed: number
  /** What the admin knows. */
  readonly admin = new Membership({ clusterId: CLUSTER, trust: { systemPublicKey } })

  constructor({ seed = 1, log = silentLogger }: { seed?: number; log?: Logger } = {}) {
    this.#seed = seed
    this.log = log
    this.network = new MemoryNetwork({ scheduler: this.time, seed })
  }

  proof(admin = 'admin', { epoch = 1, days = 30, from = -1 } = {}): AdminProof {
    const day = 86_400_000
    const now = this.time.now()
    const fields = {
      cluster_id: CLUSTER,
      peer_id: peerOf(admin),
      epoch,
      not_before: timestampOf(now + from * day),
      not_after: timestampOf(now + days * day),
    }
    return issueAdminProof(fields, keyOf('system'))
  }

  /** The next snapshot of the admin, in force with the admin alone so far. */
  issue(change: MembershipChange, admin = 'admin', proof = this.proof(admin)): ReadSnapshot {
    const next = this.admin.next(change, { secretKey: keyOf(admin), proof }, this.time.now())
    this.admin.apply(next.bytes, this.time.now())
    return next
  }

  /** A snapshot with exactly these members in it, by name. */
  issueMembers(names: readonly string[]): ReadSnapshot {
    return this.issue({
      add: names.map((name) => ({ peer_id: peerOf(name), name, addresses: [addressOf(name)] })),
    })
  }

  /** How far a node's clock is off, in milliseconds. */
  skew(name: string, milliseconds: number): void {
    this.#skews.set(name, milliseconds)
  }

  /** Starts a node, or starts it again; it knows the addresses of these. */
  async start(name: string, bootstrap: readonly string[] = []): Promise<Running> {
    const peer = peerOf(name)
    const scheduler = this.#clockOf(name)
    const host = this.network.node(peer, { scheduler, log: this.log })
    const store = this.stores.get(name) ?? new MemoryClusterStore()
    this.stores.set(name, store)
    const kept = await store.snapshot()
    const membership = new Membership({
      clusterId: CLUSTER,
      trust: { systemPublicKey },
      ...(kept ? { kept } : {}),
    })
    const random = seededRandom(this.#seed * 1000 + this.nodes.size)
    const node = new ClusterNode({
      ...{ host, membership, scheduler, random, store },
      log: this.log.child({ node: name }),
      secretKey: keyOf(name),
      services: () =>
        (this.offers.get(name) ?? ['gateway']).map((one) => ({
          name: one,
          endpoint: `http://${name}.example`,
        })),
      bootstrap: () => [Promise.resolve(bootstrapOf(bootstrap))],
      version: '1.2.3',
    })
    await node.start()
    const running = { name, peer, host, node, membership }
    this.nodes.set(name, running)
    return running
  }

  /** As when the process is killed: nothing is written any more. */
  kill(name: string): void {
    this.network.stop(peerOf(name))
    const running = this.nodes.get(name)
    this.nodes.delete(name)
    // Its timers go on in this process; without its host they reach nobody.
    void running?.node.stop()
  }

  get(name: string): Running {
    const running = this.nodes.get(name)
    if (!running) throw new Error(`${name} does not run.`)
    return running
  }

  /** The hash of the snapshot in force and the state, of every node that runs. */
  views(): Record<string, string> {
    return Object.fromEntries(
      [...this.nodes].map(([name, { node, membership }]) => {
        const hash = Buffer.from(membership.current?.hash ?? []).toString('hex', 0, 4)
        return [name, `${hash || 'none'} ${node.state.name} ${node.state.online}/${node.state.memberCount}`]
      }),
    )
  }

  /** Lets time pass until all agree on the snapshot of the admin; gives the milliseconds it took. */
  async converge(withinMs: number): Promise<number> {
    const began = this.time.now()
    const wanted = this.admin.current?.hash ?? new Uint8Array()
    const agree = () =>
      [...this.nodes.values()].every(
        ({ membership }) => Buffer.compare(membership.current?.hash ?? Buffer.of(), wanted) === 0,
      )
    while (!agree()) {
      if (this.time.now() - began > withinMs) throw new Error(`No agreement: ${JSON.stringify(this.views())}`)
      await this.time.advance(500)
    }
    return this.time.now() - began
  }

  #clockOf(name: string): Scheduler {
    return {
      now: () => this.time.now() + (this.#skews.get(name) ?? 0),
      after: (milliseconds, run) => this.time.after(milliseconds, run),
    }
  }
}

export const addressOf = (name: string): string => `/memory/${peerOf(name)}/p2p/${peerOf(name)}`

function bootstrapOf(names: readonly string[]): Bootstrap {
  return { peers: names.map((name) => ({ peer: peerOf(name), addresses: [addressOf(name)] })), faults: [] }
}
