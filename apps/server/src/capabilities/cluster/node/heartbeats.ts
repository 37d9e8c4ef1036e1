import {
  type Heartbeat,
  issueHeartbeat,
  MembershipError,
  type NodeStateName,
  ReplayWindow,
  takeHeartbeat,
  timestampOf,
} from '@stoa/membership'
import { PeerError } from '../../../platform/peers/errors.ts'
import { nodeSignatures } from '../../../platform/peers/node-signatures.ts'
import type { PeerId, PeerRequest } from '../../../platform/peers/peers.ts'
import { jittered, type Loop, loop } from './loop.ts'
import type { NodeParts } from './parts.ts'
import { HEARTBEAT, LIMITS } from './protocols.ts'
import { refuse } from './refuse.ts'

export const HEARTBEAT_MS = 30_000
const JITTER = 0.1
const GREET_MS = 50
/** Two and a half beats: one may be lost. */
export const SILENT_AFTER_MS = 75_000

/** The last heartbeat taken from a member. */
export interface Heard {
  readonly heartbeat: Heartbeat
  /** By this node's clock. */
  readonly at: number
}

export interface HeartbeatHooks {
  readonly state: () => NodeStateName
  /** A heartbeat was taken; it may name another snapshot than the one in force here. */
  readonly onHeard: (peer: PeerId, heartbeat: Heartbeat) => void
  /** Somebody beats who is no member here: perhaps there is a newer snapshot. */
  readonly onStranger: (peer: PeerId) => void
}

/** Says to connected members every 30 seconds that this node lives, and listens to what they say (B5). */
export class Heartbeats {
  readonly #parts: NodeParts
  readonly #hooks: HeartbeatHooks
  readonly #replays = new ReplayWindow()
  readonly #heard = new Map<PeerId, Heard>()
  readonly #errors = new Map<PeerId, string>()
  /** Connected members that do not speak the protocol; asked again after they reconnect. */
  readonly #mute = new Set<PeerId>()
  readonly #toGreet = new Set<PeerId>()
  #lastSent = 0
  /** The services that the last heartbeat named, as JSON. */
  #named: string | undefined
  #loop: Loop | undefined
  #stops: (() => void)[] = []

  constructor(parts: NodeParts, hooks: HeartbeatHooks) {
    this.#parts = parts
    this.#hooks = hooks
  }

  start(): void {
    const { host, scheduler, random, log } = this.#parts
    const failed = (error: unknown) => log.error({ action: 'heartbeat_failed', error })
    this.#stops = [
      host.handle(HEARTBEAT, (request) => this.#take(request), LIMITS[HEARTBEAT]),
      host.onChange((change) => {
        if (change.kind === 'connected') this.#greet(change.connection.peer, failed)
        else this.#mute.delete(change.peer)
      }),
    ]
    const delay = () => jittered(HEARTBEAT_MS, JITTER, random)
    this.#loop = loop(scheduler, delay, () => this.beat(), failed)
  }

  async stop(): Promise<void> {
    for (const stop of this.#stops.splice(0)) stop()
    await this.#loop?.stop()
  }

  heard(peer: PeerId): Heard | undefined {
    return this.#heard.get(peer)
  }

  lastError(peer: PeerId): string | undefined {
    return this.#errors.get(peer)
  }

  /** Whether it was heard lately. */
  isFresh(peer: PeerId, now: number): boolean {
    return now - (this.#heard.get(peer)?.at ?? Number.NEGATIVE_INFINITY) < SILENT_AFTER_MS
  }

  /** One heartbeat to these, or to all connected members. */
  async beat(only?: readonly PeerId[]): Promise<void> {
    const { host, membership, secretKey, services, scheduler } = this.#parts
    if (!membership.isMember(host.self)) return
    const peers = (only ?? host.connected().map(({ peer }) => peer)).filter(
      (peer) => membership.isMember(peer) && !this.#mute.has(peer),
    )
    if (peers.length === 0) return
    // One time for one message: a second one within the same millisecond would count as replayed.
    this.#lastSent = Math.max(scheduler.now(), this.#lastSent + 1)
    const offered = services()
    this.#named = JSON.stringify(offered)
    const fields = {
      cluster_id: membership.clusterId,
      sent_at: timestampOf(this.#lastSent),
      state: this.#hooks.state(),
      services: offered,
      snapshot_hash: membership.current?.hash ?? null,
    }
    const bytes = issueHeartbeat(fields, secretKey, { peerId: host.self, scheme: nodeSignatures })
    await Promise.all(peers.map((peer) => this.#send(peer, bytes)))
  }

  /** Says at once what is offered here when that is not what was said last. */
  async sayChanges(): Promise<void> {
    if (this.#named !== undefined && this.#named !== JSON.stringify(this.#parts.services())) await this.beat()
  }

  /** Whoever connects hears at once that this node lives; those who come together hear one heartbeat. */
  #greet(peer: PeerId, failed: (error: unknown) => void): void {
    this.#toGreet.add(peer)
    if (this.#toGreet.size > 1) return
    this.#parts.scheduler.after(GREET_MS, () => {
      const peers = [...this.#toGreet]
      this.#toGreet.clear()
      this.beat(peers).catch(failed)
    })
  }

  async #send(peer: PeerId, bytes: Uint8Array): Promise<void> {
    const { host, log } = this.#parts
    try {
      await host.request(peer, HEARTBEAT, bytes)
      this.#errors.delete(peer)
    } catch (error) {
      if (!(error instanceof PeerError)) throw error
      if (error.code === 'peers.not_supported') this.#mute.add(peer)
      const reason = error.reason ?? error.code
      this.#errors.set(peer, reason)
      log.debug({ action: 'send_heartbeat_failed', peer, reason, text: error.message })
    }
  }

  async #take({ peer, body }: PeerRequest): Promise<Uint8Array> {
    const { membership, scheduler } = this.#parts
    const now = scheduler.now()
    try {
      const heartbeat = takeHeartbeat(body, {
        from: peer,
        membership,
        replays: this.#replays,
        now,
        scheme: nodeSignatures,
      })
      this.#heard.set(peer, { heartbeat, at: now })
      this.#hooks.onHeard(peer, heartbeat)
      return new Uint8Array()
    } catch (error) {
      if (error instanceof MembershipError && error.code === 'membership.not_member')
        this.#hooks.onStranger(peer)
      throw refuse(this.#parts, peer, 'heartbeat', error)
    }
  }
}
