import { buffer } from 'node:stream/consumers'
import type { TenantContext, Tx } from '../../../platform/database/database.ts'
import { type Operation, operation, type Reply } from '../../../platform/http/operation.ts'
import type { DocumentsComponents } from '../components.ts'
import { documentIdTaken, fileMissing, importUnknown, importUnreadable } from '../errors.ts'
import { documentChanged, membershipChanged } from '../events.ts'
import { type ReadFile, readDocx } from '../formats/docx-import.ts'
import { type KeptPicture, keepPictures, withPictures } from '../formats/pictures.ts'
import { importKey } from '../keys.ts'
import { PROJECT } from '../project.ts'
import { findDocument, insertDocument } from '../store/documents.ts'
import { insertFile } from '../store/files.ts'
import { findImport, type ImportRow, insertImport, markImported } from '../store/imports.ts'
import { setMembers } from '../store/members.ts'
import { newId, schema, type Texts } from '../texts.ts'
import { documentView } from '../view.ts'
import { checkBook } from './documents.ts'
import { signedUpload } from './files.ts'

const EXTENSION = /\.(md|markdown|docx)$/i

export const createDocumentImport = (components: DocumentsComponents): Operation =>
  operation('createDocumentImport', (request) =>
    request.write(async (tx) => {
      const { context, body } = request
      await components.requireWorkspace(tx, body.workspace_id)
      await checkBook(components, tx, body.workspace_id, body.book_id)
      if (!EXTENSION.test(body.filename)) throw importUnreadable()
      const row = {
        ...{ id: body.id, workspace_id: body.workspace_id, filename: body.filename, size: body.size },
        book_id: body.book_id ?? null,
        account_id: context.accountId,
        visibility: body.visibility ?? ('workspace' as const),
        workspace_access: body.workspace_access ?? ('write' as const),
        at: new Date(components.clock.now()),
      }
      const isNew = await insertImport(tx, context.tenantId, row)
      if (!isNew && !(await findImport(tx, context.accountId, body.id))) throw documentIdTaken()
      const put = await signedUpload(components, importKey(context.tenantId, body.id), body.size)
      return { status: 201, body: { id: body.id, put } }
    }),
  )

export const completeDocumentImport = (components: DocumentsComponents, texts: Texts): Operation =>
  operation('completeDocumentImport', async (request) => {
    const { context, params } = request
    const row = await request.read(async (tx) => {
      const found = await findImport(tx, context.accountId, params.import_id)
      if (!found) throw importUnknown()
      await components.requireWorkspace(tx, found.workspace_id)
      return found
    })
    if (row.done_at !== null) return request.write((tx) => finished(components, tx, context, row, 200))
    const file = await fileOf(components, context, row)
    const pictures = await keepPictures(components, context, file)
    const doc = await withPictures(file.doc, pictures)
    await texts.create({ tenantId: context.tenantId, documentId: row.id }, context.accountId, doc)
    return request.write((tx) => record(components, tx, context, { row, file, pictures }))
  })

/** @throws Problem 409 `document_file.incomplete`; 422 `document_import.unreadable` */
async function fileOf(
  components: DocumentsComponents,
  { tenantId }: TenantContext,
  row: ImportRow,
): Promise<ReadFile> {
  const key = importKey(tenantId, row.id)
  if ((await components.blobs.head(key))?.size !== row.size) throw fileMissing()
  const bytes = await buffer(await components.blobs.get(key))
  try {
    if (/\.docx$/i.test(row.filename)) return await readDocx(bytes, () => newId(components))
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    const { doc, leftOut } = (await schema()).fromMarkdown(text)
    return { doc, leftOut, pictures: [] }
  } catch (cause) {
    throw importUnreadable(cause)
  }
}

async function record(
  components: DocumentsComponents,
  tx: Tx,
  context: TenantContext,
  {
    row,
    file,
    pictures,
  }: { readonly row: ImportRow; readonly file: ReadFile; readonly pictures: readonly KeptPicture[] },
): Promise<Reply<'completeDocumentImport'>> {
  const { tenantId, accountId } = context
  const at = new Date(components.clock.now())
  const title = file.title ?? row.filename.replace(EXTENSION, '').slice(0, 300)
  const { id, workspace_id, book_id, visibility, workspace_access } = row
  const place = { id, workspace_id, book_id, visibility, workspace_access }
  const document = { ...place, title, title_key: components.sortKey(title), created_by: accountId, at }
  if (!(await insertDocument(tx, tenantId, document))) {
    if ((await findDocument(tx, accountId, id))?.created_by !== accountId) throw documentIdTaken()
    return finished(components, tx, context, row, 200)
  }
  await setMembers(tx, tenantId, id, [{ accountId, role: 'owner' }], at)
  for (const picture of pictures)
    await insertFile(tx, tenantId, { ...picture.file, document_id: id, account_id: accountId, at })
  await markImported(tx, id, file.leftOut, at)
  await tx.enqueue({ name: PROJECT, data: { tenantId, documentId: id }, singletonKey: id })
  await documentChanged(tx, 'created', place)
  await membershipChanged(tx, id, accountId)
  return finished(components, tx, context, { ...row, left_out: [...file.leftOut] }, 201)
}

async function finished(
  components: DocumentsComponents,
  tx: Tx,
  context: TenantContext,
  row: Pick<ImportRow, 'id' | 'left_out'>,
  status: 200 | 201,
): Promise<Reply<'completeDocumentImport'>> {
  const document = await documentView(components, tx, context, row.id)
  return { status, body: { document, left_out: row.left_out } }
}
