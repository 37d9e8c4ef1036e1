import type { Logger, Random } from '@stoa/kernel'
import type { Membership, ReadSnapshot, Service } from '@stoa/membership'
import type { Bootstrap } from '../../../platform/peers/bootstrap.ts'
import type { PeerHost, PeerId } from '../../../platform/peers/peers.ts'
import type { Scheduler } from '../../../platform/peers/scheduler.ts'
import type { Scores } from './scores.ts'

/** Something that happened to a member, as this node saw it. */
export interface PresenceEntry {
  readonly peer: PeerId
  readonly at: number
  readonly kind: 'online' | 'offline'
  /** Multiaddr at the other end; null when there is no connection. */
  readonly address: string | null
  readonly reason: string
}

/** An address book that outlives the process. */
export interface KnownPeer {
  readonly peer: PeerId
  readonly addresses: readonly string[]
  readonly seenAt: number
}

/** What a node keeps. */
export interface ClusterStore {
  snapshot(clusterId: string): Promise<Uint8Array | undefined>
  /** Durable when it resolves. */
  keepSnapshot(clusterId: string, read: ReadSnapshot, at: number): Promise<void>
  knownPeers(clusterId: string): Promise<readonly KnownPeer[]>
  keepPeers(clusterId: string, peers: readonly KnownPeer[]): Promise<void>
  addPresence(clusterId: string, entries: readonly PresenceEntry[]): Promise<void>
}

/** What the parts of a node work with. */
export interface NodeParts {
  readonly host: PeerHost
  readonly membership: Membership
  /** Ed25519 seed of this node. */
  readonly secretKey: Uint8Array
  readonly scheduler: Scheduler
  readonly random: Random
  readonly log: Logger
  readonly store: ClusterStore
  readonly scores: Scores
  /** What this node offers, told in its heartbeats. */
  readonly services: () => readonly Service[]
  /** What each of the operator's entries gives: a name server that is slow holds up nobody else. */
  readonly bootstrap: () => readonly Promise<Bootstrap>[]
  /** Version of the program. */
  readonly version: string
}
