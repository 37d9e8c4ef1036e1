import { sql } from 'kysely'
import type { Tx } from '../database/database.ts'
import { idempotencyInProgress } from './errors.ts'

/** A reply in the form it is stored and sent again. */
export interface StoredReply {
  readonly status: number
  readonly headers?: Readonly<Record<string, string | string[]>> | undefined
  readonly body?: unknown
}

/** What a repeated request is recognised by. */
export interface IdempotencyClaim {
  readonly key: string
  readonly operation: string
  /** SHA-256 of operation and input: the same key with another request is a mistake of the client. */
  readonly fingerprint: string
}

interface KeyRow {
  readonly request_hash: string
  readonly status: number
  readonly headers: Record<string, string | string[]> | null
  readonly body: string | null
}

/** SQLSTATE lock_not_available: the other transaction outlived `lock_timeout`. */
const LOCK_NOT_AVAILABLE = '55P03'

/**
 * Whether the key was free. Waits for a transaction that has it but has not ended.
 * @throws Problem 409 `idempotency.in_progress` when that takes too long
 */
export async function claimKey(tx: Tx, claim: IdempotencyClaim): Promise<boolean> {
  try {
    const { rows } = await sql`
      insert into idempotency_keys (tenant_id, account_id, key, operation, request_hash)
      values (stoa.current_tenant(), stoa.current_account(), ${claim.key}, ${claim.operation}, ${claim.fingerprint})
      on conflict do nothing returning 1`.execute(tx.db)
    return rows.length === 1
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === LOCK_NOT_AVAILABLE)
      throw idempotencyInProgress()
    throw error
  }
}

/** With the commit. */
export function storeReply(tx: Tx, key: string, reply: StoredReply): void {
  const headers = reply.headers === undefined ? null : JSON.stringify(reply.headers)
  const body = reply.body === undefined ? null : JSON.stringify(reply.body)
  tx.finally(sql`
    update idempotency_keys set status = ${reply.status}, headers = ${headers}::jsonb, body = ${body}
    where tenant_id = stoa.current_tenant() and account_id = stoa.current_account() and key = ${key}`)
}

/** The reply of a key that is taken. */
export async function findReply(tx: Tx, key: string): Promise<{ fingerprint: string; reply: StoredReply }> {
  const { rows } = await sql<KeyRow>`
    select request_hash, status, headers, body from idempotency_keys
    where tenant_id = stoa.current_tenant() and account_id = stoa.current_account() and key = ${key}`.execute(
    tx.db,
  )
  const row = rows[0]
  if (!row) throw idempotencyInProgress()
  const reply = {
    status: row.status,
    headers: row.headers ?? undefined,
    body: row.body === null ? undefined : JSON.parse(row.body),
  }
  return { fingerprint: row.request_hash, reply }
}
