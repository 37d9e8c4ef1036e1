import { toast } from '@stoa/ui'
import { library as t } from '@stoa/ui/messages/library'
import { useQueryClient } from '@tanstack/react-query'
import { api, ok } from '../../data/api.ts'
import type { Book } from '../../data/books.ts'
import { problemText } from '../../frame/problem-text.ts'
import { usePlace } from '../../offline/use-place.ts'

const path = (book_id: string) => ({ params: { path: { book_id } } })

/** What one can do with books; each act shows itself, says when it failed, and can be undone. */
export function useBookActs() {
  const queries = useQueryClient()
  const place = usePlace()
  const refresh = () => {
    for (const key of ['books', 'library-summary', 'shelves'])
      void queries.invalidateQueries({ queryKey: [key] })
  }
  const attempt = async (
    act: () => Promise<unknown>,
    words: Record<string, () => string> = {},
  ): Promise<boolean> => {
    try {
      await act()
      return true
    } catch (error) {
      toast({ text: problemText(error, words), tone: 'bad' })
      return false
    } finally {
      refresh()
    }
  }
  const restore = (books: readonly Book[]) =>
    attempt(
      () => Promise.all(books.map(({ id }) => ok(api.POST('/api/v1/books/{book_id}/restore', path(id))))),
      { 'book.here_again': t.hereAgain },
    )
  return {
    async trash(books: readonly Book[]) {
      const done = await attempt(() =>
        Promise.all(books.map(({ id }) => ok(api.DELETE('/api/v1/books/{book_id}', path(id))))),
      )
      if (done) toast({ text: t.movedToTrash({ count: books.length }), undo: () => void restore(books) })
    },
    async restore(books: readonly Book[]) {
      if (await restore(books)) toast({ text: t.restored() })
    },
    remove: (book: Book) =>
      attempt(() =>
        ok(
          api.DELETE('/api/v1/books/{book_id}', {
            params: { path: { book_id: book.id }, query: { permanently: true } },
          }),
        ),
      ),
    retry: (book: Book) => attempt(() => ok(api.POST('/api/v1/books/{book_id}/retry', path(book.id)))),
    /** Kept first and sent behind, so that it also works without the server. */
    async mark(books: readonly Book[], status: Book['reading']['status']) {
      const recorded_at = new Date().toISOString()
      for (const { id } of books) await place.write({ kind: 'status', bookId: id, status, recorded_at })
      await place.outbox.flush()
      refresh()
    },
    async shelve(books: readonly Book[], shelf: { id: string; name: string }) {
      const book_ids = books.map(({ id }) => id)
      const init = { params: { path: { shelf_id: shelf.id } }, body: { book_ids } }
      const done = await attempt(() => ok(api.POST('/api/v1/shelves/{shelf_id}/books', init)))
      const undo = () => void attempt(() => ok(api.POST('/api/v1/shelves/{shelf_id}/books/remove', init)))
      if (done) toast({ text: t.onShelf({ count: books.length, name: shelf.name }), undo })
    },
    async unshelve(books: readonly Book[], shelf: { id: string; name: string }) {
      const book_ids = books.map(({ id }) => id)
      const init = { params: { path: { shelf_id: shelf.id } }, body: { book_ids } }
      const done = await attempt(() => ok(api.POST('/api/v1/shelves/{shelf_id}/books/remove', init)))
      const undo = () => void attempt(() => ok(api.POST('/api/v1/shelves/{shelf_id}/books', init)))
      if (done) toast({ text: t.offShelfDone({ name: shelf.name }), undo })
    },
    async download(book: Book) {
      await attempt(async () => {
        const query = { edition: 'original', download: true } as const
        const file = await ok(
          api.GET('/api/v1/books/{book_id}/file', { params: { path: { book_id: book.id }, query } }),
        )
        location.assign(file.transfer.url)
      })
    },
    keep: (book: Book, kept: boolean) => attempt(() => place.files.pin(book.id, kept)),
  }
}

export type BookActs = ReturnType<typeof useBookActs>
