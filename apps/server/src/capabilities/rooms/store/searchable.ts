import { sql } from 'kysely'
import type { Tx } from '../../../platform/database/database.ts'

/** Rooms that the caller may read: all of them, those of one workspace, or one. */
export async function searchableRooms(
  tx: Tx,
  filter: { readonly workspaceId?: string; readonly roomId?: string },
): Promise<string[]> {
  const { workspaceId = null, roomId = null } = filter
  const { rows } = await sql<{ id: string }>`
    select r.id from rooms r where r.id = any (array(select stoa.visible_rooms()))
      and (${workspaceId}::uuid is null or r.workspace_id = ${workspaceId}::uuid)
      and (${roomId}::uuid is null or r.id = ${roomId}::uuid)`.execute(tx.db)
  return rows.map((row) => row.id)
}

/** Where a found message stands. */
export interface FoundMessage {
  readonly id: string
  readonly room_id: string
  readonly room_name: string
  readonly sequence: number
  readonly thread_root_id: string | null
}

/** Where these messages stand; only those that the caller may read. */
export async function messagePlaces(
  tx: Tx,
  accountId: string,
  messageIds: readonly string[],
): Promise<(FoundMessage & { peer_id: string | null })[]> {
  if (messageIds.length === 0) return []
  const { rows } = await sql<FoundMessage & { peer_id: string | null }>`
    select x.id, x.room_id, r.name as room_name, x.sequence, x.thread_root_id,
      case when r.first_id = ${accountId} then r.second_id else r.first_id end as peer_id
    from messages x join rooms r on r.tenant_id = x.tenant_id and r.id = x.room_id
    where x.id = any(${[...messageIds]}::uuid[]) and x.deleted_at is null
      and x.room_id = any (array(select stoa.visible_rooms()))`.execute(tx.db)
  return rows
}
