/** Documents, wired to the texts, books and people that they are made of. */

import { thumbnailOf } from '../platform/images/thumbnail.ts'
import type { SearchEngine } from '../platform/search/search-engine.ts'
import type { Capability } from './capability.ts'
import { createDocuments } from './documents/index.ts'
import type { House } from './house.ts'
import { foundBooks, type Library, sortKey } from './library/index.ts'
import type { StateSync } from './statesync/index.ts'
import { membersAmong, namesOfMembers, requireWorkspace } from './tenancy/index.ts'

export function createWritingPlane(
  house: House,
  library: Library,
  search: SearchEngine,
  statesync: StateSync,
): Capability {
  const { database, clock, blobs, log, onSwept } = house
  return createDocuments({
    ...{ database, clock, blobs, log, onSwept, search, statesync },
    ...{ membersAmong, requireWorkspace, sortKey, thumbnailOf },
    people: namesOfMembers,
    async booksOf(tx, workspaceId, bookIds) {
      const found = await foundBooks(tx, [workspaceId], { bookIds })
      return new Map(found.map(({ id, title }) => [id, title]))
    },
    addBook: (context, file) => library.addMadeFile(context, file),
  })
}
