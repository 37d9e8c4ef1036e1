import { compareLocators, type Locator } from '@stoa/locators'
import type { NewBookmark, Write } from '../../../offline/types.ts'
import type { Location } from '../../../reader/engine/index.ts'
import { fromWire } from '../place/wire-locator.ts'

/** What is known, with the writes of this device that wait for the server; in reading order. */
export function mergeBookmarks(
  known: readonly NewBookmark[],
  waiting: readonly Write[],
  bookId: string,
): NewBookmark[] {
  const all = new Map(known.map((bookmark) => [bookmark.id, bookmark]))
  for (const write of waiting) {
    if (write.kind === 'bookmark.create' && write.bookId === bookId) all.set(write.body.id, write.body)
    if (write.kind === 'bookmark.delete' && write.bookId === bookId) all.delete(write.id)
  }
  return [...all.values()].sort((a, b) => compareLocators(fromWire(a.locator), fromWire(b.locator)))
}

/** A reflowed page is known by where it begins; two beginnings so close in the book are the same page. */
const SAME = 1e-6

/** Whether a bookmark marks what is on screen now. */
export function isOnPage(bookmark: Locator, { locator, fraction }: Location): boolean {
  if (bookmark.type === 'pdf') return locator.type === 'pdf' && bookmark.page === locator.page
  if (locator.type !== 'epub') return false
  if (bookmark.cfi === locator.cfi) return true
  const at = bookmark.fraction
  return at !== undefined && at >= (locator.fraction ?? 1) - SAME && at < fraction - SAME
}
