import type { Bootstrap } from '../../../platform/peers/bootstrap.ts'
import { PeerError } from '../../../platform/peers/errors.ts'
import type { PeerId } from '../../../platform/peers/peers.ts'
import { jittered, type Loop, loop } from './loop.ts'
import type { KnownPeer, NodeParts } from './parts.ts'

const LOOK_MS = 5_000
const FIRST_WAIT_MS = 2_000
const LONGEST_WAIT_MS = 60_000
const DIAL_MS = 8_000
const AT_ONCE = 8
/** Nodes found nearby that are called by one that knows no member yet. */
const STRANGERS = 16
/** Names are looked up again so often while members are missing. */
const BOOTSTRAP_MS = 60_000

interface Attempt {
  readonly notBefore: number
  readonly waitMs: number
  readonly error: string
}

/**
 * Keeps this node connected to every member: addresses from the snapshot, from the operator's entries, from the address book
 * of earlier runs and from the local network; failures are retried later and later, up to a minute, with jitter.
 */
export class Connector {
  readonly #parts: NodeParts
  readonly #book = new Map<PeerId, Set<string>>()
  readonly #attempts = new Map<string, Attempt>()
  readonly #dialling = new Set<string>()
  #bootstrap: Bootstrap = { peers: [], faults: [] }
  #bootstrapAt = Number.NEGATIVE_INFINITY
  #loop: Loop | undefined
  #stops: (() => void)[] = []

  constructor(parts: NodeParts) {
    this.#parts = parts
  }

