import {
  type Member,
  type NodeState,
  nextNodeState,
  nodeStateOf,
  type ReadSnapshot,
  type Service,
} from '@stoa/membership'
import type { Bootstrap } from '../../../platform/peers/bootstrap.ts'
import type { PeerConnection, PeerId } from '../../../platform/peers/peers.ts'
import { Connector } from './connector.ts'
import { type Heard, Heartbeats } from './heartbeats.ts'
import { jittered, type Loop, loop } from './loop.ts'
import { MembershipExchange } from './membership-exchange.ts'
import type { NodeParts } from './parts.ts'
import { Presence } from './presence.ts'
import { type PeerScore, Scores } from './scores.ts'
import { answerStatus } from './status-report.ts'

const REFRESH_MS = 5_000
/** A newcomer asks for a snapshot with it in it; a member makes sure. */
const CATCH_UP_MS = 60_000
const REMEMBER_MS = 300_000
const FAREWELL_MS = 1_000

/** One member as this node sees it. */
export interface MemberView extends Member {
  readonly online: boolean
  readonly connection: 'self' | 'direct' | 'relayed' | 'none'
  readonly address: string | undefined
  readonly roundTripMs: number | undefined
  readonly heard: Heard | undefined
  readonly services: readonly Service[]
  readonly lastError: string | undefined
}

export interface PeerView extends PeerConnection {
  readonly member: boolean
  readonly score: PeerScore | undefined
}

/**
 * One node of a cluster. Invariants: what is in force was kept before it is acknowledged; only members are sent heartbeats;
 * the state is `nodeStateOf` of members that are connected and were heard lately, this node among them.
 */
export class ClusterNode {
  readonly #parts: NodeParts
  readonly #exchange: MembershipExchange
  readonly #heartbeats: Heartbeats
  readonly #connector: Connector
  readonly #presence: Presence
  readonly #listeners = new Set<(read: ReadSnapshot) => void>()
  #state: NodeState
  #loops: Loop[] = []
  #stops: (() => void)[] = []

