/** The content plane: boards, wired to the books and people that they speak of. */

import type { SearchEngine } from '../platform/search/search-engine.ts'
import { type BoardNetwork, createBoards } from './boards/index.ts'
import type { Capability } from './capability.ts'
import type { House } from './house.ts'
import { booksOfFiles, type Library } from './library/index.ts'
import { namesOfMembers, workspacesOf } from './tenancy/index.ts'

export function createContentPlane(
  house: House,
  boardNetwork: BoardNetwork | undefined,
  library: Library,
  search: SearchEngine,
): Capability {
  const { clock, random, log, database, blobs, settings } = house
  return createBoards({
    ...{ clock, random, log, database, blobs, search, boardNetwork },
    secret: house.deriveKey('boards'),
    settings: settings.content,
    telemetry: house.content,
    people: namesOfMembers,
    visibleBook: (tx, context, bookId) => library.visibleBook(tx, context, bookId),
    booksOfFiles: async (tx, sha256s) => booksOfFiles(tx, await workspacesOf(tx), sha256s),
  })
}
