import type { TenantContext, Tx } from '../../platform/database/database.ts'
import { documentForbidden, documentNotFound, documentTrashed } from './errors.ts'
import { type DocumentRights, rightsIn, type Standing } from './rules.ts'
import { type DocumentRow, findDocument } from './store/documents.ts'

export const standingOf = (
  row: Pick<DocumentRow, 'visibility' | 'workspace_access' | 'role' | 'trashed_at'>,
  { role }: Pick<TenantContext, 'role'>,
): Standing => ({
  visibility: row.visibility,
  workspaceAccess: row.workspace_access,
  documentRole: row.role,
  trashed: row.trashed_at !== null,
  role,
})

export interface Entered {
  readonly document: DocumentRow
  readonly can: DocumentRights
}

/**
 * A document that the caller may read, and what else they may; in the trash only for those who may bring it back.
 * @throws Problem 404 `document.not_found`
 */
export async function enter(tx: Tx, context: TenantContext, documentId: string): Promise<Entered> {
  const document = await findDocument(tx, context.accountId, documentId)
  if (!document) throw documentNotFound()
  const can = rightsIn(standingOf(document, context))
  if (document.trashed_at !== null && !can.manage) throw documentNotFound()
  return { document, can }
}

/** The same, for who does more than read. @throws Problem 403 `document.forbidden`; 422 `document.trashed` */
export async function enterTo(
  tx: Tx,
  context: TenantContext,
  documentId: string,
  right: keyof DocumentRights,
): Promise<Entered> {
  const entered = await enter(tx, context, documentId)
  if (entered.can[right]) return entered
  if (entered.document.trashed_at !== null) throw documentTrashed()
  throw documentForbidden()
}
