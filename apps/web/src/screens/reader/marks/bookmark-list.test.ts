import { expect, test } from 'vitest'
import type { NewBookmark } from '../../../offline/types.ts'
import type { Location } from '../../../reader/engine/index.ts'
import { isOnPage, mergeBookmarks } from './bookmark-list.ts'

const at = (id: string, page: number): NewBookmark => ({ id, locator: { type: 'pdf', page } })

test('what waits is there already, what is removed is gone, in reading order', () => {
  const list = mergeBookmarks(
    [at('a', 5), at('b', 1)],
    [
      { kind: 'bookmark.create', bookId: 'book', body: at('c', 3) },
      { kind: 'bookmark.delete', bookId: 'book', id: 'b' },
      { kind: 'bookmark.create', bookId: 'other', body: at('d', 2) },
    ],
    'book',
  )
  expect(list.map(({ id }) => id)).toEqual(['c', 'a'])
})

const page: Location = {
  locator: { type: 'epub', cfi: 'epubcfi(/6/4!/4/2/1:0)', fraction: 0.2 },
  fraction: 0.25,
  section: { index: 1, total: 4, fraction: 0 },
  page: 1,
  pages: 9,
  remaining: { section: 0.1, book: 0.75 },
  length: 1000,
  reason: 'page',
}

test('a bookmark is on the page that begins there or that has it in between', () => {
  expect(isOnPage({ type: 'epub', cfi: 'epubcfi(/6/4!/4/2/1:0)' }, page)).toBe(true)
  expect(isOnPage({ type: 'epub', cfi: 'epubcfi(/6/4!/4/8/1:0)', fraction: 0.22 }, page)).toBe(true)
  expect(isOnPage({ type: 'epub', cfi: 'epubcfi(/6/4!/4/80/1:0)', fraction: 0.25 }, page)).toBe(false)
  expect(isOnPage({ type: 'pdf', page: 1 }, page)).toBe(false)
})
