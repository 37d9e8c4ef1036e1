import type { FoundPeer, PeerConnection, PeerId } from './peers.ts'

/** One stream of bytes, in order, as a transport gives it. */
export interface PeerStream {
  /**
   * Writes parts that follow each other; they are not to be changed afterwards. Resolves when more may be written. Rejects when
   * the stream is closed.
   */
  write(...parts: readonly Uint8Array[]): Promise<void>
  /** Ends it for both sides, at once. */
  reset(): void
}

/** Who listens to a stream. `closed` is the last call and comes once. */
export interface StreamEvents {
  data(bytes: Uint8Array): void
  closed(): void
}

export interface TransportEvents {
  connected(connection: PeerConnection): void
  disconnected(peer: PeerId): void
  /** A peer opened a stream of a protocol that was accepted. */
  stream(peer: PeerId, protocol: string, stream: PeerStream): StreamEvents
  found(found: FoundPeer): void
}

/** What carries streams between peers: libp2p, or memory in tests. */
export interface PeerTransport {
  readonly self: PeerId
  addresses(): readonly string[]
  connections(): readonly PeerConnection[]
  /** Called once, before anything else. */
  listen(events: TransportEvents): void
  /** Streams of this protocol are taken from now on. */
  accept(protocol: string): void
  unaccept(protocol: string): void
  /** @throws PeerError `peers.unreachable`, `peers.not_supported` */
  open(peer: PeerId, protocol: string, events: StreamEvents, signal: AbortSignal): Promise<PeerStream>
  dial(addresses: readonly string[], signal: AbortSignal): Promise<PeerConnection>
  disconnect(peer: PeerId): Promise<void>
  admit(rule: (peer: PeerId) => boolean): void
}
