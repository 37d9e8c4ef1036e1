import { sql } from 'kysely'
import type { Tx } from '../../../platform/database/database.ts'

export interface ShelfRow {
  id: string
  workspace_id: string
  parent_id: string | null
  name: string
  position: number
  version: number
  created_at: Date
  /** Distinct books here and on the shelves below, outside the trash. */
  book_count: number
}

const FIELDS = ['id', 'workspace_id', 'parent_id', 'name', 'position', 'version', 'created_at'] as const

/** Every shelf of these workspaces, siblings in their order. */
export async function listShelves(tx: Tx, workspaceIds: readonly string[]): Promise<ShelfRow[]> {
  const { rows } = await sql<ShelfRow>`
    with recursive tree as (
      select id as root, id from shelves where workspace_id = any(${workspaceIds}::uuid[])
      union all
      select tree.root, child.id from tree join shelves child on child.parent_id = tree.id
    ), counts as (
      select tree.root, count(distinct sb.book_id)::integer as book_count
      from tree
      join shelf_books sb on sb.shelf_id = tree.id
      join books b on b.tenant_id = sb.tenant_id and b.id = sb.book_id and b.trashed_at is null
      group by tree.root
    )
    select s.id, s.workspace_id, s.parent_id, s.name, s.position, s.version, s.created_at,
      coalesce(counts.book_count, 0) as book_count
    from shelves s left join counts on counts.root = s.id
    where s.workspace_id = any(${workspaceIds}::uuid[])
    order by s.position, s.id`.execute(tx.db)
  return rows
}

export async function findShelf(
  tx: Tx,
  workspaceIds: readonly string[],
  shelfId: string,
): Promise<Omit<ShelfRow, 'book_count'> | undefined> {
  return tx.db
    .selectFrom('shelves')
    .select(FIELDS)
    .where('id', '=', shelfId)
    .where('workspace_id', 'in', [...workspaceIds])
    .executeTakeFirst()
}

/** The shelf itself and every one below it. */
export async function shelvesBelow(tx: Tx, shelfId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with recursive below as (
      select id from shelves where id = ${shelfId}
      union all
      select s.id from shelves s join below on s.parent_id = below.id
    ) select id from below`.execute(tx.db)
  return rows.map((row) => row.id)
}

/** How many shelves stand above this one, itself included. */
export async function shelfDepth(tx: Tx, shelfId: string): Promise<number> {
  const { rows } = await sql<{ depth: number }>`
    with recursive above as (
      select id, parent_id from shelves where id = ${shelfId}
      union all
      select s.id, s.parent_id from shelves s join above on above.parent_id = s.id
    ) select count(*)::integer as depth from above`.execute(tx.db)
  return rows[0]?.depth ?? 0
}

/** How many levels this shelf and those below it span. */
export async function shelfHeight(tx: Tx, shelfId: string): Promise<number> {
  const { rows } = await sql<{ height: number }>`
    with recursive below as (
      select id, 1 as level from shelves where id = ${shelfId}
      union all
      select s.id, below.level + 1 from shelves s join below on s.parent_id = below.id
    ) select max(level)::integer as height from below`.execute(tx.db)
  return rows[0]?.height ?? 0
}

/** Serialises changes to the order of one workspace's shelves. */
export async function lockShelves(tx: Tx, workspaceId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`shelves:${workspaceId}`}, 0))`.execute(tx.db)
}

export async function siblings(tx: Tx, workspaceId: string, parentId: string | null): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from shelves where workspace_id = ${workspaceId} and parent_id is not distinct from ${parentId}::uuid
    order by position, id`.execute(tx.db)
  return rows.map((row) => row.id)
}

export async function insertShelf(
  tx: Tx,
  shelf: {
    tenantId: string
    id: string
    workspaceId: string
    parentId: string | null
    name: string
    position: number
    createdBy: string
  },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into shelves (tenant_id, id, workspace_id, parent_id, name, position, created_by)
    values (${shelf.tenantId}, ${shelf.id}, ${shelf.workspaceId}, ${shelf.parentId}, ${shelf.name}, ${shelf.position}, ${shelf.createdBy})
    on conflict (tenant_id, id) do nothing`.execute(tx.db)
  return numAffectedRows === 1n
}

export async function updateShelf(
  tx: Tx,
  shelfId: string,
  version: number,
  changes: { name?: string; parentId?: string | null },
): Promise<boolean> {
  const set = [sql`version = version + 1`]
  if (changes.name !== undefined) set.push(sql`name = ${changes.name}`)
  if (changes.parentId !== undefined) set.push(sql`parent_id = ${changes.parentId}::uuid`)
  const { numAffectedRows } = await sql`
    update shelves set ${sql.join(set)} where id = ${shelfId} and version = ${version}`.execute(tx.db)
  return numAffectedRows === 1n
}

/** Gives siblings their places: the order of `shelfIds`. */
export async function orderShelves(tx: Tx, shelfIds: readonly string[]): Promise<void> {
  await sql`
    update shelves set position = wanted.position - 1
    from unnest(${[...shelfIds]}::uuid[]) with ordinality as wanted(id, position)
    where shelves.id = wanted.id and shelves.position <> wanted.position - 1`.execute(tx.db)
}

export async function deleteShelf(tx: Tx, shelfId: string): Promise<void> {
  await tx.db.deleteFrom('shelves').where('id', '=', shelfId).execute()
}

/** Which of these books stand in this workspace, outside the trash. */
export async function booksInWorkspace(
  tx: Tx,
  workspaceId: string,
  bookIds: readonly string[],
): Promise<string[]> {
  const rows = await tx.db
    .selectFrom('books')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('id', 'in', [...bookIds])
    .where('trashed_at', 'is', null)
    .execute()
  return rows.map((row) => row.id)
}

export async function putOnShelf(
  tx: Tx,
  tenantId: string,
  shelfId: string,
  bookIds: readonly string[],
): Promise<void> {
  await sql`
    insert into shelf_books (tenant_id, shelf_id, book_id)
    select ${tenantId}, ${shelfId}, id from unnest(${[...bookIds]}::uuid[]) as wanted(id)
    on conflict do nothing`.execute(tx.db)
}

export async function takeOffShelf(tx: Tx, shelfId: string, bookIds: readonly string[]): Promise<void> {
  await tx.db
    .deleteFrom('shelf_books')
    .where('shelf_id', '=', shelfId)
    .where('book_id', 'in', [...bookIds])
    .execute()
}
