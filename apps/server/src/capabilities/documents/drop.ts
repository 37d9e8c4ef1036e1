import type { Tx } from '../../platform/database/database.ts'
import type { DocumentsComponents } from './components.ts'
import { documentChanged } from './events.ts'
import { type DocumentRow, dropDocument } from './store/documents.ts'

export const DISCARD = 'documents.discard'

/** Row and all that belongs to it; the text and the bytes go after the commit, by a job. */
export async function dropForGood(
  { search }: Pick<DocumentsComponents, 'search'>,
  tx: Tx,
  tenantId: string,
  document: Pick<DocumentRow, 'id' | 'workspace_id' | 'visibility'>,
): Promise<void> {
  await search.removeDocuments(tx, 'document', [document.id])
  const fileIds = await dropDocument(tx, document.id)
  await tx.enqueue({ name: DISCARD, data: { tenantId, documentId: document.id, fileIds } })
  await documentChanged(tx, 'deleted', document)
}
