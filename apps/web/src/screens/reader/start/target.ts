import type { Locator } from '@stoa/locators'
import type { OfflinePlace } from '../../../offline/place.ts'
import type { BookView } from '../../../reader/engine/index.ts'
import { fromWire } from '../place/wire-locator.ts'
import type { ReaderSearch } from './search-params.ts'

/** Words of a passage that are looked for: enough to be the only ones, few enough to be found after a change. */
const LONGEST_QUERY = 160
/** Hits among which the nearest to the named place is taken. */
const MOST_HITS = 60

/** Where a link leads, as far as it says without looking into the book. */
export async function locatorOf(search: ReaderSearch, place: OfflinePlace): Promise<Locator | undefined> {
  if (search.highlight !== undefined) {
    const row = await place.database.highlights.get(search.highlight)
    if (row && !row.deleted_at) return fromWire(row.locator)
  }
  if (search.cfi !== undefined) return { type: 'epub', cfi: search.cfi }
  return search.page === undefined ? undefined : { type: 'pdf', page: search.page - 1 }
}

/** Goes to what a link names. Gives the passage to flash; undefined when it is not in the book. */
export async function goToTarget(
  view: BookView,
  search: ReaderSearch,
  locator: Locator | undefined,
  signal: AbortSignal,
): Promise<Locator | undefined> {
  const shown = locator !== undefined && (await view.goTo(locator))
  const found = search.q === undefined ? undefined : await findWords(view, search.q, signal)
  if (found && !signal.aborted && (await view.goTo(found))) return found
  return shown ? locator : undefined
}

/** The hit nearest to where the view stands. */
async function findWords(view: BookView, words: string, signal: AbortSignal): Promise<Locator | undefined> {
  const here = view.location?.locator.fraction ?? 0
  let best: { locator: Locator; distance: number } | undefined
  const query = words.trim().slice(0, LONGEST_QUERY)
  for await (const { locator } of view.search(query, { signal, limit: MOST_HITS })) {
    const distance = Math.abs((locator.fraction ?? 0) - here)
    if (!best || distance < best.distance) best = { locator, distance }
  }
  return best?.locator
}

/** Whether the link names anything at all. */
export const isLink = ({ cfi, page, highlight, q }: ReaderSearch): boolean =>
  [cfi, page, highlight, q].some((part) => part !== undefined)
