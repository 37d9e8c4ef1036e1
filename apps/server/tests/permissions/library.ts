import type { SomeFixtures } from './fixture.ts'
import { type Caller, upload, type World } from './world.ts'

const shelf = (world: World) =>
  world.owner.call('createShelf', { body: { name: 'Shelf', workspace_id: world.tenant.workspaceId } })

/** Uploads belong to who made them; guests make none. */
const uploader = (world: World, caller: Caller): Caller =>
  caller.member.context.role === 'guest' ? world.ours.owner : caller

const thisBook = ({ book }: World) => ({ input: { path: { book_id: book.id } } })

const trashed = async (world: World) => {
  const { id } = await world.newBook()
  await world.owner.call('deleteBook', { path: { book_id: id } })
  return id
}

type LibraryOperation =
  | 'createUpload'
  | 'createBook'
  | 'listBooks'
  | 'getBook'
  | 'updateBook'
  | 'deleteBook'
  | 'restoreBook'
  | 'retryBook'
  | 'getBookFile'
  | 'getBookContents'
  | 'replaceBookFile'
  | 'getLibrarySummary'
  | 'listShelves'
  | 'createShelf'
  | 'updateShelf'
  | 'deleteShelf'
  | 'addShelfBooks'
  | 'removeShelfBooks'
  | 'search'

export const library: SomeFixtures<LibraryOperation> = {
  createUpload: {
    stranger: 'own data',
    call: () => ({ input: { body: { filename: 'a.txt', size: 10 } } }),
  },
  createBook: {
    stranger: 'not found',
    call: async (world, caller) => {
      const upload_id = await upload(uploader(world, caller))
      return { input: { body: { upload_id, workspace_id: world.tenant.workspaceId } } }
    },
  },
  listBooks: { stranger: 'own data', call: () => ({ input: { query: { limit: 10 } } }) },
  getBook: { stranger: 'not found', call: thisBook },
  updateBook: {
    stranger: 'not found',
    call: async (world) => {
      // Reading a book in makes new versions of it.
      const { id, version } = await world.readyBook()
      return { input: { path: { book_id: id }, body: { version, title: 'Another title' } } }
    },
  },
  deleteBook: {
    stranger: 'not found',
    call: async (world) => ({ input: { path: { book_id: (await world.newBook()).id } } }),
  },
  restoreBook: {
    stranger: 'not found',
    call: async (world) => ({ input: { path: { book_id: await trashed(world) } } }),
  },
  retryBook: {
    stranger: 'not found',
    call: async (world) => ({ input: { path: { book_id: await world.failedBook() } } }),
  },
  getBookFile: { stranger: 'not found', call: thisBook },
  getBookContents: { stranger: 'not found', call: thisBook },
  replaceBookFile: {
    stranger: 'not found',
    call: async (world, caller) => {
      const book = await world.readyBook()
      const upload_id = await upload(uploader(world, caller))
      return { input: { path: { book_id: book.id }, body: { version: book.version, upload_id } } }
    },
  },
  getLibrarySummary: { stranger: 'own data', call: () => ({ input: {} }) },
  listShelves: { stranger: 'own data', call: () => ({ input: {} }) },
  createShelf: {
    stranger: 'not found',
    call: ({ tenant }) => ({ input: { body: { name: 'Mine', workspace_id: tenant.workspaceId } } }),
  },
  updateShelf: {
    stranger: 'not found',
    call: async (world) => {
      const { id, version } = await shelf(world)
      return { input: { path: { shelf_id: id }, body: { version, name: 'Renamed' } } }
    },
  },
  deleteShelf: {
    stranger: 'not found',
    call: async (world) => ({ input: { path: { shelf_id: (await shelf(world)).id } } }),
  },
  addShelfBooks: {
    stranger: 'not found',
    call: async (world) => ({
      input: { path: { shelf_id: (await shelf(world)).id }, body: { book_ids: [world.book.id] } },
    }),
  },
  removeShelfBooks: {
    stranger: 'not found',
    call: async (world) => ({
      input: { path: { shelf_id: (await shelf(world)).id }, body: { book_ids: [world.book.id] } },
    }),
  },
  search: { stranger: 'own data', call: () => ({ input: { query: { q: 'book' } } }) },
}
