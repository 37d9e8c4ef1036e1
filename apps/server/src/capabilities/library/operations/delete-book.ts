import { type Operation, operation } from '../../../platform/http/operation.ts'
import { announceBook } from '../announce.ts'
import type { LibraryComponents } from '../components.ts'
import { bookNotTrashed } from '../errors.ts'
import { visibleBook } from '../scope.ts'
import { indexBook } from '../searchable.ts'
import { deleteBook, updateBook } from '../store/books.ts'

/** To the trash first; from there for good. The file goes later, when nothing shows it any more (see sweep.ts). */
export const deleteBookOperation = (components: LibraryComponents): Operation =>
  operation('deleteBook', (request) =>
    request.write(async (tx) => {
      const book = await visibleBook(components, tx, request.context, request.params.book_id)
      if (request.query.permanently) {
        if (book.trashed_at === null) throw bookNotTrashed()
        await deleteBook(tx, book.id)
        await components.search.removeBook(tx, book.id)
        await announceBook(tx, 'book.deleted', book)
        return { status: 204, body: undefined }
      }
      if (book.trashed_at === null) {
        await updateBook(tx, book.id, { trashed_at: new Date(components.clock.now()) })
        await announceBook(tx, 'book.trashed', book)
      }
      await indexBook(components, tx, request.context.tenantId, book.id)
      return { status: 204, body: undefined }
    }),
  )
