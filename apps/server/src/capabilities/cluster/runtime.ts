import type { Logger, Random, Service } from '@stoa/kernel'
import {
  Membership,
  MembershipError,
  type Service as OfferedService,
  type ReadSnapshot,
} from '@stoa/membership'
import { findBootstrap, type ResolveTxt, readInitConnection } from '../../platform/peers/bootstrap.ts'
import type { PeerHost, PeerId } from '../../platform/peers/peers.ts'
import type { Scheduler } from '../../platform/peers/scheduler.ts'
import { SwitchedNetwork } from '../../platform/peers/switched-network.ts'
import type { ClusterConfig, ClusterFolder } from './folder/cluster-folder.ts'
import { ClusterNode } from './node/cluster-node.ts'
import { type Loop, loop } from './node/loop.ts'
import type { ClusterStore } from './node/parts.ts'
import { peerIdOfKey } from './node-key.ts'

/** How a process reaches other nodes. */
export interface PeerAccess {
  /** Makes the network of this node; nothing of it is loaded before. */
  readonly open: (secretKey: Uint8Array) => Promise<{ readonly host: PeerHost; readonly service: Service }>
  readonly resolveTxt: ResolveTxt
  readonly scheduler: Scheduler
  /** Domains and multiaddrs to begin with, besides those of the cluster. */
  readonly connect: readonly string[]
  /** What this node offers to the others. */
  readonly services: () => readonly OfferedService[]
}

export interface RuntimeOptions {
  /** Absent in a process without the role `node`. */
  readonly peers: PeerAccess | undefined
  readonly folder: ClusterFolder
  readonly store: ClusterStore
  readonly random: Random
  readonly log: Logger
  readonly version: string
}

/** The node while it runs. */
export interface RunningNode {
  readonly config: ClusterConfig
  readonly host: PeerHost
  readonly node: ClusterNode
  readonly membership: Membership
}

const WATCH_MS = 2_000

/**
 * Runs the node of this installation for as long as it is of a cluster: begins when `DATA/cluster/cluster.json` appears, begins
 * anew when it changes, takes a snapshot that was handed over in that folder. Without a cluster nothing is loaded and nothing
 * listens.
 */
export class ClusterRuntime implements Service {
  readonly name = 'cluster'
  readonly network: SwitchedNetwork
  readonly #options: RuntimeOptions
  readonly #listeners = new Set<(read: ReadSnapshot) => void>()
  #key: Uint8Array | undefined
  #self: PeerId | undefined
  #running: (RunningNode & { readonly stop: () => Promise<void> }) | undefined
  #seen: { config: string | undefined; snapshot: string | undefined } = {
    config: undefined,
    snapshot: undefined,
  }
  #failure: string | undefined
  #watch: Loop | undefined

  constructor(options: RuntimeOptions) {
    this.#options = options
    this.network = new SwitchedNetwork(() => this.self)
  }

  /** May be read once started, in a process with the role `node`. */
  get self(): PeerId {
    if (this.#self === undefined) throw new Error('The key of this node is not read yet.')
    return this.#self
  }

  get key(): Uint8Array {
    if (this.#key === undefined) throw new Error('The key of this node is not read yet.')
    return this.#key
  }

  /** Known from the beginning: it is asked while the program is put together. */
  get isNode(): boolean {
    return this.#options.peers !== undefined
  }

  get running(): RunningNode | undefined {
    return this.#running
  }

  /** Why it does not run although it should. */
  get failure(): string | undefined {
    return this.#failure
  }

  onMembershipChange(listener: (read: ReadSnapshot) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  async start(): Promise<void> {
    const { peers, folder, log } = this.#options
    if (!peers) return
    this.#key = await folder.nodeKey()
    this.#self = peerIdOfKey(this.#key)
    await folder.writeListening({ peer: this.#self, pid: process.pid, addresses: [] })
    await this.check()
    const failed = (error: unknown) => log.error({ action: 'cluster_watch_failed', error })
    this.#watch = loop(
      peers.scheduler,
      () => WATCH_MS,
      () => this.check(),
      failed,
    )
  }

  async stop(): Promise<void> {
    await this.#watch?.stop()
    await this.#close()
    if (this.isNode) await this.#options.folder.removeListening()
  }

  /** Looks whether the folder says something new, and acts on it. A failure is told and tried again the next time. */
  async check(): Promise<void> {
    const { folder, log } = this.#options
    const config = await folder.configStamp()
    if (config !== this.#seen.config || this.#failure !== undefined) {
      await this.#close()
      try {
        if (config !== undefined) await this.#open()
        this.#failure = undefined
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error)
        if (reason !== this.#failure) log.error({ action: 'cluster_start_failed', reason, error })
        this.#failure = reason
      }
      this.#seen = { config, snapshot: undefined }
    }
    await this.#takeHandedOver()
  }

  async #open(): Promise<void> {
    const { folder, peers, store, random, log, version } = this.#options
    const config = await folder.config()
    if (!config || !peers) return
    const membership = await this.#membershipOf(config)
    const { host, service } = await peers.open(this.key)
    const entries = [...config.connect, ...peers.connect].map(readInitConnection)
    const node = new ClusterNode({
      ...{ host, membership, random, log, store, version },
      ...{ secretKey: this.key, scheduler: peers.scheduler, services: peers.services },
      bootstrap: () => entries.map((entry) => findBootstrap([entry], peers.resolveTxt)),
    })
    const stop = async () => {
      this.network.switchOff()
      await node.stop()
      await service.stop()
    }
    try {
      await service.start(new AbortController().signal)
      await folder.writeListening({ peer: host.self, pid: process.pid, addresses: host.addresses() })
      node.onMembershipChange((read) => {
        for (const listener of [...this.#listeners]) listener(read)
      })
      await node.start()
      this.network.switchOn(host)
      this.#running = { config, host, node, membership, stop }
      log.info({
        action: 'cluster_started',
        cluster: config.clusterId,
        peer: host.self,
        state: node.state.name,
      })
    } catch (error) {
      await stop()
      throw error
    }
  }

  /** With the snapshot that was in force; one that does not fit the system key any more is told and left. */
  async #membershipOf({ clusterId, systemPublicKey }: ClusterConfig): Promise<Membership> {
    const trust = { systemPublicKey }
    const kept = await this.#options.store.snapshot(clusterId)
    try {
      return new Membership({ clusterId, trust, ...(kept ? { kept } : {}) })
    } catch (error) {
      if (!(error instanceof MembershipError)) throw error
      this.#options.log.warn({ action: 'kept_snapshot_refused', reason: error.code, text: error.message })
      return new Membership({ clusterId, trust })
    }
  }

  async #takeHandedOver(): Promise<void> {
    const { folder, log } = this.#options
    const snapshot = await folder.snapshotStamp()
    if (!this.#running || snapshot === this.#seen.snapshot) return
    this.#seen = { ...this.#seen, snapshot }
    const bytes = await folder.snapshot()
    if (!bytes) return
    try {
      await this.#running.node.take(bytes)
    } catch (error) {
      const reason = error instanceof MembershipError ? error.code : String(error)
      if (reason !== 'membership.stale') log.warn({ action: 'refuse_snapshot', from: 'folder', reason })
    }
  }

  async #close(): Promise<void> {
    const running = this.#running
    this.#running = undefined
    await running?.stop()
  }
}
