import type { Logger } from '@stoa/kernel'
import { connectionConfig, withClient } from './connection.ts'

/**
 * Under row-level security PostgreSQL tests a row against the policy before any function that could tell something about
 * it, and so cannot use an index on such a function: full text search over 100,000 rows takes 100 ms instead of 1. These
 * neither fail nor warn depending on the row, they only answer; saying so (`leakproof`) gives the indexes back.
 */
const ANSWER_ONLY = [
  'ts_match_vq(tsvector, tsquery)',
  'arraycontains(anyarray, anyarray)',
  'arrayoverlap(anyarray, anyarray)',
  'jsonb_contains(jsonb, jsonb)',
  'jsonb_exists(jsonb, text)',
  'textlike(text, text)',
  'lower(text)',
] as const

const STATEMENTS = ANSWER_ONLY.map((name) => `alter function pg_catalog.${name} leakproof`).join('; ')

/** Marks them in this database. Only a superuser may; elsewhere the log says what one should run. Returns whether it is done. */
export async function markLeakproof(ownerUrl: string, log: Logger): Promise<boolean> {
  return withClient(connectionConfig(ownerUrl, 'leakproof'), async (client) => {
    const names = ANSWER_ONLY.map((name) => `pg_catalog.${name}`)
    const asked = `select bool_and(proleakproof) as done, bool_or(usesuper) as may
      from pg_proc, pg_user where pg_proc.oid = any ($1::regprocedure[]) and usename = current_user`
    const { rows } = await client.query<{ done: boolean; may: boolean }>(asked, [names])
    if (rows[0]?.done === true) return true
    if (rows[0]?.may === true) {
      await client.query(STATEMENTS)
      return true
    }
    log.warn({ action: 'search_indexes_unused', superuser_should_run: STATEMENTS })
    return false
  })
}
