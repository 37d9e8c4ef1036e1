import type { Checked } from './providers.ts'
import * as read from './values.ts'

/** How this node listens to other nodes, once it is in a cluster. */
export interface PeersConfig {
  readonly host: string
  /** TCP and QUIC; 0 = any free port. */
  readonly port: number
  readonly webSocketPort: number
  /** Multiaddrs by which others reach it, besides those it finds itself. */
  readonly announce: readonly string[]
  /** Domains and multiaddrs of nodes to begin with (`init_connections`). */
  readonly connect: readonly string[]
  readonly mdns: boolean
  readonly networkMode: 'public' | 'private' | 'auto'
  /** Name servers, instead of the machine's. */
  readonly nameServers: readonly string[]
}

export function peers(check: Checked): PeersConfig {
  return {
    host: check('p2pHost', read.address, '0.0.0.0'),
    port: check('p2pPort', read.port, 4100),
    webSocketPort: check('p2pWebSocketPort', read.port, 4101),
    announce: check('p2pAnnounce', read.multiaddrs, []),
    connect: check('p2pConnect', read.initConnections, []),
    mdns: check('p2pMdns', read.flag, true),
    networkMode: check('p2pNetworkMode', read.oneOf(['public', 'private', 'auto']), 'auto'),
    nameServers: check('p2pNameServers', read.items, []),
  }
}
