import { type Operation, operation } from '../../../platform/http/operation.ts'
import type { LibraryComponents } from '../components.ts'
import { presentBookById } from '../scope.ts'

export const getBook = (components: LibraryComponents): Operation =>
  operation('getBook', (request) =>
    request.read(async (tx) => ({
      status: 200,
      body: await presentBookById(components, tx, request.context, request.params.book_id),
    })),
  )
