/** The reading plane: library, reading, annotations and search, wired to each other. */
import { join } from 'node:path'
import type { TenantContext, Tx } from '../platform/database/database.ts'
import type { JobDefinition } from '../platform/jobs/jobs.ts'
import { createPostgresSearch } from '../platform/search/postgres/postgres-search.ts'
import { annotationPlaces, annotationTags, countAnnotations, createAnnotations } from './annotations/index.ts'
import { type BoardNetwork, boardsToSearch, postPlaces } from './boards/index.ts'
import type { Capability } from './capability.ts'
import { createContentPlane } from './content-plane.ts'
import { documentsToSearch } from './documents/index.ts'
import type { House } from './house.ts'
import {
  type BookReader,
  bookTags,
  coverView,
  createLibrary,
  type FoundBook,
  foundBooks,
  isReadingIn,
  type Library,
  type LibraryComponents,
  passagesAt,
  sampleJob,
  searchableContents,
  shelvesBelow,
  titlesOf,
} from './library/index.ts'
import { createReading } from './reading/index.ts'
import { messagePlaces, type Rooms, roomsToSearch } from './rooms/index.ts'
import { createSearch, type MarkedPlace, type SearchableBook, type SearchComponents } from './search/index.ts'
import type { StateSync } from './statesync/index.ts'
import { createTalkingPlane } from './talking-plane.ts'
import { namesOfMembers, workspacesOf } from './tenancy/index.ts'
import { createWritingPlane } from './writing-plane.ts'

export interface ReadingPlane {
  readonly library: Library
  readonly rooms: Rooms
  readonly all: readonly Capability[]
}

export function createReadingPlane(
  house: House,
  reader: BookReader,
  statesync: StateSync,
  boardNetwork: BoardNetwork | undefined,
): ReadingPlane {
  const { database, clock, log, settings, onSwept } = house
  const blobs = house.blobs
  const engine = createPostgresSearch()
  const shared = {
    database,
    clock,
    log,
    onSwept,
    people: namesOfMembers,
    workspacesOf: (tx: Tx) => workspacesOf(tx),
  }
  const components: LibraryComponents = {
    ...shared,
    blobs,
    temporaryFolder: join(settings.dataDir, 'tmp', 'read-in'),
    maxFileBytes: settings.maxFileBytes,
    countAnnotations,
    search: engine,
  }
  const library = createLibrary({ ...components, reader })
  const { visibleBook } = library
  const bookTitles = async (tx: Tx, _: TenantContext, bookIds: readonly string[]) =>
    titlesOf(tx, await workspacesOf(tx), bookIds)
  const readingRoom = createReading({ clock, visibleBook, bookTitles })
  const annotations = createAnnotations({
    ...shared,
    search: engine,
    visibleBook,
    bookTitles,
    publicUrl: () => settings.publicUrl ?? '',
  })
  const search = createSearch(searchComponents(engine, blobs))
  const background: Capability = {
    name: 'read-in',
    operations: [],
    jobs: [sampleJob(library, settings.sampleFolder) as unknown as JobDefinition],
    services: [],
  }
  const rooms = createTalkingPlane(house, library, engine)
  const boards = createContentPlane(house, boardNetwork, library, engine)
  const documents = createWritingPlane(house, library, engine, statesync)
  return {
    library,
    rooms,
    all: [library, readingRoom, annotations, search, background, rooms, boards, documents],
  }
}

function searchComponents(engine: SearchComponents['engine'], blobs: House['blobs']): SearchComponents {
  const shown = async ({ cover, content_id, ...book }: FoundBook): Promise<SearchableBook> => ({
    ...book,
    contentId: content_id,
    cover: cover && (await coverView(blobs, cover)),
  })
  const booksBy = async (tx: Tx, wanted: Parameters<typeof foundBooks>[2]) =>
    Promise.all((await foundBooks(tx, await workspacesOf(tx), wanted)).map(shown))
  return {
    engine,
    isReadingIn,
    passagesAt,
    people: namesOfMembers,
    workspacesOf: (tx) => workspacesOf(tx),
    async searchableContents(tx, _, { workspaceIds, bookId, shelfId, language }) {
      const shelfIds = shelfId === undefined ? undefined : await shelvesBelow(tx, shelfId)
      return searchableContents(tx, {
        workspaceIds,
        ...(bookId && { bookId }),
        ...(shelfIds && { shelfIds }),
        ...(language && { language }),
      })
    },
    async booksOfContents(tx, _, contentIds) {
      const books = await booksBy(tx, { contentIds })
      return new Map(books.reverse().map((book) => [book.contentId, book]))
    },
    async booksById(tx, _, bookIds) {
      return new Map((await booksBy(tx, { bookIds })).map((book) => [book.id, book]))
    },
    roomsToSearch,
    boardsToSearch,
    async postsFound(tx, ids) {
      return new Map((await postPlaces(tx, ids)).map(({ id, ...place }) => [id, place]))
    },
    documentsToSearch,
    async messagesFound(tx, { accountId }, ids) {
      const places = await messagePlaces(tx, accountId, ids)
      const names = await namesOfMembers(tx, [...new Set(places.flatMap(({ peer_id }) => peer_id ?? []))])
      return new Map(
        places.map(({ id, peer_id, ...place }) => [
          id,
          { ...place, room_name: names.get(peer_id ?? '') ?? place.room_name },
        ]),
      )
    },
    async placesOf(tx, { accountId }, marks) {
      const places = await annotationPlaces(tx, { accountId, workspaceIds: await workspacesOf(tx) }, marks)
      return new Map(places.map(({ id, ...place }) => [id, place as unknown as MarkedPlace]))
    },
    async tagsLike(tx, { accountId }, prefix, limit) {
      const workspaceIds = await workspacesOf(tx)
      const counts = new Map<string, number>()
      const marks = await annotationTags(tx, { accountId, workspaceIds }, prefix, limit)
      for (const { tag, count } of [...marks, ...(await bookTags(tx, workspaceIds, prefix, limit))]) {
        counts.set(tag, (counts.get(tag) ?? 0) + count)
      }
      const all = [...counts].map(([tag, count]) => ({ tag, count }))
      return all.sort((a, b) => b.count - a.count || a.tag.localeCompare(b.tag)).slice(0, limit)
    },
  }
}
