import { seededRandom } from '@stoa/kernel'
import { createPeerHost, type PeerHostOptions } from './create-peer-host.ts'
import { PeerError } from './errors.ts'
import type { PeerConnection, PeerHost, PeerId } from './peers.ts'
import type { Scheduler } from './scheduler.ts'
import type { PeerStream, PeerTransport, StreamEvents, TransportEvents } from './streams.ts'

export interface MemoryNetworkOptions {
  readonly scheduler: Scheduler
  readonly seed?: number
  /** One way, drawn anew for every write, which still arrive in order. */
  readonly latencyMs?: readonly [least: number, most: number]
  /** How long it takes until the ends of a broken connection notice. */
  readonly detectMs?: readonly [least: number, most: number]
}

const HIGH_WATER = 256 * 1024
const PREFIX = '/memory/'

/**
 * A network of many nodes in one process, for tests: latency from a seed, connections that break, partitions. Addresses are
 * `/memory/NAME/p2p/NAME`.
 */
export class MemoryNetwork {
  readonly scheduler: Scheduler
  readonly #nodes = new Map<PeerId, MemoryTransport>()
  /** Every link, under both of its ends. */
  readonly #links = new Map<PeerId, Map<PeerId, Link>>()
  readonly #random: () => number
  readonly #latency: readonly [number, number]
  readonly #detect: readonly [number, number]
  /** Number of the part that a node is in; nodes of different parts do not hear each other. */
  #parts = new Map<PeerId, number>()

  constructor({
    scheduler,
    seed = 1,
    latencyMs = [1, 20],
    detectMs = [1_000, 10_000],
  }: MemoryNetworkOptions) {
    this.scheduler = scheduler
    const random = seededRandom(seed)
    this.#random = () => new DataView(random.fill(new Uint8Array(4)).buffer).getUint32(0) / 2 ** 32
    this.#latency = latencyMs
    this.#detect = detectMs
  }

