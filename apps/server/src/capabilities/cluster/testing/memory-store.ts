import type { ReadSnapshot } from '@stoa/membership'
import type { ClusterStore, KnownPeer, PresenceEntry } from '../node/parts.ts'

/** What a node keeps, in memory. */
export class MemoryClusterStore implements ClusterStore {
  #snapshot: Uint8Array | undefined
  readonly peers = new Map<string, KnownPeer>()
  readonly presence: PresenceEntry[] = []
  /** Batches that were written. */
  batches = 0
  /** Thrown by every write, to see what becomes of it. */
  failure: Error | undefined

  async snapshot(): Promise<Uint8Array | undefined> {
    return this.#snapshot
  }

  async keepSnapshot(_clusterId: string, read: ReadSnapshot): Promise<void> {
    if (this.failure) throw this.failure
    this.#snapshot = read.bytes
  }

  async knownPeers(): Promise<readonly KnownPeer[]> {
    return [...this.peers.values()]
  }

  async keepPeers(_clusterId: string, peers: readonly KnownPeer[]): Promise<void> {
    for (const peer of peers) this.peers.set(peer.peer, peer)
  }

  async addPresence(_clusterId: string, entries: readonly PresenceEntry[]): Promise<void> {
    if (this.failure) throw this.failure
    this.batches++
    this.presence.push(...entries)
  }
}
