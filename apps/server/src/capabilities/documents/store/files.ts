import { sql } from 'kysely'
import type { Tx } from '../../../platform/database/database.ts'
import type { StoredImage } from '../../../platform/images/thumbnail.ts'

export interface FileRow {
  id: string
  document_id: string
  account_id: string
  filename: string
  size: number
  media_type: string | null
  image: StoredImage | null
}

export interface ReadyFile extends FileRow {
  media_type: string
  image: StoredImage
}

const fields = sql`id, document_id, account_id, filename, size, media_type, image`

export async function insertFile(
  tx: Tx,
  tenantId: string,
  row: FileRow & { readonly at: Date },
): Promise<void> {
  await sql`
    insert into document_files (tenant_id, id, document_id, account_id, filename, size, media_type, image, created_at)
    values (${tenantId}, ${row.id}, ${row.document_id}, ${row.account_id}, ${row.filename}, ${row.size}, ${row.media_type},
      ${row.image === null ? null : JSON.stringify(row.image)}::jsonb, ${row.at})
    on conflict do nothing`.execute(tx.db)
}

export async function findFile(tx: Tx, documentId: string, id: string): Promise<FileRow | undefined> {
  const { rows } = await sql<FileRow>`
    select ${fields} from document_files where document_id = ${documentId} and id = ${id}`.execute(tx.db)
  return rows[0]
}

export async function markReady(
  tx: Tx,
  id: string,
  found: { readonly media_type: string; readonly image: StoredImage },
): Promise<void> {
  await sql`
    update document_files set media_type = ${found.media_type}, image = ${JSON.stringify(found.image)}::jsonb
    where id = ${id}`.execute(tx.db)
}

/** Images that can be shown, in the order of their ids. */
export async function listFiles(
  tx: Tx,
  documentId: string,
  after: string | undefined,
  limit: number,
): Promise<ReadyFile[]> {
  const { rows } = await sql<ReadyFile>`
    select ${fields} from document_files
    where document_id = ${documentId} and image is not null and (${after ?? null}::uuid is null or id > ${after ?? null}::uuid)
    order by id limit ${limit}`.execute(tx.db)
  return rows
}

/** Those of these images that stand in documents which the caller may read. */
export async function readableFiles(tx: Tx, ids: readonly string[]): Promise<ReadyFile[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<ReadyFile>`
    select ${fields} from document_files where id = any(${[...ids]}::uuid[]) and image is not null
      and document_id = any (array(select stoa.visible_documents()))`.execute(tx.db)
  return rows
}