  /** A node that can be reached from now on; one that was stopped comes back under its name. */
  node(self: PeerId, options: Partial<PeerHostOptions> = {}): PeerHost {
    if (this.#nodes.has(self)) throw new Error(`${self} is there already.`)
    const transport = new MemoryTransport(self, this)
    this.#nodes.set(self, transport)
    return createPeerHost(transport, { scheduler: this.scheduler, ...options })
  }

  /** The process of this node is gone, and its connections with it. */
  stop(peer: PeerId): void {
    this.#nodes.delete(peer)
    for (const link of [...(this.#links.get(peer)?.values() ?? [])]) link.break()
  }

  /** Only nodes of the same part hear each other; whoever is in none hears all that are in none. */
  partition(...parts: readonly (readonly PeerId[])[]): void {
    this.#parts = new Map(parts.flatMap((part, i) => part.map((peer) => [peer, i + 1] as const)))
    for (const link of new Set([...this.#links.values()].flatMap((links) => [...links.values()]))) {
      if (this.#hear(link.a, link.b)) continue
      this.scheduler.after(this.#draw(this.#detect), () => {
        if (!this.#hear(link.a, link.b)) link.break()
      })
    }
  }

  heal(): void {
    this.#parts.clear()
  }

  /** Breaks the connection of two nodes, once. */
  cut(a: PeerId, b: PeerId): void {
    this.#between(a, b)?.break()
  }

  connectionsOf(peer: PeerId): readonly PeerConnection[] {
    return [...(this.#links.get(peer)?.values() ?? [])].map((link) => link.seenFrom(peer))
  }

  async dial(from: PeerId, addresses: readonly string[], signal: AbortSignal): Promise<PeerConnection> {
    const reasons: string[] = []
    for (const address of addresses) {
      const peer = address.startsWith(PREFIX) ? address.slice(PREFIX.length).split('/')[0]! : ''
      const known = this.#between(from, peer)
      if (known) return known.seenFrom(from)
      await this.#wait(this.#draw(this.#latency) * 2)
      signal.throwIfAborted()
      const [here, there] = [this.#nodes.get(from), this.#nodes.get(peer)]
      if (here && there && peer !== from && this.#hear(from, peer) && there.admits(from) && here.admits(peer))
        return (this.#between(from, peer) ?? this.#link(here, there)).seenFrom(from)
      reasons.push(`${address}: nobody answers`)
    }
    throw new PeerError('peers.unreachable', reasons.join('; ') || 'No address to try.')
  }

  disconnect(a: PeerId, b: PeerId): void {
    this.#between(a, b)?.break()
  }

  async open(from: PeerId, to: PeerId, protocol: string, events: StreamEvents): Promise<PeerStream> {
    const link = this.#between(from, to)
    if (!link) throw new PeerError('peers.unreachable', `Not connected to ${to}.`)
    await this.#wait(this.#draw(this.#latency) * 2)
    const there = this.#nodes.get(to)
    if (link.isBroken || !there) throw new PeerError('peers.unreachable', `The connection to ${to} is gone.`)
    if (!there.accepts(protocol))
      throw new PeerError('peers.not_supported', `${to} does not speak ${protocol}.`)
    const near = new MemoryStream(this, link)
    const far = new MemoryStream(this, link)
    near.join(far, events)
    far.join(near, there.events.stream(from, protocol, far))
    return near
  }

  /** When bytes that are written now arrive; `undefined`: never. */
  arrival({ a, b }: Link): number | undefined {
    return this.#hear(a, b) ? this.#draw(this.#latency) : undefined
  }

  #link(here: MemoryTransport, there: MemoryTransport): Link {
    const link = new Link(here.self, there.self, this.scheduler.now(), () => {
      this.#links.get(here.self)?.delete(there.self)
      this.#links.get(there.self)?.delete(here.self)
      here.events.disconnected(there.self)
      there.events.disconnected(here.self)
    })
    for (const [one, other] of [
      [here, there],
      [there, here],
    ] as const) {
      const links = this.#links.get(one.self) ?? new Map<PeerId, Link>()
      this.#links.set(one.self, links.set(other.self, link))
    }
    here.events.connected(link.seenFrom(here.self))
    there.events.connected(link.seenFrom(there.self))
    return link
  }

  #between(a: PeerId, b: PeerId): Link | undefined {
    return this.#links.get(a)?.get(b)
  }

  #hear(a: PeerId, b: PeerId): boolean {
    return this.#parts.get(a) === this.#parts.get(b)
  }

  #draw([least, most]: readonly [number, number]): number {
    return Math.round(least + this.#random() * (most - least))
  }

  #wait(milliseconds: number): Promise<void> {
    return new Promise((resolve) => this.scheduler.after(milliseconds, resolve))
  }
}

class Link {
  readonly a: PeerId
  readonly b: PeerId
  readonly streams = new Set<MemoryStream>()
  readonly #since: number
  readonly #onBroken: () => void
  #broken = false

  constructor(a: PeerId, b: PeerId, since: number, onBroken: () => void) {
    this.a = a
    this.b = b
    this.#since = since
    this.#onBroken = onBroken
  }

  get isBroken(): boolean {
    return this.#broken
  }

  seenFrom(self: PeerId): PeerConnection {
    const peer = self === this.a ? this.b : this.a
    return { peer, address: addressOf(peer), path: 'direct', since: this.#since, roundTripMs: undefined }
  }

  break(): void {
    if (this.#broken) return
    this.#broken = true
    for (const stream of [...this.streams]) stream.reset()
    this.#onBroken()
  }
}

/** One end of a stream. */
class MemoryStream implements PeerStream {
  readonly #network: MemoryNetwork
  readonly #link: Link
  #far: MemoryStream | undefined
  #events: StreamEvents | undefined
  #buffered = 0
  #lastArrival = 0
  #open = true
  #drained: PromiseWithResolvers<void> | undefined

  constructor(network: MemoryNetwork, link: Link) {
    this.#network = network
    this.#link = link
    link.streams.add(this)
  }

  join(far: MemoryStream, events: StreamEvents): void {
    this.#far = far
    this.#events = events
  }

  async write(...parts: readonly Uint8Array[]): Promise<void> {
    if (!this.#open) throw new PeerError('peers.closed', 'The stream is closed.')
    const copy = new Uint8Array(Buffer.concat(parts))
    this.#buffered += copy.length
    const delay = this.#network.arrival(this.#link)
    if (delay !== undefined) {
      const { scheduler } = this.#network
      this.#lastArrival = Math.max(this.#lastArrival, scheduler.now() + delay)
      scheduler.after(this.#lastArrival - scheduler.now(), () => this.#deliver(copy))
    }
    if (this.#buffered <= HIGH_WATER) return
    this.#drained ??= Promise.withResolvers()
    await this.#drained.promise
  }

  reset(): void {
    this.end()
    this.#far?.end()
  }

  receive(bytes: Uint8Array): void {
    if (this.#open) this.#events?.data(bytes)
  }

  #deliver(bytes: Uint8Array): void {
    if (!this.#open) return
    this.#buffered -= bytes.length
    if (this.#buffered <= HIGH_WATER) {
      this.#drained?.resolve()
      this.#drained = undefined
    }
    this.#far?.receive(bytes)
  }

  /** This end hears that it is over. */
  end(): void {
    if (!this.#open) return
    this.#open = false
    this.#link.streams.delete(this)
    this.#drained?.promise.catch(() => {})
    this.#drained?.reject(new PeerError('peers.closed', 'The stream is closed.'))
    this.#events?.closed()
  }
}

class MemoryTransport implements PeerTransport {
  readonly self: PeerId
  readonly #network: MemoryNetwork
  readonly #protocols = new Set<string>()
  #admits: (peer: PeerId) => boolean = () => true
  #events: TransportEvents | undefined

  constructor(self: PeerId, network: MemoryNetwork) {
    this.self = self
    this.#network = network
  }

  get events(): TransportEvents {
    return this.#events!
  }

  addresses(): readonly string[] {
    return [addressOf(this.self)]
  }

  connections(): readonly PeerConnection[] {
    return this.#network.connectionsOf(this.self)
  }

  listen(events: TransportEvents): void {
    this.#events = events
  }

  accept(protocol: string): void {
    this.#protocols.add(protocol)
  }

  unaccept(protocol: string): void {
    this.#protocols.delete(protocol)
  }

  accepts(protocol: string): boolean {
    return this.#protocols.has(protocol)
  }

  admits(peer: PeerId): boolean {
    return this.#admits(peer)
  }

  open(peer: PeerId, protocol: string, events: StreamEvents): Promise<PeerStream> {
    return this.#network.open(this.self, peer, protocol, events)
  }

  dial(addresses: readonly string[], signal: AbortSignal): Promise<PeerConnection> {
    return this.#network.dial(this.self, addresses, signal)
  }

  async disconnect(peer: PeerId): Promise<void> {
    this.#network.disconnect(this.self, peer)
  }

  admit(rule: (peer: PeerId) => boolean): void {
    this.#admits = rule
    for (const { peer } of this.connections()) if (!rule(peer)) this.#network.disconnect(this.self, peer)
  }
}

const addressOf = (peer: PeerId) => `${PREFIX}${peer}/p2p/${peer}`
