import type { Selectable } from 'kysely'
import type { Tx } from '../../../platform/database/database.ts'
import type { SigningKeysTable } from '../../../platform/database/tables.generated.ts'
import type { KeyState, KeyTimes, Rotation } from '../rules/keys.ts'

export interface StoredKey extends KeyTimes {
  readonly publicJwk: Readonly<Record<string, unknown>>
  readonly privateSealed: Uint8Array
}

export async function listKeys(tx: Tx): Promise<StoredKey[]> {
  const rows = await tx.db.selectFrom('signing_keys').selectAll().orderBy('published_at').execute()
  return rows.map(toKey)
}

/** Locks the set of keys, so that of two processes that rotate at once the second sees what the first did. */
export async function lockKeys(tx: Tx): Promise<StoredKey[]> {
  const rows = await tx.db.selectFrom('signing_keys').selectAll().orderBy('kid').forUpdate().execute()
  return rows.map(toKey)
}

/** Whether it was added; a `next` or `current` that exists already is kept. */
export async function addKey(tx: Tx, key: StoredKey): Promise<boolean> {
  const added = await tx.db
    .insertInto('signing_keys')
    .values({
      kid: key.kid,
      state: key.state,
      public_jwk: JSON.stringify(key.publicJwk),
      private_sealed: Buffer.from(key.privateSealed),
      published_at: key.publishedAt,
      activated_at: key.activatedAt,
      retires_at: key.retiresAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return added.numInsertedOrUpdatedRows === 1n
}

export async function applyRotation(tx: Tx, rotation: Rotation, now: Date): Promise<void> {
  await tx.db
    .updateTable('signing_keys')
    .set({ state: 'previous', retires_at: rotation.retiresAt })
    .where('kid', '=', rotation.retire)
    .execute()
  await tx.db
    .updateTable('signing_keys')
    .set({ state: 'current', activated_at: now })
    .where('kid', '=', rotation.promote)
    .execute()
}

export async function deleteRetiredKeys(tx: Tx, before: Date): Promise<void> {
  await tx.db.deleteFrom('signing_keys').where('retires_at', '<', before).execute()
}

function toKey(row: Selectable<SigningKeysTable>): StoredKey {
  return {
    kid: row.kid,
    state: row.state as KeyState,
    publicJwk: row.public_jwk as Readonly<Record<string, unknown>>,
    privateSealed: row.private_sealed,
    publishedAt: row.published_at,
    activatedAt: row.activated_at,
    retiresAt: row.retires_at,
  }
}
