/** The realtime plane: Session and StateSync, here or in other processes, and the way onto the sockets. */
import { SessionService } from '@stoa/contracts/session'
import { StateSyncService } from '@stoa/contracts/statesync'
import type { Service, StoaError } from '@stoa/kernel'
import { type DiscoveryInit, discover } from '../platform/rpc/discovery.ts'
import { grpcClient } from '../platform/rpc/grpc-client.ts'
import type { Served } from '../platform/rpc/grpc-server.ts'
import { RoutedClient } from '../platform/rpc/routed-client.ts'
import type { RpcClient, RpcService } from '../platform/rpc/types.ts'
import type { Cluster } from './cluster/index.ts'
import { type TextChanges, textChanges } from './documents/index.ts'
import type { House } from './house.ts'
import { createRealtime, documentAccess, type Realtime } from './realtime/index.ts'
import { createSessions, type Sessions } from './sessions/index.ts'
import { createStateSync, type StateSync } from './statesync/index.ts'

export interface RealtimePlane {
  readonly realtime: Realtime
  readonly statesync: StateSync
  readonly sessions: Sessions
  /** What a gRPC server of this process offers. */
  readonly served: readonly Served[]
}

/** A service and how it is reached. */
interface Placed<Client> {
  readonly client: Client
  /** Absent where it runs in another process. */
  readonly served?: Served
  readonly services: readonly Service[]
}

/** `cluster`: where services are looked for that the configuration leaves to its nodes. */
export function createRealtimePlane(house: House, cluster: Pick<Cluster, 'discover'>): RealtimePlane {
  const { database, clock, random, cache, quantumOffer } = house
  const statesync = placeStateSync(house, cluster)
  const sessions = placeSessions(house, cluster)
  const access = documentAccess(statesync.client, database)
  const secret = house.deriveKey('realtime-tickets')
  const realtime = createRealtime({ database, cache, clock, random, secret, access, quantumOffer })
  return {
    realtime: { ...realtime, services: [...sessions.services, ...statesync.services] },
    statesync: statesync.client,
    sessions: sessions.client,
    served: [sessions.served, statesync.served].filter((one) => one !== undefined),
  }
}

/** Every document has one owner at a time: calls about it go there (ADR 0015). */
function placeStateSync(
  { database, clock, random, log, onCommit, rpc }: House,
  { discover: find }: Pick<Cluster, 'discover'>,
): Placed<StateSync> {
  const routing = {
    keyOf: (request: unknown) => (request as { documentId?: string }).documentId || undefined,
    placeOf: ({ code, details }: StoaError) =>
      code === 'document.moved' ? textOf(details?.address) : undefined,
    repeatable: (method: string) => method !== 'createDocument',
  }
  if (rpc.statesync !== 'here') {
    const at = { target: rpc.statesync, log, offered: () => find('statesync') }
    return elsewhere(StateSyncService, at, rpc, routing)
  }
  const changes = textChanges({ database, clock, log })
  const { changed: onChanged } = changes
  const local = createStateSync({ database, clock, random, log, onCommit, onChanged, address: rpc.address })
  const routed = new RoutedClient({
    ...routing,
    service: StateSyncService,
    home: local.client,
    ...dialling(StateSyncService, { rpc }),
  })
  return {
    client: routed.client,
    served: local.served,
    services: [reading(changes), local.service, closing(routed)],
  }
}

/** Stops after the service that tells it of changes. */
const reading = ({ stop }: TextChanges): Service => ({ name: 'text changes', start: async () => {}, stop })

function placeSessions(
  { clock, random, log, rpc }: House,
  { discover: find }: Pick<Cluster, 'discover'>,
): Placed<Sessions> {
  if (rpc.session !== 'here') {
    const at = { target: rpc.session, log, offered: () => find('session') }
    return elsewhere(SessionService, at, rpc, { repeatable: (method) => method !== 'createSession' })
  }
  const { client, served, service } = createSessions({ clock, random, log, redis: rpc.sessionRedis })
  return { client, served, services: [service] }
}

type Routing = Pick<ConstructorParameters<typeof RoutedClient>[0], 'keyOf' | 'placeOf' | 'repeatable'>

function elsewhere<S extends RpcService>(
  service: S,
  at: DiscoveryInit,
  rpc: House['rpc'],
  routing: Routing,
): Placed<RpcClient<S>> {
  const discovery = discover(at)
  const routed = new RoutedClient({ ...routing, service, discovery, ...dialling(service, { rpc }) })
  return { client: routed.client, services: [discovery, closing(routed)] }
}

const dialling = <S extends RpcService>(service: S, { rpc }: Pick<House, 'rpc'>) => ({
  dial: (target: string) => grpcClient(service, { target, token: rpc.token }),
  onCircuit: (address: string, open: boolean) => rpc.onCircuit(service.typeName, address, open),
})

const closing = (routed: { close(): void }): Service => ({
  name: 'service client',
  start: async () => {},
  stop: async () => routed.close(),
})

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')
