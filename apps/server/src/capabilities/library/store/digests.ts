import { sql } from 'kysely'
import type { Tx } from '../../../platform/database/database.ts'

/**
 * A stored file is found by the digest of its bytes, and may serve several: contents, reading editions, uploads under way.
 * Invariants: (1) a row that names a digest is written, and committed, under the digest's lock before its file is counted on;
 * (2) a file is deleted under the same lock, and only while no row names it. So no file goes while somebody comes to need it.
 */
export async function lockDigest(tx: Tx, tenantId: string, sha256: string): Promise<void> {
  const name = `stoa.content/${tenantId}/${sha256}`
  await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(tx.db)
}

/** Whether a row names this digest. Asked under {@link lockDigest}. */
export async function isNamed(tx: Tx, sha256: string): Promise<boolean> {
  const { rows } = await sql<{ named: boolean }>`
    select exists (select from contents where sha256 = ${sha256})
      or exists (select from contents where reading_sha256 = ${sha256})
      or exists (select from uploads where sha256 = ${sha256}) as named`.execute(tx.db)
  return rows[0]?.named ?? true
}
