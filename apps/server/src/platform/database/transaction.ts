import { type Kysely, sql, type Transaction } from 'kysely'
import type { DomainEvent, JobRequest, Tx } from './database.ts'
import { DatabaseError } from './errors.ts'
import type { Tables } from './tables.generated.ts'

/** Who a transaction acts for. */
export interface Actor {
  readonly tenantId: string | null
  readonly accountId: string | null
}

/** Adds a job to the queue inside the given transaction. */
export type Enqueue = (db: Kysely<Tables>, job: JobRequest) => Promise<void>

/** Channel on which the ids of new events are told: `tenant:event`. */
export const EVENT_CHANNEL = 'stoa_events'

/** Namespace of the advisory locks that order the events of one tenant ("even" in ASCII). */
const EVENT_LOCK = 0x6576656e

/** A transaction whose events are kept back until just before the commit, so that their lock is held but briefly. */
export class PendingTx implements Tx {
  readonly db: Transaction<Tables>
  readonly #actor: Actor
  readonly #enqueue: Enqueue
  readonly #events: DomainEvent[] = []

  constructor(db: Transaction<Tables>, actor: Actor, enqueue: Enqueue) {
    this.db = db
    this.#actor = actor
    this.#enqueue = enqueue
  }

  async emit(event: DomainEvent): Promise<void> {
    if (this.#actor.tenantId === null)
      throw new DatabaseError(
        'database.event_invalid',
        `${event.type}: an event needs a transaction with a tenant`,
      )
    this.#events.push(event)
  }

  enqueue(job: JobRequest): Promise<void> {
    return this.#enqueue(this.db, job)
  }

  /** Tells the server who acts; holds until the end of the transaction. One round trip for all of it. */
  async begin(): Promise<void> {
    const { tenantId, accountId } = this.#actor
    await sql`select set_config('stoa.tenant', ${tenantId ?? ''}, true), set_config('stoa.account', ${accountId ?? ''}, true)`.execute(
      this.db,
    )
  }

  /**
   * Writes the events. The lock makes commits of one tenant that carry events follow one another, so that a reader who
   * has seen event n has seen every earlier one. Returns the newest id.
   */
  async flush(): Promise<number | undefined> {
    if (this.#events.length === 0) return undefined
    const tenantId = this.#actor.tenantId
    await sql`select pg_advisory_xact_lock(${sql.lit(EVENT_LOCK)}, hashtext(${tenantId}))`.execute(this.db)
    const rows = JSON.stringify(
      this.#events.map(({ type, accountId, workspaceId, payload }) => ({
        type,
        accountId,
        workspaceId,
        payload,
      })),
    )
    const result = await sql<{ id: number }>`
      with added as (
        insert into stoa.events (tenant_id, type, account_id, workspace_id, payload)
        select ${tenantId}::uuid, e->>'type', (e->>'accountId')::uuid, (e->>'workspaceId')::uuid, e->'payload'
        from jsonb_array_elements(${rows}::jsonb) with ordinality as list(e, position) order by position
        returning id
      ), newest as (select max(id) as id from added)
      select id, pg_notify(${EVENT_CHANNEL}, ${`${tenantId}:`} || id) from newest`.execute(this.db)
    return result.rows[0]?.id
  }
}
