import { uuidv7 } from '@stoa/kernel'
import { toast } from '@stoa/ui'
import { reader as t } from '@stoa/ui/messages/reader'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { api, ok } from '../../../data/api.ts'
import type { NewBookmark } from '../../../offline/types.ts'
import { useLive } from '../../../offline/use-place.ts'
import type { Location } from '../../../reader/engine/index.ts'
import { fromWire, toWire } from '../place/wire-locator.ts'
import { useReader } from '../reader-store.ts'
import { isOnPage, mergeBookmarks } from './bookmark-list.ts'

const EXCERPT = 120

/** The bookmarks of the open book: what the server had last, with what this device has changed since. */
export function useBookmarks(location: Location | undefined) {
  const { book, place, view } = useReader()
  const factKey = `bookmarks:${book.id}`
  const { data } = useQuery({
    queryKey: ['bookmarks', book.id],
    queryFn: ({ signal }) =>
      ok(api.GET('/api/v1/books/{book_id}/bookmarks', { params: { path: { book_id: book.id } }, signal })),
  })
  useEffect(() => {
    if (data) void place.database.facts.put({ key: factKey, value: JSON.stringify(data.items) })
  }, [data, place, factKey])
  const kept = useLive(async (key) => {
    const [fact, entries] = await Promise.all([
      place.database.facts.get(key),
      place.database.outbox.toArray(),
    ])
    const known: NewBookmark[] = fact ? JSON.parse(fact.value) : []
    return mergeBookmarks(
      known,
      entries.map(({ write }) => write),
      book.id,
    )
  }, factKey)
  const bookmarks = kept ?? []
  const here = bookmarks.filter((bookmark) => location && isOnPage(fromWire(bookmark.locator), location))

  const remember = async (list: readonly NewBookmark[]) => {
    await place.database.facts.put({ key: factKey, value: JSON.stringify(list) })
  }
  const add = async (bookmark: NewBookmark) => {
    await place.write({ kind: 'bookmark.create', bookId: book.id, body: bookmark })
    await remember([...bookmarks.filter(({ id }) => id !== bookmark.id), bookmark])
  }
  const remove = async (bookmark: NewBookmark, offerUndo = true) => {
    await place.write({ kind: 'bookmark.delete', bookId: book.id, id: bookmark.id })
    await remember(bookmarks.filter(({ id }) => id !== bookmark.id))
    const again = () => add({ ...pickNew(bookmark), id: uuidv7() })
    if (offerUndo) toast({ text: t.bookmarkRemoved(), undo: again })
  }
  const toggle = async () => {
    if (!location) return
    if (here.length > 0) {
      for (const bookmark of here) await remove(bookmark)
      return
    }
    const excerpt = (await view.getText(location.locator)).slice(0, EXCERPT)
    const label = location.tocItem?.label.trim().slice(0, 200)
    const locator = toWire({ ...location.locator, fraction: location.locator.fraction ?? location.fraction })
    await add({ id: uuidv7(), locator, ...(label && { label }), ...(excerpt && { excerpt }) })
  }
  return { bookmarks, here: here.length > 0, toggle, remove }
}

const pickNew = ({ id, locator, label, excerpt }: NewBookmark): NewBookmark => ({
  id,
  locator,
  ...(label && { label }),
  ...(excerpt && { excerpt }),
})
