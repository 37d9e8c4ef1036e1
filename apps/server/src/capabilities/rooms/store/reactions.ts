import { sql } from 'kysely'
import type { Tx } from '../../../platform/database/database.ts'

export interface ReactionRow {
  message_id: string
  emoji: string
  count: number
  account_ids: string[]
}

/** Reactions of these messages: emoji in the order in which they first came, the first 200 people of each. */
export async function reactionsOf(tx: Tx, messageIds: readonly string[]): Promise<ReactionRow[]> {
  if (messageIds.length === 0) return []
  const { rows } = await sql<ReactionRow>`
    select message_id, emoji, count(*)::integer as count,
      (array_agg(account_id order by created_at, account_id))[1:200] as account_ids
    from message_reactions where message_id = any(${[...messageIds]}::uuid[])
    group by message_id, emoji order by min(created_at), emoji`.execute(tx.db)
  return rows
}

/** `false` when it was there already. */
export async function insertReaction(
  tx: Tx,
  tenantId: string,
  reaction: {
    readonly messageId: string
    readonly emoji: string
    readonly accountId: string
    readonly at: Date
  },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into message_reactions (tenant_id, message_id, emoji, account_id, created_at)
    values (${tenantId}, ${reaction.messageId}, ${reaction.emoji}, ${reaction.accountId}, ${reaction.at})
    on conflict do nothing`.execute(tx.db)
  return numAffectedRows === 1n
}

export async function deleteReaction(
  tx: Tx,
  messageId: string,
  emoji: string,
  accountId: string,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    delete from message_reactions where message_id = ${messageId} and emoji = ${emoji} and account_id = ${accountId}`.execute(
    tx.db,
  )
  return numAffectedRows === 1n
}

export async function deleteReactions(tx: Tx, messageId: string): Promise<void> {
  await sql`delete from message_reactions where message_id = ${messageId}`.execute(tx.db)
}

export async function emojiOn(tx: Tx, messageId: string): Promise<string[]> {
  const { rows } = await sql<{ emoji: string }>`
    select distinct emoji from message_reactions where message_id = ${messageId}`.execute(tx.db)
  return rows.map((row) => row.emoji)
}
