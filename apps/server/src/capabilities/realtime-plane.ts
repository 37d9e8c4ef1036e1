/** The realtime plane: StateSync, here or in another process, and the way onto the sockets. */
import { StateSyncService } from '@stoa/contracts/statesync'
import type { Service } from '@stoa/kernel'
import { grpcClient } from '../platform/rpc/grpc-client.ts'
import type { Served } from '../platform/rpc/grpc-server.ts'
import type { House } from './house.ts'
import { createRealtime, documentAccess, type Realtime } from './realtime/index.ts'
import { createStateSync, type StateSync } from './statesync/index.ts'

export interface RealtimePlane {
  readonly realtime: Realtime
  readonly statesync: StateSync
  /** What a gRPC server of this process offers. */
  readonly served: readonly Served[]
}

export function createRealtimePlane(house: House): RealtimePlane {
  const { database, clock, random, cache } = house
  const { client: statesync, served, services } = stateSyncOf(house)
  const access = documentAccess(statesync, database)
  const secret = house.deriveKey('realtime-tickets')
  const realtime = createRealtime({ database, cache, clock, random, secret, access })
  return { realtime: { ...realtime, services }, statesync, served }
}

function stateSyncOf({ database, clock, random, log, rpc, onCommit }: House): {
  readonly client: StateSync
  readonly served: readonly Served[]
  readonly services: readonly Service[]
} {
  if (rpc.statesync === 'here') {
    const here = createStateSync({ database, clock, random, log, onCommit, address: rpc.address })
    return { client: here.client, served: [here.served], services: [here.service] }
  }
  const { client, close } = grpcClient(StateSyncService, { target: rpc.statesync, token: rpc.token })
  const service: Service = { name: 'statesync client', start: async () => {}, stop: async () => close() }
  return { client, served: [], services: [service] }
}
