import type { Tx } from '../../../platform/database/database.ts'

export interface StoredRefreshToken {
  readonly hash: Buffer
  readonly sessionId: string
  readonly expiresAt: Date
  readonly usedAt: Date | null
}

/** Finds a token and locks it: of many refreshes with it, one after the other sees what the one before did. */
export async function lockRefreshToken(tx: Tx, hash: Buffer): Promise<StoredRefreshToken | undefined> {
  const row = await tx.db
    .selectFrom('refresh_tokens')
    .select(['hash', 'session_id', 'expires_at', 'used_at'])
    .where('hash', '=', hash)
    .forUpdate()
    .executeTakeFirst()
  return row && { hash: row.hash, sessionId: row.session_id, expiresAt: row.expires_at, usedAt: row.used_at }
}

export interface NewRefreshToken {
  readonly hash: Buffer
  readonly sessionId: string
  readonly parent: Buffer | null
  readonly issuedAt: Date
  readonly expiresAt: Date
}

export async function insertRefreshToken(tx: Tx, token: NewRefreshToken): Promise<void> {
  await tx.db
    .insertInto('refresh_tokens')
    .values({
      hash: token.hash,
      session_id: token.sessionId,
      parent: token.parent,
      issued_at: token.issuedAt,
      expires_at: token.expiresAt,
    })
    .execute()
}

export async function markRefreshTokenUsed(tx: Tx, hash: Buffer, at: Date): Promise<void> {
  await tx.db.updateTable('refresh_tokens').set({ used_at: at }).where('hash', '=', hash).execute()
}

/** Deletes what has expired; a token that has expired cannot be used, so its reuse need not be noticed. */
export async function deleteExpiredRefreshTokens(tx: Tx, now: Date): Promise<void> {
  await tx.db.deleteFrom('refresh_tokens').where('expires_at', '<', now).execute()
}
