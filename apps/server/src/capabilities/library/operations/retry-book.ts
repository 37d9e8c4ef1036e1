import { type Operation, operation } from '../../../platform/http/operation.ts'
import { announceBook } from '../announce.ts'
import type { LibraryComponents } from '../components.ts'
import { bookNotFailed } from '../errors.ts'
import { READ_IN } from '../read-in/job-name.ts'
import { presentBookById, visibleBook } from '../scope.ts'
import { updateBook } from '../store/books.ts'

export const retryBook = (components: LibraryComponents): Operation =>
  operation('retryBook', (request) =>
    request.write(async (tx) => {
      const { context, params } = request
      const book = await visibleBook(components, tx, context, params.book_id)
      if (book.state !== 'FAILED') throw bookNotFailed()
      await updateBook(tx, book.id, { state: 'ANALYZING', progress: 0, failure: null })
      const data = { tenantId: context.tenantId, contentId: book.content_id }
      await tx.enqueue({ name: READ_IN, data, singletonKey: book.content_id })
      await announceBook(tx, 'book.updated', book, { state: 'ANALYZING', progress: 0 })
      return { status: 202, body: await presentBookById(components, tx, context, book.id) }
    }),
  )
