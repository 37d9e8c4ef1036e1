import type { TenantContext, Tx } from '../../../platform/database/database.ts'
import { type Operation, operation } from '../../../platform/http/operation.ts'
import type { DocumentsComponents } from '../components.ts'
import { dropForGood } from '../drop.ts'
import { documentForbidden, documentNotTrashed } from '../errors.ts'
import { documentChanged, membershipChanged } from '../events.ts'
import { INDEX } from '../index-job.ts'
import { enter } from '../scope.ts'
import { type DocumentRow, setTrashed } from '../store/documents.ts'
import { memberIds } from '../store/members.ts'
import { documentView } from '../view.ts'

export const deleteDocument = (components: DocumentsComponents): Operation =>
  operation('deleteDocument', (request) =>
    request.write(async (tx) => {
      const { context, params, query } = request
      const document = await managed(tx, context, params.document_id)
      const permanent = query.permanent ?? false
      if (permanent && document.trashed_at === null) throw documentNotTrashed()
      if (!permanent && document.trashed_at !== null) return { status: 204, body: undefined }
      if (permanent) await dropForGood(components, tx, context.tenantId, document)
      else {
        await setTrashed(tx, document.id, new Date(components.clock.now()))
        await components.search.removeDocuments(tx, 'document', [document.id])
        await tell(tx, 'trashed', document)
      }
      return { status: 204, body: undefined }
    }),
  )

export const restoreDocument = (components: DocumentsComponents): Operation =>
  operation('restoreDocument', (request) =>
    request.write(async (tx) => {
      const { context, params } = request
      const document = await managed(tx, context, params.document_id)
      if (document.trashed_at !== null) {
        await setTrashed(tx, document.id, null)
        const data = { tenantId: context.tenantId, documentId: document.id }
        await tx.enqueue({ name: INDEX, data, singletonKey: document.id })
        await tell(tx, 'restored', document)
      }
      return { status: 200, body: await documentView(components, tx, context, document.id) }
    }),
  )

/** @throws Problem 403 `document.forbidden`, 404 */
async function managed(tx: Tx, context: TenantContext, documentId: string): Promise<DocumentRow> {
  const { document, can } = await enter(tx, context, documentId)
  if (!can.manage) throw documentForbidden()
  return document
}

async function tell(tx: Tx, change: 'trashed' | 'restored', document: DocumentRow): Promise<void> {
  await documentChanged(tx, change, document)
  for (const accountId of await memberIds(tx, document.id))
    await membershipChanged(tx, document.id, accountId)
}
