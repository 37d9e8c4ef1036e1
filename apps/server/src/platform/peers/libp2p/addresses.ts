import { multiaddr } from '@multiformats/multiaddr'
import type { PeerId } from '../peers.ts'

/** The peer that an address ends at, where it names one: the id after the last `/p2p/`. */
export function peerIn(address: string): PeerId | undefined {
  const named = multiaddr(address)
    .getComponents()
    .filter(({ name }) => name === 'p2p')
  return named.at(-1)?.value
}

/** Addresses of one peer together, in the order in which the peers were named. `refuse` hears of those that are none. */
export function byPeer(
  addresses: readonly string[],
  refuse: (address: string, why: string) => void,
): Map<PeerId | undefined, string[]> {
  const peers = new Map<PeerId | undefined, string[]>()
  for (const address of addresses) {
    try {
      const peer = peerIn(address)
      const known = peers.get(peer) ?? []
      if (!known.includes(address)) peers.set(peer, [...known, address])
    } catch (error) {
      refuse(address, error instanceof Error ? error.message : String(error))
    }
  }
  return peers
}
