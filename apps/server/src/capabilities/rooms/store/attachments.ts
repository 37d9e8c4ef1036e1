import { sql } from 'kysely'
import type { Tx } from '../../../platform/database/database.ts'
import type { StoredImage } from '../../../platform/images/thumbnail.ts'

export interface AttachmentRow {
  id: string
  room_id: string
  account_id: string
  filename: string
  size: number
  media_type: string | null
  image: StoredImage | null
  message_id: string | null
}

const fields = sql`id, room_id, account_id, filename, size, media_type, image, message_id`

export async function insertAttachment(
  tx: Tx,
  tenantId: string,
  row: Pick<AttachmentRow, 'id' | 'room_id' | 'account_id' | 'filename' | 'size'> & { readonly at: Date },
): Promise<void> {
  await sql`
    insert into room_attachments (tenant_id, id, room_id, account_id, filename, size, created_at)
    values (${tenantId}, ${row.id}, ${row.room_id}, ${row.account_id}, ${row.filename}, ${row.size}, ${row.at})`.execute(
    tx.db,
  )
}

/** The account's own; nobody else's. */
export async function findAttachment(
  tx: Tx,
  accountId: string,
  id: string,
): Promise<AttachmentRow | undefined> {
  const { rows } = await sql<AttachmentRow>`
    select ${fields} from room_attachments where id = ${id} and account_id = ${accountId}`.execute(tx.db)
  return rows[0]
}

export async function markReady(
  tx: Tx,
  id: string,
  found: { readonly media_type: string; readonly image: StoredImage | null },
): Promise<void> {
  const image = found.image === null ? null : JSON.stringify(found.image)
  await sql`
    update room_attachments set media_type = ${found.media_type}, image = ${image}::jsonb where id = ${id}`.execute(
    tx.db,
  )
}

/** Gives ready, unsent files of the account to a message; answers those that could be given. */
export async function claimAttachments(
  tx: Tx,
  claim: {
    readonly roomId: string
    readonly accountId: string
    readonly messageId: string
    readonly ids: readonly string[]
  },
): Promise<AttachmentRow[]> {
  if (claim.ids.length === 0) return []
  const { rows } = await sql<AttachmentRow>`
    update room_attachments set message_id = ${claim.messageId}
    where id = any(${[...claim.ids]}::uuid[]) and room_id = ${claim.roomId} and account_id = ${claim.accountId}
      and media_type is not null and message_id is null
    returning ${fields}`.execute(tx.db)
  return rows
}

/** Forgets the files of a removed message; answers their ids. */
export async function dropAttachments(tx: Tx, messageId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    delete from room_attachments where message_id = ${messageId} returning id`.execute(tx.db)
  return rows.map((row) => row.id)
}
