import { decodeClientFrame } from '@stoa/contracts/realtime'
import { type Clock, isStoaError, type Logger, type Random, uuidv7 } from '@stoa/kernel'
import type { Identity } from '../../../capabilities/identity/index.ts'
import type { QuantumOffer } from '../../../capabilities/realtime/index.ts'
import type { Signals } from '../../../platform/bus/signals.ts'
import type { RealtimeTopics } from '../../../platform/bus/topics.ts'
import type { TenantContext } from '../../../platform/database/database.ts'
import type { Authenticator } from '../../../platform/http/authenticator.ts'
import { traceIdOf } from '../../../platform/http/trace.ts'
import { greeted } from '../greeting.ts'
import { type Ask, maxAgeOf, type SessionWatch } from '../session-watch.ts'
import type { ConnectionFacts, SessionRegistry } from '../sessions.ts'
import type { Channel, Receiver } from '../socket.ts'
import { EventFrames, type MessageFor } from './event-frames.ts'
import { Presence } from './presence.ts'
import { PING_MS, TopicConnection } from './topic-connection.ts'

export interface TopicSocketsInit {
  readonly topics: RealtimeTopics
  readonly messageFor: MessageFor
  readonly authenticator: Authenticator
  readonly identity: Pick<Identity, 'isCurrent'>
  readonly sessions: SessionRegistry
  readonly signals: Signals
  readonly watch: SessionWatch
  readonly clock: Clock
  readonly random: Random
  readonly log: Logger
  /** Where clients may come by UDP, once that is known. */
  readonly quantumOffer: () => QuantumOffer | undefined
}

/** What the upgrade request said of the client. */
type ClientFacts = Pick<ConnectionFacts, 'clientIp' | 'traceparent'>

/** The clients of `/realtime/v1` on this gateway. */
export class TopicSockets {
  readonly #init: TopicSocketsInit
  readonly #frames: EventFrames
  readonly #presence: Presence
  readonly #connections = new Set<TopicConnection>()

  constructor(init: TopicSocketsInit) {
    this.#init = init
    this.#frames = new EventFrames(init.messageFor, init.log)
    this.#presence = new Presence({ signals: init.signals, gatewayId: uuidv7(init.clock, init.random) })
  }

  get size(): number {
    return this.#connections.size
  }

  close(): void {
    for (const connection of [...this.#connections]) connection.end('restarting', 'The server restarts.')
    this.#presence.close()
  }

  /** A channel whose client has yet to say who it is. */
  open(channel: Channel, client: ClientFacts, admit: (context: TenantContext) => boolean): Receiver {
    const greet = async (first: Uint8Array) => {
      const greeting = await this.#greet(channel, first)
      if (greeting === undefined) return undefined
      if (admit(greeting.context)) return this.#enter(channel, client, greeting)
      channel.close('limited', 'Too many connections.')
      return undefined
    }
    return greeted(channel, { greet, log: this.#init.log })
  }

  async #greet(
    channel: Channel,
    bytes: Uint8Array,
  ): Promise<{ context: TenantContext; expiresAt: number } | undefined> {
    try {
      const frame = decodeClientFrame(bytes)
      if (frame.kind === 'hello')
        return {
          context: await this.#init.authenticator.verify(frame.token),
          expiresAt: expiryOf(frame.token),
        }
      channel.close('malformed', 'Say hello first.')
    } catch (error) {
      if (isStoaError(error)) channel.close('unauthenticated', error.message)
      else channel.close('malformed', error instanceof Error ? error.message : 'unreadable')
    }
    return undefined
  }

  #enter(
    channel: Channel,
    client: ClientFacts,
    { context, expiresAt }: { context: TenantContext; expiresAt: number },
  ): Receiver {
    const { topics, authenticator, sessions, watch, clock, random, log } = this.#init
    const connectionId = uuidv7(clock, random)
    const connection = new TopicConnection({
      ...{ id: connectionId, context, expiresAt, channel, topics, authenticator, expiryOf },
      ...{ frames: this.#frames, presence: this.#presence, quantum: this.#init.quantumOffer() },
      log: log.child({
        tenant_id: context.tenantId,
        account_id: context.accountId,
        connection_id: connectionId,
        ...(client.traceparent === undefined ? {} : { trace_id: traceIdOf(client.traceparent) }),
      }),
    })
    this.#connections.add(connection)
    const beat = () => void sessions.beat({ ...client, connectionId, context })
    beat()
    const beats = setInterval(beat, PING_MS)
    const unwatch = watch.watch({ context, recheck: (ask) => this.#recheck(connection, ask) })
    return {
      receive: (bytes) => connection.receive(bytes),
      closed: () => {
        clearInterval(beats)
        unwatch()
        this.#connections.delete(connection)
        connection.closed()
        void sessions.end(connectionId)
      },
    }
  }

  async #recheck(connection: TopicConnection, ask: Ask): Promise<void> {
    if (connection.isExpired(this.#init.clock.now()))
      connection.end('unauthenticated', 'The token has expired.')
    else if (!(await this.#init.identity.isCurrent(connection.context, maxAgeOf(ask))))
      connection.end('unauthenticated', 'The session has ended.')
  }
}

/** When a token that was verified ends; Unix milliseconds. */
function expiryOf(token: string): number {
  const [, payload = ''] = token.split('.')
  const { exp } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { exp: number }
  return exp * 1000
}
