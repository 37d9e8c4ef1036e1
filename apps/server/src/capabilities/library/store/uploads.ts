import { sql } from 'kysely'
import type { Tx } from '../../../platform/database/database.ts'

export interface UploadRow {
  id: string
  account_id: string
  filename: string
  media_type: string | null
  size: number
  sha256: string | null
  used_at: Date | null
  expires_at: Date
}

export async function insertUpload(
  tx: Tx,
  upload: {
    tenantId: string
    id: string
    accountId: string
    filename: string
    mediaType: string | null
    size: number
    expiresAt: Date
  },
): Promise<void> {
  await sql`
    insert into uploads (tenant_id, id, account_id, filename, media_type, size, expires_at)
    values (${upload.tenantId}, ${upload.id}, ${upload.accountId}, ${upload.filename}, ${upload.mediaType}, ${upload.size}, ${upload.expiresAt})`.execute(
    tx.db,
  )
}

/** The caller's own upload; nobody else's. */
export async function findUpload(
  tx: Tx,
  accountId: string,
  uploadId: string,
): Promise<UploadRow | undefined> {
  const { rows } = await sql<UploadRow>`
    select id, account_id, filename, media_type, size, sha256, used_at, expires_at from uploads
    where id = ${uploadId} and account_id = ${accountId}`.execute(tx.db)
  return rows[0]
}

/**
 * Remembers what was read, before the file moves to its content key: a repetition then knows where it went. `false` when
 * the upload was cleared up meanwhile.
 */
export async function rememberDigest(tx: Tx, uploadId: string, sha256: string): Promise<boolean> {
  const { numAffectedRows } = await sql`update uploads set sha256 = ${sha256} where id = ${uploadId}`.execute(
    tx.db,
  )
  return numAffectedRows === 1n
}

/** `false` when it was cleared up meanwhile. */
export async function markUploadUsed(tx: Tx, uploadId: string): Promise<boolean> {
  const { numAffectedRows } =
    await sql`update uploads set used_at = coalesce(used_at, now()) where id = ${uploadId}`.execute(tx.db)
  return numAffectedRows === 1n
}
