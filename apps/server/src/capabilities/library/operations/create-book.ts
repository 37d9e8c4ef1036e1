import { uuidv7 } from '@stoa/kernel'
import type { TenantContext, Tx } from '../../../platform/database/database.ts'
import { type Operation, operation, type Reply } from '../../../platform/http/operation.ts'
import { addBook } from '../add-book.ts'
import { type ClaimedUpload, claimUpload, completeUpload } from '../claim-upload.ts'
import type { LibraryComponents } from '../components.ts'
import { otherWorkspace } from '../errors.ts'
import { chosenWorkspace, presentBookById, visibleShelf } from '../scope.ts'
import { putOnShelf } from '../store/shelves.ts'

export const createBook = (components: LibraryComponents): Operation =>
  operation('createBook', async (request) => {
    const { context, body } = request
    const upload = await claimUpload(components, context, body.upload_id)
    return request.write((tx) => record(components, tx, context, body, upload))
  })

async function record(
  components: LibraryComponents,
  tx: Tx,
  context: TenantContext,
  wanted: { id?: string; workspace_id?: string; shelf_ids?: readonly string[] },
  upload: ClaimedUpload,
): Promise<Reply<'createBook'>> {
  const { tenantId } = context
  const workspaceId = await chosenWorkspace(components, tx, context, wanted.workspace_id)
  const { bookId, created } = await addBook(tx, {
    tenantId,
    accountId: context.accountId,
    workspaceId,
    bookId: wanted.id ?? uuidv7(components.clock),
    file: upload,
  })
  for (const shelfId of new Set(wanted.shelf_ids)) {
    const shelf = await visibleShelf(components, tx, context, shelfId)
    if (shelf.workspace_id !== workspaceId) throw otherWorkspace()
    await putOnShelf(tx, tenantId, shelfId, [bookId])
  }
  await completeUpload(tx, upload)
  return { status: created ? 201 : 200, body: await presentBookById(components, tx, context, bookId) }
}
