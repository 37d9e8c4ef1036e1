export type SessionStateName = 'connecting' | 'active' | 'idle' | 'disconnected'

export interface SessionCounters {
  readonly messagesSent: number
  readonly messagesReceived: number
  readonly bytesSent: number
  readonly bytesReceived: number
  /** Unix milliseconds; 0 = none yet. */
  readonly lastHeartbeatAt: number
}

/** One connection of one person. Times in Unix milliseconds. */
export interface SessionRecord {
  readonly id: string
  readonly userId: string
  readonly tenantId: string
  readonly connectionId: string
  readonly clientIp: string
  readonly state: SessionStateName
  readonly createdAt: number
  readonly expiresAt: number
  readonly ttlMs: number
  readonly metadata: Readonly<Record<string, string>>
  readonly stats: SessionCounters
}

export interface SessionPage {
  /** Newest first: ids grow with time. */
  readonly sessions: readonly SessionRecord[]
  readonly next: string | undefined
  readonly total: number
}

/**
 * Where sessions are kept. An expired session is nowhere: not under its id, its connection, its user, nor among the active
 * ones, whatever ended the process that made it.
 */
export interface SessionStore {
  /** The session of the connection: the new one, or the one that it has. */
  create(session: SessionRecord): Promise<SessionRecord>
  read(id: string): Promise<SessionRecord | undefined>
  readByConnection(connectionId: string): Promise<SessionRecord | undefined>
  /** Changes the given fields; `undefined` when it is gone. Never prolongs it. */
  change(
    id: string,
    change: Partial<Pick<SessionRecord, 'state' | 'metadata' | 'clientIp'>>,
  ): Promise<SessionRecord | undefined>
  /** Prolongs it from now on, and adds to its counters; `undefined` when it is gone. */
  heartbeat(id: string, ttlMs: number | undefined, add: SessionCounters): Promise<SessionRecord | undefined>
  delete(id: string): Promise<boolean>
  /** Sessions of one user, or all; `before`: only ids smaller than this. */
  list(userId: string | undefined, before: string | undefined, limit: number): Promise<SessionPage>
  /** Forgets what has expired; returns how much that was. Called now and then. */
  sweep(): Promise<number>
}
