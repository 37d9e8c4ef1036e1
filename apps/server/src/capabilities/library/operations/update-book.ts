import { type Operation, operation, type Request } from '../../../platform/http/operation.ts'
import { versionConflict } from '../../../platform/http/problem.ts'
import { announceBook } from '../announce.ts'
import type { LibraryComponents } from '../components.ts'
import { namesOf } from '../names.ts'
import { presentBook, presentBookById, visibleBook } from '../scope.ts'
import { indexBook } from '../searchable.ts'
import { type BookChanges, type BookRow, updateBook } from '../store/books.ts'

type Correction = Request<'updateBook'>['body']

function changesOf(row: BookRow, { version: _, ...correction }: Correction): BookChanges {
  const edited = new Set([...row.edited_fields, ...Object.keys(correction)])
  const tags = correction.tags && [
    ...new Set(correction.tags.map((tag) => tag.trim()).filter((tag) => tag !== '')),
  ]
  const named = { ...row, ...correction }
  return { ...correction, ...(tags && { tags }), edited_fields: [...edited], ...namesOf(named) }
}

export const updateBookOperation = (components: LibraryComponents): Operation =>
  operation('updateBook', (request) =>
    request.write(async (tx) => {
      const { context, params, body } = request
      const row = await visibleBook(components, tx, context, params.book_id)
      if (
        row.version !== body.version ||
        !(await updateBook(tx, row.id, changesOf(row, body), body.version))
      ) {
        throw versionConflict({ ...(await presentBook(components, tx, row)) })
      }
      await indexBook(components, tx, context.tenantId, row.id)
      await announceBook(tx, 'book.updated', row)
      return { status: 200, body: await presentBookById(components, tx, context, row.id) }
    }),
  )
