import { uuidv7 } from '@stoa/kernel'
import { type Operation, operation } from '../../../platform/http/operation.ts'
import { versionConflict } from '../../../platform/http/problem.ts'
import { announceBook } from '../announce.ts'
import { claimUpload, completeUpload } from '../claim-upload.ts'
import type { LibraryComponents } from '../components.ts'
import { bookHereAgain, sameFile } from '../errors.ts'
import { READ_IN } from '../read-in/job-name.ts'
import { presentBook, presentBookById, visibleBook } from '../scope.ts'
import { findBookOfContent, updateBook } from '../store/books.ts'
import { ensureContent } from '../store/contents.ts'

/** Another file for the same book: places, highlights and notes stay; the reader anchors them anew by their words. */
export const replaceBookFile = (components: LibraryComponents): Operation =>
  operation('replaceBookFile', async (request) => {
    const { context, params, body } = request
    const upload = await claimUpload(components, context, body.upload_id)
    return request.write(async (tx) => {
      const { tenantId } = context
      const book = await visibleBook(components, tx, context, params.book_id)
      if (book.version !== body.version)
        throw versionConflict({ ...(await presentBook(components, tx, book)) })
      const contentId = await ensureContent(tx, {
        tenantId,
        id: uuidv7(),
        sha256: upload.sha256,
        size: upload.size,
      })
      if (contentId === book.content_id) throw sameFile()
      const other = await findBookOfContent(tx, book.workspace_id, contentId)
      if (other) throw bookHereAgain(other)
      await updateBook(tx, book.id, { content_id: contentId, state: 'ANALYZING', progress: 0, failure: null })
      await completeUpload(tx, upload)
      await tx.enqueue({ name: READ_IN, data: { tenantId, contentId }, singletonKey: contentId })
      await announceBook(tx, 'book.replaced', book, { state: 'ANALYZING', progress: 0 })
      return { status: 202, body: await presentBookById(components, tx, context, book.id) }
    })
  })
