/** Who is connected: the Session service, `aetherflow.session.v1`, with its sweep of what has expired. */
import { SessionService } from '@stoa/contracts/session'
import type { Logger, Service } from '@stoa/kernel'
import { type Served, serve } from '../../platform/rpc/grpc-server.ts'
import { localClient } from '../../platform/rpc/local-client.ts'
import type { RpcClient } from '../../platform/rpc/types.ts'
import { sessionStatuses } from './errors.ts'
import { type SessionServiceInit, sessionHandlers } from './service.ts'
import { MemorySessionStore } from './store/memory.ts'
import { RedisSessionStore, type ScriptRunner } from './store/redis.ts'
import type { SessionStore } from './store/store.ts'

export type { ScriptRunner } from './store/redis.ts'
export type Sessions = RpcClient<typeof SessionService>

export interface SessionsInit extends Omit<SessionServiceInit, 'store'> {
  /** Absent: sessions are kept in memory. */
  readonly redis?: ScriptRunner | undefined
  readonly log: Logger
}

/** The service in this process. */
export interface LocalSessions {
  readonly client: Sessions
  readonly served: Served
  readonly service: Service
}

const SWEEP_MS = 10_000

export function createSessions({ redis, log, ...init }: SessionsInit): LocalSessions {
  const store = redis === undefined ? new MemorySessionStore(init.clock) : new RedisSessionStore(redis)
  const handlers = sessionHandlers({ ...init, store })
  return {
    client: localClient(SessionService, handlers),
    served: serve(SessionService, handlers, sessionStatuses),
    service: sweeper(store, log),
  }
}

function sweeper(store: SessionStore, log: Logger): Service {
  let timer: NodeJS.Timeout | undefined
  let sweeping: Promise<unknown> | undefined
  const sweep = () => {
    sweeping ??= store
      .sweep()
      .catch((error: unknown) => log.warn({ action: 'session_sweep_failed', err: error }))
      .finally(() => {
        sweeping = undefined
      })
  }
  return {
    name: 'sessions',
    start: async () => {
      timer = setInterval(sweep, SWEEP_MS)
    },
    stop: async () => {
      clearInterval(timer)
      await sweeping
    },
  }
}
