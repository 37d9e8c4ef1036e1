import { sql } from 'kysely'
import type { Database, Tx } from '../database/database.ts'

/** An event as it was stored. Ids of one tenant grow in the order in which the events became visible. */
export interface StoredEvent {
  readonly id: number
  readonly tenantId: string
  readonly type: string
  /** Only this account may see it. */
  readonly accountId?: string
  /** Only members of this workspace may see it. */
  readonly workspaceId?: string
  /** Only who may follow this topic may see it. */
  readonly topic?: string
  readonly payload: unknown
  readonly createdAt: Date
}

/** What happened since an event. */
export interface EventPage {
  readonly events: readonly StoredEvent[]
  /** There are more after the last of these. */
  readonly more: boolean
  /** Events between were deleted, or the database is an older one: what the client holds must be loaded afresh. */
  readonly reset: boolean
}

/** The outbox, read. */
export class EventStore {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  /** Newest event of every tenant that has any. */
  async heads(): Promise<Map<string, number>> {
    const { rows } = await sql<{
      tenant_id: string
      id: number
    }>`select tenant_id, id from stoa.event_heads()`.execute(this.#database.pool)
    return new Map(rows.map(({ tenant_id, id }) => [tenant_id, id]))
  }

  /** Newest event of a tenant, 0 if there is none; where to resume from when nothing is held yet. */
  head(tenantId: string): Promise<number> {
    return this.#database.tenantRead({ tenantId, accountId: null }, ({ db }) => newestOf(db, tenantId))
  }

  /** At most `limit` events of the tenant after `lastId`, oldest first. */
  since(tenantId: string, lastId: number, limit: number): Promise<EventPage> {
    return this.#database.tenantRead({ tenantId, accountId: null }, async ({ db }) => {
      const [rows, horizon] = await Promise.all([
        db
          .selectFrom('events')
          .selectAll()
          .where('tenant_id', '=', tenantId)
          .where('id', '>', lastId)
          .orderBy('id')
          .limit(sql.lit(limit + 1))
          .execute(),
        db.selectFrom('event_horizons').select('deleted_through').executeTakeFirst(),
      ])
      const deleted = horizon?.deleted_through ?? 0
      // Who has seen more than there is has seen another database: this one was restored from a backup.
      const newest = rows.length === 0 && lastId > deleted ? await newestOf(db, tenantId) : lastId
      const reset = lastId < deleted || lastId > newest
      const events = rows.slice(0, limit).map((row) => ({
        id: row.id,
        tenantId,
        type: row.type,
        ...(row.account_id === null ? {} : { accountId: row.account_id }),
        ...(row.workspace_id === null ? {} : { workspaceId: row.workspace_id }),
        ...(row.topic === null ? {} : { topic: row.topic }),
        payload: row.payload,
        createdAt: row.created_at,
      }))
      return { events, more: rows.length > limit, reset }
    })
  }
}

async function newestOf(db: Tx['db'], tenantId: string): Promise<number> {
  const { newest } = await db
    .selectFrom('events')
    .select(({ fn }) => fn.max('id').as('newest'))
    .where('tenant_id', '=', tenantId)
    .executeTakeFirstOrThrow()
  return newest ?? 0
}
