import type { BoardCitation, NewBoardCitation } from '../../../data/boards.ts'

/** The passages of something that is written anew: those of books that this organisation has. */
export const keptCitations = (citations: readonly BoardCitation[]): NewBoardCitation[] =>
  citations.flatMap(({ book_id, locator, quote, chapter }) =>
    book_id === null ? [] : [{ book_id, locator, quote, ...(chapter !== null && { chapter }) }],
  )
