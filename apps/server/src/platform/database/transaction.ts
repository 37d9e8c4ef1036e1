import { CompiledQuery, type Kysely, type RawBuilder, type Transaction } from 'kysely'
import type { DomainEvent, JobRequest, Tx } from './database.ts'
import { DatabaseError } from './errors.ts'
import type { Tables } from './tables.generated.ts'
import type { Actor, TransactionSession } from './transaction-session.ts'

/** Adds a job to the queue inside the given transaction. */
export type Enqueue = (db: Kysely<Tables>, job: JobRequest) => Promise<void>

/** Channel on which the ids of new events are told: `tenant:event`. */
export const EVENT_CHANNEL = 'stoa_events'

/** A transaction whose events are kept back until just before the commit, so that their lock is held but briefly. */
export class PendingTx implements Tx {
  readonly db: Transaction<Tables>
  readonly #actor: Actor
  readonly #enqueue: Enqueue
  readonly #events: DomainEvent[] = []
  readonly #last: CompiledQuery[] = []

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

  finally(statement: RawBuilder<unknown>): void {
    this.#last.push(statement.compile(this.db))
  }

  enqueue(job: JobRequest): Promise<void> {
    return this.#enqueue(this.db, job)
  }

  /** Does what was left for the end, writes the events and commits; gives the id of the newest event, if there is one. */
  async commit(session: TransactionSession): Promise<number | undefined> {
    const emission = this.#emission()
    if (emission === undefined) {
      await session.commit(this.#last)
      return undefined
    }
    const results = await session.commit([...this.#last, emission])
    return (results.at(-1)?.rows as { id: number }[] | undefined)?.[0]?.id
  }

  #emission(): CompiledQuery | undefined {
    if (this.#events.length === 0) return undefined
    const list = JSON.stringify(
      this.#events.map(({ type, accountId, workspaceId, topic, payload }) => ({
        type,
        accountId,
        workspaceId,
        topic,
        payload,
      })),
    )
    return CompiledQuery.raw('select stoa.emit_events($1::uuid, $2::jsonb) as id', [
      this.#actor.tenantId,
      list,
    ])
  }
}
