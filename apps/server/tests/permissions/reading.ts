import type { SomeFixtures } from './fixture.ts'
import { type Caller, newId, type World } from './world.ts'

type ReadingOperation =
  | 'getPosition'
  | 'putPosition'
  | 'putReadingStatus'
  | 'listBookmarks'
  | 'createBookmark'
  | 'deleteBookmark'
  | 'startReading'
  | 'beatReading'
  | 'endReading'
  | 'getReadingStatistics'
  | 'getReadingSettings'
  | 'putReadingSettings'

export const locator = { type: 'epub', cfi: 'epubcfi(/6/4!/4/2/1:0)' } as const
const device = { device_id: 'device', device_name: 'Device' }

const thisBook = ({ book }: World) => ({ input: { path: { book_id: book.id } } })

async function bookmark(world: World, { client }: Caller): Promise<string> {
  const { id } = await client.call('createBookmark', {
    path: { book_id: world.book.id },
    body: { id: newId(), locator },
  })
  return id
}

async function session(world: World, { client }: Caller): Promise<string> {
  const { id } = await client.call('startReading', { body: sessionOf(world) })
  return id
}

const sessionOf = ({ book }: World) => ({
  id: newId(),
  book_id: book.id,
  device_id: device.device_id,
  started_at: new Date().toISOString(),
  time_zone: 'Europe/Berlin',
})

export const reading: SomeFixtures<ReadingOperation> = {
  getPosition: { stranger: 'not found', call: thisBook },
  putPosition: {
    stranger: 'not found',
    call: (world) => ({
      input: {
        path: { book_id: world.book.id },
        body: { locator, fraction: 0.1, ...device, recorded_at: world.later() },
      },
    }),
  },
  putReadingStatus: {
    stranger: 'not found',
    call: (world) => ({
      input: { path: { book_id: world.book.id }, body: { status: 'reading', recorded_at: world.later() } },
    }),
  },
  listBookmarks: { stranger: 'not found', call: thisBook },
  createBookmark: {
    stranger: 'not found',
    call: ({ book }) => ({ input: { path: { book_id: book.id }, body: { id: newId(), locator } } }),
  },
  deleteBookmark: {
    stranger: 'not found',
    call: async (world, caller) => ({
      input: { path: { book_id: world.book.id, bookmark_id: await bookmark(world, caller) } },
    }),
  },
  startReading: { stranger: 'not found', call: (world) => ({ input: { body: sessionOf(world) } }) },
  beatReading: {
    stranger: 'not found',
    call: async (world, caller) => ({
      input: {
        path: { reading_session_id: await session(world, caller) },
        body: { sequence: 1, at: world.later(), active_seconds: 0 },
      },
    }),
  },
  endReading: {
    stranger: 'not found',
    call: async (world, caller) => ({
      input: { path: { reading_session_id: await session(world, caller) }, body: { at: world.later() } },
    }),
  },
  getReadingStatistics: {
    stranger: 'own data',
    call: () => ({ input: { query: { from: '2026-01-01', to: '2026-01-31' } } }),
  },
  getReadingSettings: { stranger: 'own data', call: () => ({ input: {} }) },
  putReadingSettings: {
    stranger: 'own data',
    call: async (_, { client }) => ({ input: { body: await client.call('getReadingSettings') } }),
  },
}
