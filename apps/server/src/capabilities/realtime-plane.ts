/** The realtime plane: Session and StateSync, here or in other processes, and the way onto the sockets. */
import { SessionService } from '@stoa/contracts/session'
import { StateSyncService } from '@stoa/contracts/statesync'
import type { Service } from '@stoa/kernel'
import { grpcClient } from '../platform/rpc/grpc-client.ts'
import type { Served } from '../platform/rpc/grpc-server.ts'
import type { RpcClient, RpcService } from '../platform/rpc/types.ts'
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
  readonly service: Service
}

export function createRealtimePlane(house: House): RealtimePlane {
  const { database, clock, random, cache, log, rpc, onCommit } = house
  const statesync: Placed<StateSync> =
    rpc.statesync === 'here'
      ? createStateSync({ database, clock, random, log, onCommit, address: rpc.address })
      : elsewhere(StateSyncService, rpc.statesync, rpc.token)
  const sessions: Placed<Sessions> =
    rpc.session === 'here'
      ? createSessions({ clock, random, log, redis: rpc.sessionRedis })
      : elsewhere(SessionService, rpc.session, rpc.token)
  const access = documentAccess(statesync.client, database)
  const secret = house.deriveKey('realtime-tickets')
  const realtime = createRealtime({ database, cache, clock, random, secret, access })
  return {
    realtime: { ...realtime, services: [sessions.service, statesync.service] },
    statesync: statesync.client,
    sessions: sessions.client,
    served: [sessions.served, statesync.served].filter((one) => one !== undefined),
  }
}

function elsewhere<S extends RpcService>(
  description: S,
  target: string,
  token: string | undefined,
): Placed<RpcClient<S>> {
  const { client, close } = grpcClient(description, { target, token })
  const name = `${description.typeName} client`
  return { client, service: { name, start: async () => {}, stop: async () => close() } }
}
