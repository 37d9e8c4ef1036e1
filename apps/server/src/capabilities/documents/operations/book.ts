import { type Operation, operation } from '../../../platform/http/operation.ts'
import type { DocumentsComponents } from '../components.ts'
import { epubFile } from '../formats/epub-file.ts'
import { carriedImages } from '../formats/images.ts'
import { enter } from '../scope.ts'
import { readableFiles } from '../store/files.ts'
import { schema, type Texts } from '../texts.ts'
import { languageOf } from './export.ts'

export const createBookFromDocument = (components: DocumentsComponents, texts: Texts): Operation =>
  operation('createBookFromDocument', async (request) => {
    const { context, params, body } = request
    const { tenantId } = context
    const known = await request.read(async (tx) => {
      const { document } = await enter(tx, context, params.document_id)
      return { document, people: await components.people(tx, [document.created_by]) }
    })
    const { title, workspace_id: workspaceId } = known.document
    const { doc } = await texts.read({ tenantId, documentId: params.document_id })
    const ids = (await schema()).filesOf(doc)
    const files = await request.read((tx) => readableFiles(tx, ids))
    const images = await carriedImages(components, tenantId, files)
    const details = { title: title || '…', authors: [...known.people.values()], language: languageOf(doc) }
    const { book, created } = await components.addBook(context, {
      ...{ bookId: body.id, workspaceId, shelfIds: body.shelf_ids ?? [] },
      filename: `${
        title
          .replace(/[\p{Cc}/\\]+/gu, ' ')
          .trim()
          .slice(0, 100) || 'document'
      }.epub`,
      bytes: await epubFile(details, doc, images),
    })
    return request.write(async () => ({ status: created ? 201 : 200, body: book }))
  })