  async start(): Promise<void> {
    const { host, scheduler, random, log, store, membership } = this.#parts
    for (const { peer, addresses } of await store.knownPeers(membership.clusterId))
      this.#learn(peer, addresses)
    this.#stops = [
      host.onFound(({ peer, addresses, by }) => {
        log.debug({ action: 'peer_found', peer, by })
        this.#learn(peer, addresses)
      }),
      host.onChange((change) => {
        const key = change.kind === 'connected' ? change.connection.peer : change.peer
        // Whoever is lost is called again soon, but not by both ends in the same moment.
        const wait = jittered(FIRST_WAIT_MS, 1, random)
        if (change.kind === 'connected') this.#attempts.delete(key)
        else
          this.#attempts.set(key, {
            notBefore: scheduler.now() + wait,
            waitMs: FIRST_WAIT_MS,
            error: 'disconnected',
          })
      }),
    ]
    const delay = () => jittered(LOOK_MS, 0.3, random)
    const failed = (error: unknown) => log.error({ action: 'connect_failed', error })
    this.#loop = loop(scheduler, delay, () => this.look(), failed)
    void this.look().catch(failed)
  }

  async stop(): Promise<void> {
    for (const stop of this.#stops.splice(0)) stop()
    await this.#loop?.stop()
    await this.remember()
  }

  get bootstrap(): Bootstrap {
    return this.#bootstrap
  }

  lastError(peer: PeerId): string | undefined {
    return this.#attempts.get(peer)?.error
  }

  /** Forgets how long to wait: everybody who is missing is called now. */
  async retry(): Promise<void> {
    this.#attempts.clear()
    this.#bootstrapAt = Number.NEGATIVE_INFINITY
    await this.look()
  }

  /** Calls whom it should be connected to and is not. */
  async look(): Promise<void> {
    this.#findBootstrap()
    await this.#callDue()
  }

  async #callDue(): Promise<void> {
    const due = this.#targets().filter(({ key }) => this.#isDue(key))
    const free = Math.max(0, AT_ONCE - this.#dialling.size)
    await Promise.all(due.slice(0, free).map(({ key, addresses }) => this.#call(key, addresses)))
  }

  /** The address book, for the next start. */
  async remember(): Promise<void> {
    const { host, membership, store, scheduler, log } = this.#parts
    const seenAt = scheduler.now()
    const peers: KnownPeer[] = host
      .connected()
      .filter(({ peer }) => membership.isMember(peer))
      .map(({ peer }) => ({ peer, addresses: [...(this.#book.get(peer) ?? [])].slice(0, 16), seenAt }))
      .filter(({ addresses }) => addresses.length > 0)
    try {
      if (peers.length > 0) await store.keepPeers(membership.clusterId, peers)
    } catch (error) {
      log.error({ action: 'keep_peers_failed', error })
    }
  }

  #learn(peer: PeerId, addresses: readonly string[]): void {
    if (peer === this.#parts.host.self) return
    const known = this.#book.get(peer) ?? new Set()
    for (const address of addresses) if (known.size < 32) known.add(address)
    if (this.#book.size < 2000 || this.#book.has(peer)) this.#book.set(peer, known)
  }

  /** Asks what the operator's entries name, and calls those who are named as soon as they are. */
  #findBootstrap(): void {
    const { scheduler, bootstrap, log } = this.#parts
    const now = scheduler.now()
    if (now - this.#bootstrapAt < BOOTSTRAP_MS || this.#isComplete()) return
    this.#bootstrapAt = now
    const round: { peers: Bootstrap['peers'][number][]; faults: Bootstrap['faults'][number][] } = {
      peers: [],
      faults: [],
    }
    for (const entry of bootstrap()) {
      entry
        .then(({ peers, faults }) => {
          round.peers.push(...peers)
          round.faults.push(...faults)
          this.#bootstrap = round
          for (const { peer, addresses } of peers) if (peer !== undefined) this.#learn(peer, addresses)
          for (const fault of faults) log.warn({ action: 'bootstrap_failed', ...fault })
          return this.#callDue()
        })
        .catch((error: unknown) => log.error({ action: 'bootstrap_failed', error }))
    }
  }

  /** A member that is connected to every other one has nobody to look for. */
  #isComplete(): boolean {
    const { host, membership } = this.#parts
    if (!membership.isMember(host.self)) return false
    const connected = new Set(host.connected().map(({ peer }) => peer))
    return membership.members.every(({ peer_id }) => peer_id === host.self || connected.has(peer_id))
  }

  #targets(): { key: string; addresses: readonly string[] }[] {
    const { host, membership } = this.#parts
    const connected = new Set(host.connected().map(({ peer }) => peer))
    const targets = new Map<string, readonly string[]>()
    for (const { peer_id, addresses } of membership.members)
      targets.set(peer_id, [
        ...new Set([...addresses.map((one) => named(one, peer_id)), ...(this.#book.get(peer_id) ?? [])]),
      ])
    if (!membership.isMember(host.self)) {
      // No member yet: whoever may know the snapshot is welcome.
      for (const [peer, addresses] of this.#book)
        if (targets.size < STRANGERS) targets.set(peer, [...addresses])
    }
    for (const { peer, addresses } of this.#bootstrap.peers) {
      const key = peer ?? addresses[0] ?? ''
      if (peer === undefined && connected.size === 0) targets.set(key, addresses)
      if (peer !== undefined && !targets.has(peer)) targets.set(peer, addresses)
    }
    return [...targets]
      .filter(([key, addresses]) => key !== host.self && !connected.has(key) && addresses.length > 0)
      .filter(([key]) => !membership.isRevoked(key))
      .map(([key, addresses]) => ({ key, addresses }))
  }

  #isDue(key: string): boolean {
    const { scheduler } = this.#parts
    return !this.#dialling.has(key) && scheduler.now() >= (this.#attempts.get(key)?.notBefore ?? 0)
  }

  async #call(key: string, addresses: readonly string[]): Promise<void> {
    const { host, scheduler, random, log } = this.#parts
    const controller = new AbortController()
    const cancel = scheduler.after(DIAL_MS, () => controller.abort(new Error('no answer in time')))
    this.#dialling.add(key)
    try {
      const { peer, path, address } = await host.dial(addresses, controller.signal)
      this.#attempts.delete(key)
      this.#learn(peer, addresses)
      log.info({ action: 'peer_connected', peer, path, address })
    } catch (error) {
      const waitMs = Math.min(LONGEST_WAIT_MS, (this.#attempts.get(key)?.waitMs ?? FIRST_WAIT_MS / 2) * 2)
      const reason = error instanceof PeerError || error instanceof Error ? error.message : String(error)
      const notBefore = scheduler.now() + jittered(waitMs, 0.3, random)
      this.#attempts.set(key, { notBefore, waitMs, error: reason.slice(0, 256) })
      log.debug({ action: 'dial_failed', peer: key, reason, retry_ms: waitMs })
    } finally {
      cancel()
      this.#dialling.delete(key)
    }
  }
}

/** Nobody but the member is accepted at its address. */
function named(address: string, peer: PeerId): string {
  return address.includes('/p2p/') ? address : `${address}/p2p/${peer}`
}
