import { sql } from 'kysely'
import type { Tx } from '../../../platform/database/database.ts'
import { type Viewer, visibleTo } from './common.ts'

/** Tags on highlights and notes that the viewer can see, the most used first. */
export async function countTags(
  tx: Tx,
  viewer: Viewer,
  range: { prefix?: string; limit: number },
): Promise<{ tag: string; count: number }[]> {
  const prefix = (range.prefix ?? '').toLowerCase()
  const { rows } = await sql<{ tag: string; count: number }>`
    select tag, count(*)::integer as count from (
      select unnest(a.tags) as tag from highlights a where a.deleted_at is null and ${visibleTo(viewer)}
      union all
      select unnest(a.tags) from notes a where a.deleted_at is null and ${visibleTo(viewer)}
    ) used
    where starts_with(lower(tag), ${prefix})
    group by tag order by count(*) desc, tag limit ${range.limit}`.execute(tx.db)
  return rows
}

export async function countMarks(tx: Tx, viewer: Viewer): Promise<{ highlights: number; notes: number }> {
  const { rows } = await sql<{ highlights: number; notes: number }>`
    select (select count(*)::integer from highlights a where a.deleted_at is null and ${visibleTo(viewer)}) as highlights,
      (select count(*)::integer from notes a where a.deleted_at is null and ${visibleTo(viewer)}) as notes`.execute(
    tx.db,
  )
  return rows[0] as { highlights: number; notes: number }
}

/** Removed for longer than this many days: gone for good, at most `limit` notes and as many highlights at a time. */
export async function purgeRemoved(tx: Tx, days: number, limit: number): Promise<number> {
  let purged = 0n
  // Notes first: those on a highlight would go with it, uncounted.
  for (const table of [sql.table('notes'), sql.table('highlights')]) {
    const { numAffectedRows = 0n } = await sql`
      delete from ${table} where id in (
        select id from ${table} where deleted_at < now() - make_interval(days => ${days})
        limit ${limit} for update skip locked)`.execute(tx.db)
    purged += numAffectedRows
  }
  return Number(purged)
}
