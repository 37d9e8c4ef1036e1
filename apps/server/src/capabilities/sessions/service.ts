import { timestampFromMs } from '@bufbuild/protobuf/wkt'
import { type SessionService, SessionState, type SessionStats } from '@stoa/contracts/session'
import { type Clock, isUuid, type Random, uuidv7 } from '@stoa/kernel'
import type { RpcHandlers } from '../../platform/rpc/types.ts'
import { invalidSession, SessionError, sessionNotFound } from './errors.ts'
import type { SessionCounters, SessionRecord, SessionStateName, SessionStore } from './store/store.ts'

export interface SessionServiceInit {
  readonly store: SessionStore
  readonly clock: Clock
  readonly random: Random
}

const DEFAULT_TTL_SECONDS = 60
const LONGEST_TTL_SECONDS = 24 * 60 * 60

/** `aetherflow.session.v1` over a store. */
export function sessionHandlers({
  store,
  clock,
  random,
}: SessionServiceInit): RpcHandlers<typeof SessionService> {
  return {
    async createSession({ userId, connectionId, clientIp, metadata, ttlSeconds, tenantId }) {
      checkText({ user_id: userId, connection_id: connectionId })
      const now = clock.now()
      const ttlMs = ttlOf(ttlSeconds) ?? DEFAULT_TTL_SECONDS * 1000
      const session = await store.create({
        ...{ id: uuidv7(clock, random), userId, tenantId, connectionId, clientIp: clientIp.slice(0, 64) },
        ...{ state: 'connecting' as const, createdAt: now, expiresAt: now + ttlMs, ttlMs },
        ...{ metadata: checkMetadata(metadata), stats: NO_COUNTERS },
      })
      if (session.userId !== userId || session.tenantId !== tenantId)
        throw new SessionError('realtime_session.exists', 'This connection has a session of somebody else.')
      return { session: sessionView(session) }
    },

    async getSession({ by }) {
      if (by.case === undefined) throw invalidSession('session_id or connection_id must be given.')
      const session =
        by.case === 'sessionId' ? await store.read(by.value) : await store.readByConnection(by.value)
      if (session === undefined) throw sessionNotFound()
      return { session: sessionView(session) }
    },

    async updateSession({ sessionId, state, metadata, clientIp }) {
      const before = await store.read(sessionId)
      if (before === undefined) throw sessionNotFound()
      const merged = Object.entries({ ...before.metadata, ...metadata }).filter(([, value]) => value !== '')
      const name = STATES[state]
      const session = await store.change(sessionId, {
        ...(name === undefined ? {} : { state: name }),
        ...(Object.keys(metadata).length === 0
          ? {}
          : { metadata: checkMetadata(Object.fromEntries(merged)) }),
        ...(clientIp === undefined ? {} : { clientIp: clientIp.slice(0, 64) }),
      })
      if (session === undefined) throw sessionNotFound()
      return { session: sessionView(session) }
    },

    deleteSession: async ({ sessionId }) => ({ deleted: await store.delete(sessionId) }),

    async listSessions({ userId, tenantId, state, pageSize, pageToken }) {
      if (pageSize > 500) throw invalidSession('page_size may be 500 at most.')
      if (pageToken !== '' && !isUuid(pageToken)) throw invalidSession('page_token is not ours.')
      const limit = pageSize === 0 ? 100 : pageSize
      const page = await store.list(userId || undefined, pageToken || undefined, limit)
      const wanted = STATES[state]
      const sessions = page.sessions
        .filter((session) => tenantId === '' || session.tenantId === tenantId)
        .filter((session) => wanted === undefined || session.state === wanted)
      return { sessions: sessions.map(sessionView), nextPageToken: page.next ?? '', total: page.total }
    },

    async heartbeat({ sessionId, ttlSeconds, stats }) {
      const session = await store.heartbeat(sessionId, ttlOf(ttlSeconds), countersOf(stats))
      if (session === undefined) throw sessionNotFound()
      return { expiresAt: timestampFromMs(session.expiresAt) }
    },
  }
}

const NO_COUNTERS: SessionCounters = {
  messagesSent: 0,
  messagesReceived: 0,
  bytesSent: 0,
  bytesReceived: 0,
  lastHeartbeatAt: 0,
}

const STATES: Readonly<Partial<Record<SessionState, SessionStateName>>> = {
  [SessionState.CONNECTING]: 'connecting',
  [SessionState.ACTIVE]: 'active',
  [SessionState.IDLE]: 'idle',
  [SessionState.DISCONNECTED]: 'disconnected',
}

const STATE_NUMBERS: Readonly<Record<SessionStateName, SessionState>> = {
  connecting: SessionState.CONNECTING,
  active: SessionState.ACTIVE,
  idle: SessionState.IDLE,
  disconnected: SessionState.DISCONNECTED,
}

function checkText(fields: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(fields))
    if (value.length === 0 || value.length > 128 || /[\s\p{Cc}]/u.test(value))
      throw invalidSession(`${name} must have 1 to 128 characters, none of them blank.`)
}

function checkMetadata(metadata: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  if (Object.keys(metadata).length > 32 || JSON.stringify(metadata).length > 4096)
    throw invalidSession('metadata may have 32 entries and 4 KiB at most.')
  return metadata
}

/** Milliseconds; `undefined` for 0. */
function ttlOf(seconds: number): number | undefined {
  if (seconds > LONGEST_TTL_SECONDS)
    throw invalidSession(`ttl_seconds may be ${LONGEST_TTL_SECONDS} at most.`)
  return seconds === 0 ? undefined : seconds * 1000
}

const countersOf = (stats: SessionStats | undefined): SessionCounters => ({
  messagesSent: Number(stats?.messagesSent ?? 0),
  messagesReceived: Number(stats?.messagesReceived ?? 0),
  bytesSent: Number(stats?.bytesSent ?? 0),
  bytesReceived: Number(stats?.bytesReceived ?? 0),
  lastHeartbeatAt: 0,
})

const sessionView = ({ id, stats, ...session }: SessionRecord) => ({
  sessionId: id,
  userId: session.userId,
  tenantId: session.tenantId,
  connectionId: session.connectionId,
  clientIp: session.clientIp,
  state: STATE_NUMBERS[session.state],
  createdAt: timestampFromMs(session.createdAt),
  expiresAt: timestampFromMs(session.expiresAt),
  metadata: { ...session.metadata },
  stats: {
    messagesSent: BigInt(stats.messagesSent),
    messagesReceived: BigInt(stats.messagesReceived),
    bytesSent: BigInt(stats.bytesSent),
    bytesReceived: BigInt(stats.bytesReceived),
    ...(stats.lastHeartbeatAt === 0 ? {} : { lastHeartbeatAt: timestampFromMs(stats.lastHeartbeatAt) }),
  },
})
