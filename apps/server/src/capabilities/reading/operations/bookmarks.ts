import type { components } from '@stoa/contracts'
import { type Operation, operation } from '../../../platform/http/operation.ts'
import { notFound } from '../../../platform/http/problem.ts'
import type { ReadingComponents } from '../components.ts'
import { idTaken } from '../errors.ts'
import { type BookmarkRow, bookmarksIn, deleteBookmark, saveBookmark } from '../store.ts'

type Bookmark = components['schemas']['Bookmark']

const bookmarkView = ({ id, book_id, locator, label, excerpt, created_at }: BookmarkRow): Bookmark => ({
  id,
  book_id,
  locator: locator as Bookmark['locator'],
  label,
  excerpt,
  created_at: created_at.toISOString(),
})

export const listBookmarks = (components: ReadingComponents): Operation =>
  operation('listBookmarks', (request) =>
    request.read(async (tx) => {
      const { context, params } = request
      const book = await components.visibleBook(tx, context, params.book_id)
      return {
        status: 200,
        body: { items: (await bookmarksIn(tx, context.accountId, book.id)).map(bookmarkView) },
      }
    }),
  )

export const createBookmark = (components: ReadingComponents): Operation =>
  operation('createBookmark', (request) =>
    request.write(async (tx) => {
      const { context, params, body } = request
      const { tenantId, accountId } = context
      const { id: book_id } = await components.visibleBook(tx, context, params.book_id)
      const { id, locator, label, excerpt } = body
      const mark = { accountId, id, book_id, locator, label: label ?? null, excerpt: excerpt ?? null }
      const saved = await saveBookmark(tx, tenantId, mark)
      if (!saved) throw idTaken()
      await tx.emit({ type: 'bookmark.created', accountId, payload: { book_id, bookmark_id: id } })
      return { status: saved.created ? 201 : 200, body: bookmarkView(saved.row) }
    }),
  )

export const deleteBookmarkOperation = (components: ReadingComponents): Operation =>
  operation('deleteBookmark', (request) =>
    request.write(async (tx) => {
      const { context, params } = request
      const { accountId } = context
      const { id: book_id } = await components.visibleBook(tx, context, params.book_id)
      if (!(await deleteBookmark(tx, accountId, book_id, params.bookmark_id))) throw notFound('bookmark')
      await tx.emit({
        type: 'bookmark.deleted',
        accountId,
        payload: { book_id, bookmark_id: params.bookmark_id },
      })
      return { status: 204, body: undefined }
    }),
  )
