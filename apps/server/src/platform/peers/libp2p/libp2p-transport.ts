import type { Connection, Libp2p, Stream } from '@libp2p/interface'
import { peerIdFromString } from '@libp2p/peer-id'
import { type Multiaddr, multiaddr } from '@multiformats/multiaddr'
import { PeerError } from '../errors.ts'
import type { PeerConnection, PeerId } from '../peers.ts'
import type { PeerStream, PeerTransport, StreamEvents, TransportEvents } from '../streams.ts'
import { byPeer } from './addresses.ts'
import { attach, Libp2pStream } from './libp2p-stream.ts'

/** Streams a peer may open of one protocol: one is used, more are there for a moment when one was lost. */
const STREAMS_A_PEER = 4

/** Streams over js-libp2p. Made stopped; `start` of the node listens. */
export class Libp2pTransport implements PeerTransport {
  readonly self: PeerId
  readonly #node: Libp2p
  readonly #gate: { admits: (peer: PeerId) => boolean }
  #events: TransportEvents | undefined
  /** Of this turn of the event loop: many ask, and libp2p makes a list of it every time. */
  #connections: readonly PeerConnection[] | undefined

  /** `gate` is asked by the node for every connection. */
  constructor(node: Libp2p, gate: { admits: (peer: PeerId) => boolean }) {
    this.#node = node
    this.#gate = gate
    this.self = node.peerId.toString()
    const changed = () => {
      this.#connections = undefined
    }
    node.addEventListener('connection:open', changed)
    node.addEventListener('connection:close', changed)
    node.addEventListener('peer:connect', ({ detail }) => {
      changed()
      const connection = this.connections().find(({ peer }) => peer === detail.toString())
      if (connection) this.#events?.connected(connection)
    })
    node.addEventListener('peer:disconnect', ({ detail }) => {
      changed()
      this.#events?.disconnected(detail.toString())
    })
    node.addEventListener('peer:discovery', ({ detail: { id, multiaddrs } }) => {
      const addresses = multiaddrs.map(String)
      if (addresses.length > 0) this.#events?.found({ peer: id.toString(), addresses, by: 'mdns' })
    })
  }

  addresses(): readonly string[] {
    return this.#node.getMultiaddrs().map(String)
  }

  connections(): readonly PeerConnection[] {
    if (this.#connections === undefined) {
      this.#connections = this.#listConnections()
      setImmediate(() => {
        this.#connections = undefined
      })
    }
    return this.#connections
  }

  #listConnections(): readonly PeerConnection[] {
    const best = new Map<PeerId, PeerConnection>()
    for (const connection of this.#node.getConnections()) {
      if (connection.status !== 'open') continue
      const view = viewOf(connection)
      if (!best.has(view.peer) || view.path === 'direct') best.set(view.peer, view)
    }
    return [...best.values()]
  }

  listen(events: TransportEvents): void {
    this.#events = events
  }

  accept(protocol: string): void {
    const take = (stream: Stream, connection: Connection) => {
      const adapted = new Libp2pStream(stream)
      const events = this.#events?.stream(connection.remotePeer.toString(), protocol, adapted)
      if (events) attach(stream, events)
      else adapted.reset()
    }
    const options = { maxInboundStreams: STREAMS_A_PEER, runOnLimitedConnection: true, force: true as const }
    void this.#node.handle(protocol, take, options)
  }

  unaccept(protocol: string): void {
    void this.#node.unhandle(protocol)
  }

  async open(peer: PeerId, protocol: string, events: StreamEvents, signal: AbortSignal): Promise<PeerStream> {
    const connection = this.#connectionTo(peer)
    if (!connection) throw new PeerError('peers.unreachable', `Not connected to ${peer}.`)
    try {
      const options = { signal, runOnLimitedConnection: true, maxOutboundStreams: STREAMS_A_PEER }
      const stream = await connection.newStream(protocol, options)
      attach(stream, events)
      return new Libp2pStream(stream)
    } catch (cause) {
      signal.throwIfAborted()
      if (nameOf(cause) === 'UnsupportedProtocolError')
        throw new PeerError('peers.not_supported', `${peer} does not speak ${protocol}.`, { cause })
      throw new PeerError('peers.unreachable', `No stream to ${peer}: ${textOf(cause)}`, { cause })
    }
  }

  async dial(addresses: readonly string[], signal: AbortSignal): Promise<PeerConnection> {
    const reasons: string[] = []
    for (const [peer, theirs] of byPeer(addresses, (address, why) => reasons.push(`${address}: ${why}`))) {
      try {
        return await this.#dialOne(peer, theirs, signal)
      } catch (cause) {
        signal.throwIfAborted()
        reasons.push(`${theirs.join(', ')}: ${textOf(cause)}`)
      }
    }
    throw new PeerError('peers.unreachable', reasons.join('; ') || 'No address to try.')
  }

  async #dialOne(
    peer: PeerId | undefined,
    addresses: string[],
    signal: AbortSignal,
  ): Promise<PeerConnection> {
    if (peer === this.self) throw new Error('That is this node.')
    const known = peer === undefined ? undefined : this.#connectionTo(peer)
    if (known) return viewOf(known)
    const connection = await this.#node.dial(addresses.map(multiaddrOf), { signal })
    return viewOf(connection)
  }

  async disconnect(peer: PeerId): Promise<void> {
    await this.#node.hangUp(peerIdFromString(peer))
  }

  admit(rule: (peer: PeerId) => boolean): void {
    this.#gate.admits = rule
    for (const { peer } of this.connections()) if (!rule(peer)) void this.disconnect(peer).catch(() => {})
  }

  #connectionTo(peer: PeerId): Connection | undefined {
    const open = this.#node
      .getConnections()
      .filter((one) => one.remotePeer.toString() === peer && one.status === 'open')
    return open.find((one) => one.limits === undefined) ?? open[0]
  }
}

function viewOf(connection: Connection): PeerConnection {
  return {
    peer: connection.remotePeer.toString(),
    address: connection.remoteAddr.toString(),
    path: connection.limits === undefined ? 'direct' : 'relayed',
    since: connection.timeline.open,
    roundTripMs: connection.rtt,
  }
}

const multiaddrOf = (address: string): Multiaddr => multiaddr(address)
const nameOf = (error: unknown) => (error instanceof Error ? error.name : undefined)

/** Errors of libp2p may come without any text. */
function textOf(error: unknown): string {
  const text = error instanceof Error ? error.message || error.name : String(error)
  return text.split('\n', 1)[0]!.slice(0, 200)
}
