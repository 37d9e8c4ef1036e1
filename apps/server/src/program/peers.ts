import type { Cluster, PeerAccess } from '../capabilities/cluster/index.ts'
import { txtResolver } from '../platform/peers/dns/resolve-txt.ts'
import { systemScheduler } from '../platform/peers/scheduler.ts'
import type { Metrics } from '../platform/telemetry/metrics.ts'
import type { Platform } from './platform.ts'

/** Where this process is reached, as far as others may use it. */
interface Offers {
  readonly url: () => string | undefined
  readonly rpcAddress: () => string | undefined
}

/**
 * The way to other nodes, where this process has the role for it. libp2p is loaded by the first `open`: a process outside of
 * any cluster neither waits for it nor carries it.
 */
export function peerAccess({ config, log, events }: Platform, offers: Offers): PeerAccess | undefined {
  if (!config.roles.includes('node')) return undefined
  const { host, port, webSocketPort, announce, connect, mdns, networkMode, nameServers } = config.peers
  return {
    connect,
    scheduler: systemScheduler,
    resolveTxt: txtResolver(nameServers),
    services: () => offered(config.roles, config.http.publicUrl ?? offers.url(), offers.rpcAddress()),
    async open(secretKey) {
      const { createLibp2pHost } = await import('../platform/peers/libp2p/create-libp2p-host.ts')
      return createLibp2pHost({
        ...{ secretKey, log, announce, mdns, networkMode, scheduler: systemScheduler },
        listen: { host, ports: { main: port, webSocket: webSocketPort } },
        onAsked: events.peers.asked,
        onServed: events.peers.served,
      })
    },
  }
}

/** What the heartbeats of this node tell others to be here. */
function offered(roles: readonly string[], url: string | undefined, rpcAddress: string | undefined) {
  const http = url === undefined ? [] : roles.filter((role) => role === 'api' || role === 'gateway')
  const rpc =
    rpcAddress === undefined ? [] : roles.filter((role) => role === 'session' || role === 'statesync')
  return [
    ...http.map((name) => ({ name, endpoint: url ?? '' })),
    ...rpc.map((name) => ({ name, endpoint: rpcAddress ?? '' })),
  ]
}

const STATES = ['unconfigured', 'degraded', 'healthy'] as const

/** Values that are read when somebody asks for them. */
export function measureCluster(metrics: Metrics, { counts }: Pick<Cluster, 'counts'>): void {
  metrics.gauge('cluster_state', '1 for the state that the node is in', ['state'], () => {
    const { state } = counts()
    return STATES.map((name) => ({ labels: { state: name }, value: Number(name === state) }))
  })
  metrics.gauge(
    'cluster_members',
    'Members of the cluster; online: heard lately, this node among them',
    ['presence'],
    () => {
      const { members, online } = counts()
      return [
        { labels: { presence: 'online' }, value: online },
        { labels: { presence: 'offline' }, value: members - online },
      ]
    },
  )
  metrics.gauge('peer_connections', 'Nodes that are connected', ['path'], () => {
    const { direct, relayed } = counts().connections
    return [
      { labels: { path: 'direct' }, value: direct },
      { labels: { path: 'relayed' }, value: relayed },
    ]
  })
  metrics.gauge(
    'cluster_presence_lost',
    'Entries of the presence history that could not be written',
    [],
    () => [{ labels: {}, value: counts().presenceLost }],
  )
}
