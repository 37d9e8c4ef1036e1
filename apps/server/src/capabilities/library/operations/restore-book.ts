import { type Operation, operation } from '../../../platform/http/operation.ts'
import { announceBook } from '../announce.ts'
import type { LibraryComponents } from '../components.ts'
import { bookHereAgain } from '../errors.ts'
import { presentBookById, visibleBook } from '../scope.ts'
import { indexBook } from '../searchable.ts'
import { findBookOfContent, updateBook } from '../store/books.ts'

export const restoreBook = (components: LibraryComponents): Operation =>
  operation('restoreBook', (request) =>
    request.write(async (tx) => {
      const { context, params } = request
      const book = await visibleBook(components, tx, context, params.book_id)
      if (book.trashed_at !== null) {
        const other = await findBookOfContent(tx, book.workspace_id, book.content_id)
        if (other) throw bookHereAgain(other)
        await updateBook(tx, book.id, { trashed_at: null })
        await indexBook(components, tx, context.tenantId, book.id)
        await announceBook(tx, 'book.restored', book)
      }
      return { status: 200, body: await presentBookById(components, tx, context, book.id) }
    }),
  )
