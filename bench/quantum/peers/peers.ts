import type { Peer } from '../programs/channel.ts'
import { datagrams } from './datagrams.ts'
import { quantum, quantumResumed } from './quantum.ts'
import { quiche } from './quiche.ts'
import { tcp, tlsPeer } from './tcp.ts'

export const PEERS: Readonly<Record<string, Peer>> = {
  quantum,
  'quantum-resumed': quantumResumed,
  quiche,
  tcp,
  tls: tlsPeer,
  datagrams,
}

export function peerNamed(name: string): Peer {
  const peer = PEERS[name]
  if (!peer) throw new Error(`no peer ${name}; there are ${Object.keys(PEERS).join(', ')}`)
  return peer
}
