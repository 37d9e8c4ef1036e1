import { sql } from 'kysely'
import type { Tx } from '../../../platform/database/database.ts'
import type { DocumentRole } from '../rules.ts'

export interface MemberRow {
  account_id: string
  role: DocumentRole
  added_at: Date
}

/** Gives roles; those who had one get the new one. Answers who had none. */
export async function setMembers(
  tx: Tx,
  tenantId: string,
  documentId: string,
  members: readonly { readonly accountId: string; readonly role: DocumentRole }[],
  now: Date,
): Promise<Set<string>> {
  const { rows } = await sql<{ account_id: string; added: boolean }>`
    insert into document_members (tenant_id, document_id, account_id, role, added_at)
    select ${tenantId}::uuid, ${documentId}::uuid, a.account_id, a.role, ${now}::timestamptz
    from unnest(${members.map((one) => one.accountId)}::uuid[], ${members.map((one) => one.role)}::text[]) as a(account_id, role)
    on conflict (tenant_id, document_id, account_id) do update set role = excluded.role
    returning account_id, xmax = 0 as added`.execute(tx.db)
  return new Set(rows.filter((row) => row.added).map((row) => row.account_id))
}

export async function findMember(
  tx: Tx,
  documentId: string,
  accountId: string,
): Promise<MemberRow | undefined> {
  const { rows } = await sql<MemberRow>`
    select account_id, role, added_at from document_members where document_id = ${documentId} and account_id = ${accountId}`.execute(
    tx.db,
  )
  return rows[0]
}

export async function listMembers(
  tx: Tx,
  documentId: string,
  after: string | undefined,
  limit: number,
): Promise<MemberRow[]> {
  const { rows } = await sql<MemberRow>`
    select account_id, role, added_at from document_members
    where document_id = ${documentId} and (${after ?? null}::uuid is null or account_id > ${after ?? null}::uuid)
    order by account_id limit ${limit}`.execute(tx.db)
  return rows
}

/** Everybody with a role of their own, for telling them. */
export async function memberIds(tx: Tx, documentId: string): Promise<string[]> {
  const { rows } = await sql<{ account_id: string }>`
    select account_id from document_members where document_id = ${documentId}`.execute(tx.db)
  return rows.map((row) => row.account_id)
}

/** Owners of the document, locked, so that two of them cannot leave at once. */
export async function lockOwners(tx: Tx, documentId: string): Promise<string[]> {
  const { rows } = await sql<{ account_id: string }>`
    select account_id from document_members where document_id = ${documentId} and role = 'owner' order by account_id for update`.execute(
    tx.db,
  )
  return rows.map((row) => row.account_id)
}

export async function removeMember(tx: Tx, documentId: string, accountId: string): Promise<void> {
  await sql`delete from document_members where document_id = ${documentId} and account_id = ${accountId}`.execute(
    tx.db,
  )
}
