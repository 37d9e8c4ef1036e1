import type { TenantContext } from '../../platform/database/database.ts'
import type { DocumentsComponents } from './components.ts'
import { rightsIn } from './rules.ts'
import { standingOf } from './scope.ts'
import { findDocument } from './store/documents.ts'

/**
 * What the caller may do with the text over a socket; `undefined` when it is not for them, is in the trash, or is no document
 * of ours. Who may only comment reads: comments are not part of the text.
 */
export function textMode(
  { database }: Pick<DocumentsComponents, 'database'>,
  context: TenantContext,
  documentId: string,
): Promise<'write' | 'read' | undefined> {
  return database.tenantRead(context, async (tx) => {
    const document = await findDocument(tx, context.accountId, documentId)
    if (!document || document.trashed_at !== null) return undefined
    return rightsIn(standingOf(document, context)).write ? 'write' : 'read'
  })
}
