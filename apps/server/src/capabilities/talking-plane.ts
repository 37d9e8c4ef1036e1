/** Rooms, wired to the books, notes and people that are talked about. */
import type { SearchEngine } from '../platform/search/search-engine.ts'
import { quotableMark } from './annotations/index.ts'
import type { House } from './house.ts'
import { coverView, foundBooks, type Library } from './library/index.ts'
import { createRooms, type QuotableMark, type Rooms } from './rooms/index.ts'
import { membersAmong, namesOfMembers, requireWorkspace, workspacesOf } from './tenancy/index.ts'

export function createTalkingPlane(house: House, library: Library, search: SearchEngine): Rooms {
  const { database, clock, blobs } = house
  return createRooms({
    ...{ clock, database, blobs, search, membersAmong, requireWorkspace },
    people: namesOfMembers,
    visibleBook: (tx, context, bookId) => library.visibleBook(tx, context, bookId),
    async booksOf(tx, workspaceId, bookIds) {
      const found = await foundBooks(tx, [workspaceId], { bookIds })
      const shown = await Promise.all(
        found.map(async ({ id, title, authors, cover }) => ({
          ...{ id, title, authors },
          cover: cover && (await coverView(blobs, cover)),
        })),
      )
      return new Map(shown.map((book) => [book.id, book]))
    },
    async quotable(tx, { accountId }, kind, id) {
      const mark = await quotableMark(tx, { accountId, workspaceIds: await workspacesOf(tx) }, kind, id)
      return mark as QuotableMark | undefined
    },
  })
}
