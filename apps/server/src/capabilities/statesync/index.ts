/**
 * Documents that several people change at the same time: the StateSync service, `aetherflow.statesync.v1`. Callers use it
 * through `RpcClient<typeof StateSyncService>`, whether it runs in their process or in another one.
 */
import { StateSyncService } from '@stoa/contracts/statesync'
import type { Service } from '@stoa/kernel'
import type { Database } from '../../platform/database/database.ts'
import { type Served, serve } from '../../platform/rpc/grpc-server.ts'
import { localClient } from '../../platform/rpc/local-client.ts'
import type { RpcClient } from '../../platform/rpc/types.ts'
import { StateSyncEngine, type StateSyncEngineInit } from './engine/engine.ts'
import { stateSyncStatuses } from './errors.ts'
import { stateSyncHandlers } from './service.ts'
import { MemoryStateSyncStore } from './store/memory.ts'
import { PostgresStateSyncStore } from './store/postgres.ts'

export type StateSync = RpcClient<typeof StateSyncService>

export interface StateSyncInit extends Omit<StateSyncEngineInit, 'store'> {
  /** Absent: documents are kept in memory and end with the process. */
  readonly database?: Database
}

/** The service in this process. */
export interface LocalStateSync {
  readonly client: StateSync
  /** For a gRPC server. */
  readonly served: Served
  /** To be started before the first call, and stopped after the last. */
  readonly service: Service
}

export function createStateSync({ database, ...init }: StateSyncInit): LocalStateSync {
  const store = database ? new PostgresStateSyncStore(database) : new MemoryStateSyncStore(init.clock)
  const engine = new StateSyncEngine({ ...init, store })
  const handlers = stateSyncHandlers({ ...init, store, engine })
  return {
    client: localClient(StateSyncService, handlers),
    served: serve(StateSyncService, handlers, stateSyncStatuses),
    service: engine,
  }
}