  constructor(given: Omit<NodeParts, 'scores'>) {
    const scores = new Scores((peer, { reason }) => this.#ban(peer, reason))
    this.#parts = { ...given, scores }
    this.#state = this.#observed(undefined)
    this.#exchange = new MembershipExchange(this.#parts, (read) => this.#changed(read))
    this.#heartbeats = new Heartbeats(this.#parts, {
      state: () => this.#state.name,
      onHeard: (peer, { snapshot_hash }) => {
        const ours = this.#parts.membership.current?.hash
        if (snapshot_hash && (!ours || Buffer.compare(ours, snapshot_hash) !== 0))
          void this.#exchange.pull(peer)
        this.refresh()
      },
      onStranger: (peer) => void this.#exchange.pull(peer),
    })
    this.#connector = new Connector(this.#parts)
    this.#presence = new Presence(this.#parts)
  }

  async start(): Promise<void> {
    const { host, scheduler, random, log, scores } = this.#parts
    this.#admit()
    this.#exchange.start()
    this.#heartbeats.start()
    this.#presence.start()
    this.#stops = [
      answerStatus(this.#parts, this),
      host.onViolation(({ peer, reason, protocol }) => {
        scores.fault(peer, reason, scheduler.now())
        log.warn({ action: 'peer_violation', peer, protocol, reason })
      }),
      host.onChange(() => this.refresh()),
    ]
    const failed = (error: unknown) => log.error({ action: 'cluster_upkeep_failed', error })
    const every = (milliseconds: number, work: () => Promise<void> | void) =>
      loop(scheduler, () => jittered(milliseconds, 0.2, random), work, failed)
    this.#loops = [
      every(REFRESH_MS, () => {
        this.refresh()
        return this.#heartbeats.sayChanges()
      }),
      every(CATCH_UP_MS, () => this.#exchange.catchUp()),
      every(REMEMBER_MS, () => this.#connector.remember()),
    ]
    await this.#connector.start()
    this.refresh()
  }

  async stop(): Promise<void> {
    for (const stop of this.#stops.splice(0)) stop()
    this.#exchange.stop()
    await Promise.all(this.#loops.splice(0).map((one) => one.stop()))
    await this.#heartbeats.stop()
    await this.#connector.stop()
    for (const { peer_id } of this.#parts.membership.members)
      this.#presence.observe(peer_id, false, null, 'this_node_stopped')
    await this.#presence.stop()
  }

  get state(): NodeState {
    return this.#state
  }

  get bootstrap(): Bootstrap {
    return this.#connector.bootstrap
  }

  get presenceLost(): number {
    return this.#presence.lost
  }

  onMembershipChange(listener: (read: ReadSnapshot) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /** @throws MembershipError why the snapshot is not in force now */
  take(bytes: Uint8Array): Promise<ReadSnapshot> {
    return this.#exchange.take(bytes, undefined)
  }

  retry(): Promise<void> {
    return this.#connector.retry()
  }

  memberViews(): readonly MemberView[] {
    const { host, membership, services, scheduler } = this.#parts
    const connections = new Map(host.connected().map((one) => [one.peer, one]))
    const now = scheduler.now()
    return membership.members.map((member) => {
      const peer = member.peer_id
      const isSelf = peer === host.self
      const connection = connections.get(peer)
      const heard = this.#heartbeats.heard(peer)
      return {
        ...member,
        online: isSelf || (connection !== undefined && this.#heartbeats.isFresh(peer, now)),
        connection: isSelf ? 'self' : (connection?.path ?? 'none'),
        address: connection?.address,
        roundTripMs: connection?.roundTripMs,
        heard,
        services: isSelf ? services() : (heard?.heartbeat.services ?? []),
        lastError:
          this.#heartbeats.lastError(peer) ?? (connection ? undefined : this.#connector.lastError(peer)),
      }
    })
  }

  peerViews(): readonly PeerView[] {
    const { host, membership, scores, scheduler } = this.#parts
    const now = scheduler.now()
    return host.connected().map((connection) => ({
      ...connection,
      member: membership.isMember(connection.peer),
      score: scores.of(connection.peer, now),
    }))
  }

  score(peer: PeerId): PeerScore | undefined {
    return this.#parts.scores.of(peer, this.#parts.scheduler.now())
  }

  /** Looks at who is online, notes who came and went, and draws the state from it. */
  refresh(): void {
    const { log, host } = this.#parts
    for (const { peer_id, online, connection, address, lastError } of this.memberViews()) {
      if (peer_id === host.self) continue
      const reason = online ? 'heartbeat' : connection === 'none' ? 'disconnected' : (lastError ?? 'silent')
      this.#presence.observe(peer_id, online, address ?? null, reason)
    }
    const before = this.#state
    this.#state = this.#observed(before)
    const { name, online, memberCount } = this.#state
    if (before.name !== name)
      log.info({ action: 'node_state', state: name, before: before.name, online, members: memberCount })
  }

  #observed(before: NodeState | undefined): NodeState {
    const { host, membership, scheduler } = this.#parts
    const online = new Set(
      before === undefined
        ? []
        : this.memberViews()
            .filter((one) => one.online)
            .map((one) => one.peer_id),
    )
    const observed = nodeStateOf(membership, host.self, (peer) => online.has(peer))
    return nextNodeState(before, observed, scheduler.now())
  }

  #changed(read: ReadSnapshot): void {
    // Whoever was revoked is heard no more from now on, and sent away when it could hear why.
    this.#parts.scheduler.after(FAREWELL_MS, () => this.#admit())
    this.refresh()
    for (const listener of [...this.#listeners]) listener(read)
    // New members are greeted at once, and called if need be.
    Promise.all([this.#heartbeats.beat(), this.#connector.look()]).catch((error: unknown) =>
      this.#parts.log.error({ action: 'greet_members_failed', error }),
    )
  }

  /** Sets the rule anew, so that those who may not be here any more are sent away. */
  #admit(): void {
    const { host, membership, scores, scheduler } = this.#parts
    host.admit((peer) => !membership.isRevoked(peer) && !scores.isBanned(peer, scheduler.now()))
  }

  #ban(peer: PeerId, reason: string): void {
    this.#parts.log.warn({ action: 'peer_banned', peer, reason })
    this.#admit()
  }
}
