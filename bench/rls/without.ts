import { connectionConfig } from '@stoa/server/platform/database/connection.ts'
import type { Tx } from '@stoa/server/platform/database/database.ts'
import { StatementNames } from '@stoa/server/platform/database/prepared-statements.ts'
import type { Tables } from '@stoa/server/platform/database/tables.generated.ts'
import {
  READ_ONLY,
  TransactionSession,
  transactionOn,
} from '@stoa/server/platform/database/transaction-session.ts'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { Installation } from '../support/installation.ts'

export interface WithoutPolicies extends AsyncDisposable {
  as<T>(run: (tx: Tx) => Promise<T>): Promise<T>
}

const POLICIES = `
  select tablename, string_agg('(' || qual || ')', ' or ') as predicate from pg_policies
  where schemaname = 'stoa' and policyname <> 'maintenance' and cmd in ('ALL', 'SELECT') group by tablename`

/**
 * The same queries as a role that passes row-level security by. Every table is a plain view with the very predicate of its
 * policies: what differs is not which rows are seen but that the planner may move conditions freely.
 */
export async function withoutPolicies({ sql, ownerUrl, tenant }: Installation): Promise<WithoutPolicies> {
  await sql('create schema bare')
  const { rows } = await sql(POLICIES)
  for (const { tablename, predicate } of rows) {
    await sql(`create view bare.${tablename} as select * from stoa.${tablename} where ${predicate}`)
  }
  // Views over tables with policies: over their views without.
  const views = await sql(`select viewname, definition from pg_views where schemaname = 'stoa'`)
  const tables = new RegExp(`\\bstoa\\.(${rows.map(({ tablename }) => tablename).join('|')})\\b`, 'g')
  for (const { viewname, definition } of views.rows) {
    await sql(`create view bare.${viewname} as ${String(definition).replace(tables, 'bare.$1')}`)
  }
  const config = connectionConfig(ownerUrl, 'bench')
  const options = `${config.options ?? ''} -c search_path=bare,stoa`
  const pool = new pg.Pool({ ...config, options, max: 2, pipeline: true })
  const kysely = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  const names = new WeakMap<pg.PoolClient, StatementNames>()
  const actor = { tenantId: tenant.tenantId, accountId: tenant.owner.accountId }
  const refuse = () => Promise.reject(new Error('only reading is compared'))
  return {
    async as(run) {
      const client = await pool.connect()
      const known = names.get(client) ?? new StatementNames()
      names.set(client, known)
      const session = new TransactionSession(client, known, actor, READ_ONLY)
      try {
        return await run({
          db: transactionOn(kysely, session),
          emit: refuse,
          finally: refuse,
          enqueue: refuse,
        })
      } finally {
        await session.rollback()
        client.release()
      }
    },
    [Symbol.asyncDispose]: () => pool.end(),
  }
}
