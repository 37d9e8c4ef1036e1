import { sql } from 'kysely'
import type { Tx } from '../../../platform/database/database.ts'
import type { VersionKind } from '../rules.ts'

export interface Collision {
  readonly mine: string
  readonly theirs: string
}

export interface VersionRow {
  id: string
  document_id: string
  kind: VersionKind
  name: string | null
  authors: string[]
  word_count: number
  words_added: number
  words_removed: number
  collisions: Collision[]
  created_at: Date
}

const fields = sql`id, document_id, kind, name, authors, word_count, words_added, words_removed, collisions, created_at`

export interface NewVersion {
  readonly id: string
  readonly documentId: string
  readonly kind: VersionKind
  readonly name: string | null
  readonly authors: readonly string[]
  readonly content: object
  readonly wordCount: number
  readonly added: number
  readonly removed: number
  readonly collisions: readonly Collision[]
  readonly at: Date
}

/** `false` when the id is taken. */
export async function insertVersion(tx: Tx, tenantId: string, row: NewVersion): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into document_versions (tenant_id, id, document_id, kind, name, authors, content, word_count, words_added,
      words_removed, collisions, created_at)
    values (${tenantId}, ${row.id}, ${row.documentId}, ${row.kind}, ${row.name}, ${[...row.authors]}::uuid[],
      ${JSON.stringify(row.content)}::jsonb, ${row.wordCount}, ${row.added}, ${row.removed},
      ${JSON.stringify(row.collisions)}::jsonb, ${row.at})
    on conflict do nothing`.execute(tx.db)
  return numAffectedRows === 1n
}

export async function findVersion(tx: Tx, documentId: string, id: string): Promise<VersionRow | undefined> {
  const { rows } = await sql<VersionRow>`
    select ${fields} from document_versions where document_id = ${documentId} and id = ${id}`.execute(tx.db)
  return rows[0]
}

export async function contentOfVersion(tx: Tx, documentId: string, id: string): Promise<unknown> {
  const { rows } = await sql<{ content: unknown }>`
    select content from document_versions where document_id = ${documentId} and id = ${id}`.execute(tx.db)
  return rows[0]?.content
}

/** The newest, or the newest before another one; with its content. */
export async function versionBefore(
  tx: Tx,
  documentId: string,
  before: Pick<VersionRow, 'created_at' | 'id'> | undefined,
): Promise<{ id: string; content: unknown; created_at: Date } | undefined> {
  const past =
    before === undefined
      ? sql`true`
      : sql`(created_at, id) < (${before.created_at}::timestamptz, ${before.id}::uuid)`
  const { rows } = await sql<{ id: string; content: unknown; created_at: Date }>`
    select id, content, created_at from document_versions where document_id = ${documentId} and ${past}
    order by created_at desc, id desc limit 1`.execute(tx.db)
  return rows[0]
}

export async function listVersions(
  tx: Tx,
  documentId: string,
  named: boolean,
  page: { readonly after: readonly [string, string] | undefined; readonly limit: number },
): Promise<VersionRow[]> {
  const [at, id] = page.after ?? []
  const past =
    page.after === undefined
      ? sql`true`
      : sql`(created_at, id) < (${new Date(at ?? 0)}::timestamptz, ${id}::uuid)`
  const { rows } = await sql<VersionRow>`
    select ${fields} from document_versions where document_id = ${documentId} and (not ${named} or name is not null) and ${past}
    order by created_at desc, id desc limit ${page.limit}`.execute(tx.db)
  return rows
}

export async function nameVersion(
  tx: Tx,
  documentId: string,
  id: string,
  name: string | null,
): Promise<void> {
  await sql`
    update document_versions set name = ${name}, kind = case
        when ${name}::text is not null and kind = 'automatic' then 'named'
        when ${name}::text is null and kind = 'named' then 'automatic' else kind end
    where document_id = ${documentId} and id = ${id}`.execute(tx.db)
}

/** Gives up versions without a name beyond the newest `keep`. */
export async function thinOut(tx: Tx, documentId: string, keep: number): Promise<void> {
  await sql`
    delete from document_versions where document_id = ${documentId} and name is null and id in (
      select id from document_versions where document_id = ${documentId} and name is null
      order by created_at desc, id desc offset ${keep})`.execute(tx.db)
}
