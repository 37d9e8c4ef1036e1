import type { PeerError } from './errors.ts'

/** A libp2p peer id of an Ed25519 key, in base 58 (KEY-1 of p2pos). It holds the public key. */
export type PeerId = string

export interface PeerConnection {
  readonly peer: PeerId
  /** The multiaddr at the other end. */
  readonly address: string
  readonly path: 'direct' | 'relayed'
  /** When it was made, milliseconds since 1970. */
  readonly since: number
  /** Of the last measurement; `undefined` before the first. */
  readonly roundTripMs: number | undefined
}

export interface PeerRequest {
  /** Who asks: the connection proves that it holds this key. */
  readonly peer: PeerId
  readonly body: Uint8Array
  /** Aborted when the asker gives up or is gone, and at the deadline of the protocol. */
  readonly signal: AbortSignal
}

/**
 * Answers one request. A `PeerRefusal` is told to the asker with its reason; any other error is told as `internal`,
 * without its text.
 */
export type PeerHandler = (request: PeerRequest) => Promise<PeerAnswer>
/** Bytes, or parts of them that follow each other: what is large need not be copied to get a head. Not to be changed afterwards. */
export type PeerAnswer = Uint8Array | readonly Uint8Array[]

export interface ProtocolLimits {
  /** Longest body of a request, in bytes. */
  readonly requestBytes: number
  readonly answerBytes: number
  /** Requests of one peer that are worked on at once; one more is answered `peers.busy`. */
  readonly concurrentPerPeer: number
  /** For one request, from its arrival to its answer. */
  readonly deadlineMs: number
}

export interface RequestOptions {
  readonly signal?: AbortSignal | undefined
  /** For everything, the wait for a free place included. Default: 10 s. */
  readonly deadlineMs?: number | undefined
  /** Longest answer that is taken. Default: that of the protocol's handler here, or else 1 MiB. */
  readonly answerBytes?: number | undefined
  /** Called while this is in flight, whenever the peer sends anything on the stream: it is slow perhaps, but not silent. */
  readonly onProgress?: (() => void) | undefined
}

export type PeerChange =
  | { readonly kind: 'connected'; readonly connection: PeerConnection }
  /** The last connection to this peer is gone. */
  | { readonly kind: 'disconnected'; readonly peer: PeerId }

/**
 * Other nodes, asked and answered. Underneath: one long-lived stream a peer, protocol and direction, with many requests in
 * flight on it; requests above what the peer works on at once wait for a place, in their order.
 */
export interface PeerNetwork {
  readonly self: PeerId
  /** One entry a peer; a direct connection goes before a relayed one. */
  connected(): readonly PeerConnection[]
  /** Gives the function that ends it. */
  onChange(listener: (change: PeerChange) => void): () => void
  /**
   * Answers a protocol (`/name/1.0.0`) from now on, until the function it gives is called. One handler a protocol.
   */
  handle(protocol: string, handler: PeerHandler, limits: ProtocolLimits): () => void
  /**
   * @throws PeerError, never anything else except the signal's reason
   */
  request(peer: PeerId, protocol: string, body: Uint8Array, options?: RequestOptions): Promise<Uint8Array>
}

/** Something a peer did that an honest one does not. */
export interface PeerViolation {
  readonly peer: PeerId
  readonly protocol: string
  readonly reason: 'malformed' | 'too_large' | 'busy'
}

/** A peer that was found without being asked for. */
export interface FoundPeer {
  readonly peer: PeerId
  readonly addresses: readonly string[]
  readonly by: 'mdns'
}

/** The network as the one who runs the node holds it: who is called, who is let in. */
export interface PeerHost extends PeerNetwork {
  /** Where it can be reached, each with `/p2p/` and the peer id. Empty before it started. */
  addresses(): readonly string[]
  /**
   * Connects to one peer under the first of these addresses that answers. An address may name the peer (`…/p2p/ID`); then
   * nobody else is accepted there.
   * @throws PeerError `peers.unreachable` with the reason of each address
   */
  dial(addresses: readonly string[], signal?: AbortSignal): Promise<PeerConnection>
  disconnect(peer: PeerId): Promise<void>
  /** From now on only these are let in, and others that are connected are sent away. */
  admit(rule: (peer: PeerId) => boolean): void
  onFound(listener: (found: FoundPeer) => void): () => void
  onViolation(listener: (violation: PeerViolation) => void): () => void
}

/** The outcome of a request as a label: `ok` or the error's code without `peers.`. */
export type RequestOutcome = 'ok' | PeerOutcome
type PeerOutcome = PeerError['code'] extends `peers.${infer Name}` ? Name : never
