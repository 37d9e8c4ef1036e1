import type { Clock } from '@stoa/kernel'
import type { SessionCounters, SessionPage, SessionRecord, SessionStore } from './store.ts'

/** Sessions of this process alone. */
export class MemorySessionStore implements SessionStore {
  readonly #clock: Clock
  readonly #sessions = new Map<string, SessionRecord>()
  readonly #byConnection = new Map<string, string>()
  readonly #byUser = new Map<string, Set<string>>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** How much is kept, dead or alive: for tests of the sweep. */
  get size(): number {
    return this.#sessions.size + this.#byConnection.size + this.#byUser.size
  }

  async create(session: SessionRecord): Promise<SessionRecord> {
    const known = await this.readByConnection(session.connectionId)
    if (known !== undefined) return known
    this.#sessions.set(session.id, session)
    this.#byConnection.set(session.connectionId, session.id)
    const ids = this.#byUser.get(session.userId) ?? new Set()
    this.#byUser.set(session.userId, ids.add(session.id))
    return session
  }

  async read(id: string): Promise<SessionRecord | undefined> {
    const session = this.#sessions.get(id)
    if (session === undefined || session.expiresAt > this.#clock.now()) return session
    this.#forget(session)
    return undefined
  }

  async readByConnection(connectionId: string): Promise<SessionRecord | undefined> {
    const id = this.#byConnection.get(connectionId)
    return id === undefined ? undefined : this.read(id)
  }

  async change(
    id: string,
    change: Partial<Pick<SessionRecord, 'state' | 'metadata' | 'clientIp'>>,
  ): Promise<SessionRecord | undefined> {
    const session = await this.read(id)
    return session && this.#keep({ ...session, ...change })
  }

  async heartbeat(
    id: string,
    ttlMs: number | undefined,
    add: SessionCounters,
  ): Promise<SessionRecord | undefined> {
    const session = await this.read(id)
    if (session === undefined) return undefined
    const now = this.#clock.now()
    const ttl = ttlMs ?? session.ttlMs
    const { stats } = session
    return this.#keep({
      ...session,
      expiresAt: now + ttl,
      ttlMs: ttl,
      stats: {
        messagesSent: stats.messagesSent + add.messagesSent,
        messagesReceived: stats.messagesReceived + add.messagesReceived,
        bytesSent: stats.bytesSent + add.bytesSent,
        bytesReceived: stats.bytesReceived + add.bytesReceived,
        lastHeartbeatAt: now,
      },
    })
  }

  async delete(id: string): Promise<boolean> {
    // Looked up and forgotten in one step: of two who delete, one did.
    const session = this.#sessions.get(id)
    if (session === undefined) return false
    this.#forget(session)
    return session.expiresAt > this.#clock.now()
  }

  async list(userId: string | undefined, before: string | undefined, limit: number): Promise<SessionPage> {
    const ids = userId === undefined ? this.#sessions.keys() : (this.#byUser.get(userId) ?? [])
    const now = this.#clock.now()
    const alive = [...ids]
      .flatMap((id) => this.#sessions.get(id) ?? [])
      .filter(({ expiresAt }) => expiresAt > now)
    const sorted = alive.sort((a, b) => (a.id < b.id ? 1 : -1))
    const rest = before === undefined ? sorted : sorted.filter(({ id }) => id < before)
    const sessions = rest.slice(0, limit)
    return { sessions, next: rest.length > limit ? sessions.at(-1)?.id : undefined, total: alive.length }
  }

  async sweep(): Promise<number> {
    const now = this.#clock.now()
    const expired = [...this.#sessions.values()].filter(({ expiresAt }) => expiresAt <= now)
    for (const session of expired) this.#forget(session)
    return expired.length
  }

  #keep(session: SessionRecord): SessionRecord {
    this.#sessions.set(session.id, session)
    return session
  }

  #forget({ id, connectionId, userId }: SessionRecord): void {
    this.#sessions.delete(id)
    if (this.#byConnection.get(connectionId) === id) this.#byConnection.delete(connectionId)
    const ids = this.#byUser.get(userId)
    ids?.delete(id)
    if (ids?.size === 0) this.#byUser.delete(userId)
  }
}
