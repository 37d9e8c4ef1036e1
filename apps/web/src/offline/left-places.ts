import type { OfflineDatabase } from './database.ts'
import type { Place } from './types.ts'

/** A database may not finish what is begun while a page is being left; what is here already does. */
type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>

const prefixOf = (database: Pick<OfflineDatabase, 'name'>): string => `stoa.left.${database.name}.`

/** Keeps, before it returns, where somebody stopped. Gives what takes it away again once the database has it. */
export function keepLeft(
  database: Pick<OfflineDatabase, 'name'>,
  bookId: string,
  place: Place,
  store: Store = localStorage,
): () => void {
  const key = prefixOf(database) + bookId
  const text = JSON.stringify(place)
  try {
    store.setItem(key, text)
  } catch {
    // No room: the database still gets it.
  }
  return () => {
    if (store.getItem(key) === text) store.removeItem(key)
  }
}

/** Hands over what the database did not get before the last page was gone. */
export async function recoverLeft(
  database: Pick<OfflineDatabase, 'name'>,
  keep: (bookId: string, place: Place) => Promise<void>,
  store: Store = localStorage,
): Promise<void> {
  const prefix = prefixOf(database)
  const keys = Array.from({ length: store.length }, (_, index) => store.key(index) ?? '')
  for (const key of keys.filter((each) => each.startsWith(prefix))) {
    const place = placeFrom(store.getItem(key))
    if (place) await keep(key.slice(prefix.length), place)
    store.removeItem(key)
  }
}

function placeFrom(text: string | null): Place | undefined {
  try {
    const place: unknown = JSON.parse(text ?? 'null')
    const known = typeof place === 'object' && place !== null && 'locator' in place && 'recorded_at' in place
    return known ? (place as Place) : undefined
  } catch {
    return undefined
  }
}
