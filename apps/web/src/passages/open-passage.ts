import { createContext } from 'react'
import type { Citation } from '../data/rooms.ts'
import type { PassageAddress } from '../screens/search/hit-target.ts'
import { placeOf } from '../screens/search/hit-target.ts'

/** A passage of a book, wherever it is named. */
export type Passage = Pick<Citation, 'book_id' | 'locator' | 'quote'>

/** What opens a passage: the reader beside a room, or the place in the book that is open. */
export const OpenPassage = createContext<(passage: Passage) => void>(() => {})

/** Enough words to be the only ones. */
const LONGEST_QUOTE = 160

/** The reader's address of a passage: the place, and the words to find it by when the file was replaced. */
export function addressOf({ locator, quote }: Passage): PassageAddress {
  const words = quote.exact.trim().slice(0, LONGEST_QUOTE)
  return { ...placeOf(locator), ...(words && { q: words }) }
}
