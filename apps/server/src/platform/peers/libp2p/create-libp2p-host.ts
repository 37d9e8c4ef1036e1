import { generateKeyPairFromSeed } from '@libp2p/crypto/keys'
import { identify, identifyPush } from '@libp2p/identify'
import type { Libp2p } from '@libp2p/interface'
import { mdns } from '@libp2p/mdns'
import { noise } from '@libp2p/noise'
import { ping } from '@libp2p/ping'
import { tcp } from '@libp2p/tcp'
import { webSockets } from '@libp2p/websockets'
import { yamux } from '@libp2p/yamux'
import { multiaddr } from '@multiformats/multiaddr'
import type { Logger, Service } from '@stoa/kernel'
import { createLibp2p } from 'libp2p'
import { createPeerHost, type PeerHostOptions } from '../create-peer-host.ts'
import type { PeerHost, PeerId } from '../peers.ts'
import { type AnnounceMode, announced } from './announce.ts'
import { Libp2pTransport } from './libp2p-transport.ts'
import { freePorts, type Ports } from './ports.ts'

export interface Libp2pHostOptions extends PeerHostOptions {
  readonly log: Logger
  /** Ed25519 seed, 32 bytes: who this node is. */
  readonly secretKey: Uint8Array
  /** Absent: it only calls others. */
  readonly listen?: { readonly host: string; readonly ports: Ports }
  /** Multiaddrs under which it can be reached from elsewhere, e.g. through a forwarded port. */
  readonly announce?: readonly string[]
  readonly networkMode?: AnnounceMode
  /** Look for nodes of the local network, and let them find this one. */
  readonly mdns?: boolean
}

/** New connections a second from one address: several nodes behind one router come back together. */
const CONNECTIONS_A_SECOND = 50
const MAX_CONNECTIONS = 300
const MDNS_INTERVAL_MS = 20_000

/** A node of js-libp2p behind the port: TCP, QUIC where the machine has it, and WebSocket; noise; yamux. */
export async function createLibp2pHost(
  options: Libp2pHostOptions,
): Promise<{ readonly host: PeerHost; readonly service: Service }> {
  const gate = { admits: (_peer: PeerId) => true }
  const quic = await quicTransport(options.log)
  const listen = await listenAddresses(options, quic !== undefined)
  const node = await createLibp2p({
    start: false,
    privateKey: await generateKeyPairFromSeed('Ed25519', options.secretKey),
    addresses: {
      listen,
      appendAnnounce: [...(options.announce ?? [])],
      announceFilter: (addresses) => {
        const kept = new Set(announced(addresses.map(String), options.networkMode ?? 'auto'))
        return addresses.filter((address) => kept.has(address.toString()))
      },
    },
    transports: [tcp(), webSockets(), ...(quic ? [quic] : [])],
    connectionEncrypters: [noise()],
    streamMuxers: [yamux()],
    connectionManager: {
      maxConnections: MAX_CONNECTIONS,
      inboundConnectionThreshold: CONNECTIONS_A_SECOND,
      reconnectRetries: 0,
    },
    connectionGater: {
      // Addresses are given by the operator or stand in a signed snapshot: private ones are as good as others.
      denyDialMultiaddr: () => false,
      denyInboundEncryptedConnection: (peer) => !gate.admits(peer.toString()),
      denyOutboundEncryptedConnection: (peer) => !gate.admits(peer.toString()),
    },
    ...(options.mdns && listen.length > 0
      ? { peerDiscovery: [mdns({ serviceTag: '_stoa._udp.local', interval: MDNS_INTERVAL_MS })] }
      : {}),
    services: { identify: identify(), identifyPush: identifyPush(), ping: ping() },
  })
  const transport = new Libp2pTransport(node, gate)
  return { host: createPeerHost(transport, options), service: serviceOf(node, options) }
}

/** QUIC is a native library: where there is none for this machine the node goes without. */
async function quicTransport(log: Logger) {
  try {
    const { quic } = await import('@chainsafe/libp2p-quic')
    return quic()
  } catch (error) {
    log.warn({ action: 'quic_unavailable', error })
    return undefined
  }
}

async function listenAddresses({ listen, log }: Libp2pHostOptions, quic: boolean): Promise<string[]> {
  if (listen === undefined) return []
  const { host, ports: wanted } = listen
  const ports = await freePorts(host, wanted, quic)
  if (ports.main !== wanted.main || ports.webSocket !== wanted.webSocket)
    log.warn({
      action: 'p2p_port_busy',
      wanted: wanted.main,
      port: ports.main,
      websocket_port: ports.webSocket,
    })
  const at = `/${host.includes(':') ? 'ip6' : 'ip4'}/${host}`
  const udp = `${at}/udp/${ports.main}/quic-v1`
  return [`${at}/tcp/${ports.main}`, ...(quic ? [udp] : []), `${at}/tcp/${ports.webSocket}/ws`].map((one) =>
    multiaddr(one).toString(),
  )
}

function serviceOf(node: Libp2p, { log }: Libp2pHostOptions): Service {
  return {
    name: 'peer network',
    async start() {
      await node.start()
      const addresses = node.getMultiaddrs().map(String)
      log.info({ action: 'p2p_listening', peer: node.peerId.toString(), addresses: addresses.join(' ') })
    },
    stop: async () => void (await node.stop()),
  }
}
