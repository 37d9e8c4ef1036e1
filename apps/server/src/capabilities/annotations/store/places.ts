import { sql } from 'kysely'
import type { Tx } from '../../../platform/database/database.ts'
import { type Quote, type Viewer, visibleTo } from './common.ts'

export interface PlaceRow {
  id: string
  locator: object | null
  quote: Quote | null
  color: string | null
  chapter: string | null
}

/** Where these highlights and notes stand, as far as the viewer can see them. */
export async function placesOf(
  tx: Tx,
  viewer: Viewer,
  marks: { highlights: readonly string[]; notes: readonly string[] },
): Promise<PlaceRow[]> {
  const { rows } = await sql<PlaceRow>`
    select a.id, a.locator, a.quote, a.color, a.chapter from highlights a
    where a.id = any(${[...marks.highlights]}::uuid[]) and a.deleted_at is null and ${visibleTo(viewer)}
    union all
    select a.id, coalesce(a.locator, h.locator), coalesce(a.quote, h.quote), h.color, h.chapter
    from notes a left join highlights h on h.tenant_id = a.tenant_id and h.id = a.highlight_id
    where a.id = any(${[...marks.notes]}::uuid[]) and a.deleted_at is null and ${visibleTo(viewer)}`.execute(
    tx.db,
  )
  return rows
}
