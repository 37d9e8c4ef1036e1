import { createHash } from 'node:crypto'
import { SessionError } from '../errors.ts'
import { CHANGE, CREATE, DELETE, HEARTBEAT, MEMBERS, READ, SWEEP } from './scripts.ts'
import type { SessionCounters, SessionPage, SessionRecord, SessionStateName, SessionStore } from './store.ts'

/** What the store needs of a Redis: to run a script it may or may not know yet. */
export interface ScriptRunner {
  evaluate(
    script: { readonly source: string; readonly sha1: string },
    args: readonly string[],
  ): Promise<unknown>
  /** One step of SSCAN. */
  scan(
    set: string,
    cursor: string,
    count: number,
  ): Promise<{ readonly cursor: string; readonly members: readonly string[] }>
}

const SCAN_COUNT = 500

/** Sessions that all processes share; see scripts.ts for the layout. Times are the server's own. */
export class RedisSessionStore implements SessionStore {
  readonly #redis: ScriptRunner

  constructor(redis: ScriptRunner) {
    this.#redis = redis
  }

  async create(session: SessionRecord): Promise<SessionRecord> {
    const { id, connectionId, userId, ttlMs } = session
    const made = await this.#one(CREATE, [id, connectionId, userId, String(ttlMs), ...fieldsOf(session)])
    if (made === undefined)
      throw new SessionError('realtime_session.unavailable', 'The session was not kept.')
    return made
  }

  read(id: string): Promise<SessionRecord | undefined> {
    return this.#one(READ, [id])
  }

  readByConnection(connectionId: string): Promise<SessionRecord | undefined> {
    return this.#one(READ, ['', connectionId])
  }

  change(id: string, { state, metadata, clientIp }: Parameters<SessionStore['change']>[1]) {
    const fields = [
      ...(state === undefined ? [] : ['state', state]),
      ...(metadata === undefined ? [] : ['metadata', JSON.stringify(metadata)]),
      ...(clientIp === undefined ? [] : ['client_ip', clientIp]),
    ]
    return this.#one(CHANGE, [id, ...fields])
  }

  heartbeat(id: string, ttlMs: number | undefined, add: SessionCounters) {
    const counts = [add.messagesSent, add.messagesReceived, add.bytesSent, add.bytesReceived]
    return this.#one(HEARTBEAT, [id, String(ttlMs ?? 0), ...counts.map(String)])
  }

  async delete(id: string): Promise<boolean> {
    return (await this.#run(DELETE, [id])) === 1
  }

  async list(userId: string | undefined, before: string | undefined, limit: number): Promise<SessionPage> {
    const set = userId === undefined ? 'sessions:active' : `sessions:user:${userId}`
    const alive = textsOf(await this.#run(MEMBERS, [set]))
      .sort()
      .reverse()
    const rest = before === undefined ? alive : alive.filter((id) => id < before)
    const page = rest.slice(0, limit)
    const found = await Promise.all(page.map((id) => this.read(id)))
    const sessions = found.filter((session) => session !== undefined)
    return { sessions, next: rest.length > limit ? page.at(-1) : undefined, total: alive.length }
  }

  async sweep(): Promise<number> {
    let forgotten = 0
    const users = new Set<string>()
    for (let cursor = '0'; ; ) {
      const step = await this.#redis.scan('sessions:active', cursor, SCAN_COUNT)
      if (step.members.length > 0) {
        const [gone, alive] = (await this.#run(SWEEP, step.members)) as [number, unknown]
        forgotten += gone
        for (const user of textsOf(alive)) users.add(user)
      }
      cursor = step.cursor
      if (cursor === '0') break
    }
    // Orphans that a crash left beside living sessions of the same person.
    for (const user of users) await this.#run(MEMBERS, [`sessions:user:${user}`])
    return forgotten
  }

  async #one(source: string, args: readonly string[]): Promise<SessionRecord | undefined> {
    const pairs = textsOf(await this.#run(source, args))
    if (pairs.length === 0) return undefined
    const hash = new Map<string, string>()
    for (let i = 0; i + 1 < pairs.length; i += 2) hash.set(pairs[i] ?? '', pairs[i + 1] ?? '')
    return recordOf(hash)
  }

  async #run(source: string, args: readonly string[]): Promise<unknown> {
    try {
      return await this.#redis.evaluate(scriptOf(source), args)
    } catch (cause) {
      throw new SessionError('realtime_session.unavailable', 'The store of sessions does not answer.', {
        cause,
      })
    }
  }
}

const scripts = new Map<string, { source: string; sha1: string }>()

function scriptOf(source: string) {
  const known = scripts.get(source) ?? { source, sha1: createHash('sha1').update(source).digest('hex') }
  scripts.set(source, known)
  return known
}

const textsOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [])

function fieldsOf(session: SessionRecord): string[] {
  return [
    ...['session_id', session.id, 'user_id', session.userId, 'tenant_id', session.tenantId],
    ...['connection_id', session.connectionId, 'client_ip', session.clientIp, 'state', session.state],
    ...['ttl_ms', String(session.ttlMs), 'metadata', JSON.stringify(session.metadata)],
    ...['stats', JSON.stringify(statsFields(session.stats))],
  ]
}

const statsFields = (stats: SessionCounters) => ({
  messages_sent: stats.messagesSent,
  messages_received: stats.messagesReceived,
  bytes_sent: stats.bytesSent,
  bytes_received: stats.bytesReceived,
  last_heartbeat_at: stats.lastHeartbeatAt,
})

function recordOf(hash: ReadonlyMap<string, string>): SessionRecord {
  const text = (name: string) => hash.get(name) ?? ''
  const stats = JSON.parse(text('stats')) as ReturnType<typeof statsFields>
  return {
    id: text('session_id'),
    userId: text('user_id'),
    tenantId: text('tenant_id'),
    connectionId: text('connection_id'),
    clientIp: text('client_ip'),
    state: text('state') as SessionStateName,
    createdAt: Number(text('created_at')),
    expiresAt: Number(text('expires_at')),
    ttlMs: Number(text('ttl_ms')),
    metadata: JSON.parse(text('metadata')) as Record<string, string>,
    stats: {
      messagesSent: stats.messages_sent,
      messagesReceived: stats.messages_received,
      bytesSent: stats.bytes_sent,
      bytesReceived: stats.bytes_received,
      lastHeartbeatAt: stats.last_heartbeat_at,
    },
  }
}
