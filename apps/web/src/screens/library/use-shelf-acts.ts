import { toast } from '@stoa/ui'
import { library as t } from '@stoa/ui/messages/library'
import { useQueryClient } from '@tanstack/react-query'
import { api, ok } from '../../data/api.ts'
import type { Shelf } from '../../data/books.ts'
import { problemText } from '../../frame/problem-text.ts'

const WORDS = { 'shelf.loop': t.shelfRefused, 'shelf.too_deep': t.shelfTooDeep }

/** What one can do with shelves; each act says when it failed. */
export function useShelfActs() {
  const queries = useQueryClient()
  const attempt = async (act: () => Promise<unknown>): Promise<boolean> => {
    try {
      await act()
      return true
    } catch (error) {
      toast({ text: problemText(error, WORDS), tone: 'bad' })
      return false
    } finally {
      for (const key of ['shelves', 'books']) void queries.invalidateQueries({ queryKey: [key] })
    }
  }
  return {
    change: (shelf: Shelf, change: { name?: string; parent_id?: string | null }) =>
      attempt(() => {
        const params = { path: { shelf_id: shelf.id } }
        return ok(
          api.PATCH('/api/v1/shelves/{shelf_id}', { params, body: { version: shelf.version, ...change } }),
        )
      }),
    create: (name: string, parent: string | null) =>
      attempt(() => ok(api.POST('/api/v1/shelves', { body: { name, parent_id: parent } }))),
    async remove(shelf: Shelf) {
      const init = { params: { path: { shelf_id: shelf.id } } }
      if (await attempt(() => ok(api.DELETE('/api/v1/shelves/{shelf_id}', init)))) {
        toast({ text: t.shelfRemoved({ name: shelf.name }) })
      }
    },
  }
}
