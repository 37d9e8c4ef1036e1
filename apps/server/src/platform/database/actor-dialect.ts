import { AsyncLocalStorage } from 'node:async_hooks'
import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  PostgresDialect,
  PostgresDriver,
  type TransactionSettings,
} from 'kysely'
import type pg from 'pg'

/** Who a transaction acts for. UUIDs in their canonical form, checked before they come here. */
export interface Actor {
  readonly tenantId: string | null
  readonly accountId: string | null
}

/** A transaction that begins or ends. */
export interface Acting extends Actor {
  /** SQL without parameters that goes to the server together with the commit, and is part of it. */
  closing?: string | undefined
}

const current = new AsyncLocalStorage<Acting>()

const NOBODY: Acting = { tenantId: null, accountId: null }

/** The transaction that `begin` begins acts for `actor`. */
export function actingFor<T>(actor: Acting, begin: () => Promise<T>): Promise<T> {
  return current.run(actor, begin)
}

/** Inside a transaction: whatever else `run` begins, now or later, does not act for anybody by inheritance. */
export function actingForNobody<T>(run: () => Promise<T>): Promise<T> {
  return current.run(NOBODY, run)
}

/**
 * A dialect whose transactions begin and say who acts in one round trip, and do in one what is to be done last and commit:
 * locks that are taken last are held for no way through the network.
 */
export class ActorDialect extends PostgresDialect {
  readonly #pool: pg.Pool

  constructor(pool: pg.Pool) {
    super({ pool })
    this.#pool = pool
  }

  override createDriver(): Driver {
    return new ActorDriver({ pool: this.#pool })
  }
}

class ActorDriver extends PostgresDriver {
  override async beginTransaction(
    connection: DatabaseConnection,
    settings: TransactionSettings,
  ): Promise<void> {
    const { tenantId, accountId } = current.getStore() ?? NOBODY
    const mode = [
      settings.isolationLevel === undefined ? '' : ` isolation level ${settings.isolationLevel}`,
      settings.accessMode === undefined ? '' : ` ${settings.accessMode}`,
    ].join('')
    const actor = `set_config('stoa.tenant', '${tenantId ?? ''}', true), set_config('stoa.account', '${accountId ?? ''}', true)`
    await connection.executeQuery(CompiledQuery.raw(`start transaction${mode}; select ${actor}`))
  }

  override async commitTransaction(connection: DatabaseConnection): Promise<void> {
    const { closing } = current.getStore() ?? NOBODY
    if (closing === undefined) return super.commitTransaction(connection)
    await connection.executeQuery(CompiledQuery.raw(`${closing}; commit`))
  }
}
