import { SessionState } from '@stoa/contracts/session'
import { isStoaError, type Logger } from '@stoa/kernel'
import type { Sessions } from '../../capabilities/sessions/index.ts'
import type { TenantContext } from '../../platform/database/database.ts'
import { Breaker } from '../../platform/rpc/breaker.ts'

const TTL_SECONDS = 60
const TIMEOUT_MS = 2_000

export interface ConnectionFacts {
  readonly connectionId: string
  readonly clientIp: string
  readonly traceparent: string | undefined
  readonly context: TenantContext
}

/**
 * Tells the Session service who is connected. A service that fails costs no connection: behind the breaker calls fail at once
 * until it answers again, and the next heartbeat makes what it has lost.
 */
export class SessionRegistry {
  readonly #sessions: Sessions
  readonly #log: Logger
  readonly #breaker: Breaker
  readonly #ids = new Map<string, string>()

  constructor(sessions: Sessions, log: Logger, onCircuit: (open: boolean) => void) {
    this.#sessions = sessions
    this.#log = log
    this.#breaker = new Breaker({ onChange: onCircuit, restMs: 5_000 })
  }

  /** Makes the connection's session, or keeps it alive. */
  async beat(facts: ConnectionFacts): Promise<void> {
    await this.#try(async () => {
      const sessionId = this.#ids.get(facts.connectionId)
      const alive = sessionId !== undefined && (await this.#heartbeat(sessionId))
      if (!alive) await this.#create(facts)
    })
  }

  async end(connectionId: string): Promise<void> {
    const sessionId = this.#ids.get(connectionId)
    this.#ids.delete(connectionId)
    if (sessionId !== undefined)
      await this.#try(() => this.#sessions.deleteSession({ sessionId }, { timeoutMs: TIMEOUT_MS }))
  }

  async #create({ connectionId, clientIp, context, traceparent }: ConnectionFacts): Promise<void> {
    const { accountId: userId, tenantId, sessionId: login } = context
    const { session } = await this.#sessions.createSession(
      { userId, tenantId, connectionId, clientIp, ttlSeconds: TTL_SECONDS, metadata: { login } },
      { timeoutMs: TIMEOUT_MS, ...(traceparent === undefined ? {} : { traceparent }) },
    )
    if (session === undefined) return
    this.#ids.set(connectionId, session.sessionId)
    await this.#sessions.updateSession(
      { sessionId: session.sessionId, state: SessionState.ACTIVE },
      { timeoutMs: TIMEOUT_MS },
    )
  }

  async #heartbeat(sessionId: string): Promise<boolean> {
    try {
      await this.#sessions.heartbeat({ sessionId }, { timeoutMs: TIMEOUT_MS })
      return true
    } catch (error) {
      if (isStoaError(error) && error.code === 'realtime_session.not_found') return false
      throw error
    }
  }

  async #try(run: () => Promise<unknown>): Promise<void> {
    try {
      await this.#breaker.run(run)
    } catch (error) {
      this.#log.debug({ action: 'session_service_unavailable', err: error })
    }
  }
}
