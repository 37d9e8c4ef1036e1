import type { components } from '@stoa/contracts'
import { ago, uuid } from '../../testing/mock/account.ts'
import { libraryBooks } from '../../testing/mock/library.ts'
import type { MockHandlers } from '../../testing/mock-api.ts'
import { person } from '../rooms/mock.ts'
import { cfiOf, hometown, walden } from './mock-books.ts'

type Highlight = components['schemas']['Highlight']

/** A passage of the chapter that is read, with what was thought about it. */
const passage = (
  n: number,
  [paragraph, exact]: readonly [at: number, words: string],
  given: Partial<Highlight>,
): Highlight => ({
  ...{
    id: uuid(980 + n),
    workspace_id: uuid(50),
    book_id: uuid(900),
    book_title: 'Walden',
    chapter: 'Reading',
  },
  ...{
    color: 'amber',
    note: null,
    tags: [],
    visibility: 'private',
    author: person(1),
    mine: true,
    version: 1,
  },
  ...{ created_at: ago(60 * n), updated_at: ago(60 * n), deleted_at: null, anchor_status: 'exact' },
  locator: { type: 'epub', cfi: cfiOf(walden, 2, paragraph, exact), fraction: 0.5 },
  quote: { exact, prefix: '', suffix: '' },
  ...given,
})

export const passages: readonly Highlight[] = [
  passage(1, [0, 'in dealing with truth we are immortal'], {
    note: 'Not “in reading”. Anything done truly counts.',
  }),
  passage(2, [1, 'whose sentences were first written on bark'], {
    ...{ color: 'sage', author: person(5), mine: false, visibility: 'workspace' },
    note: '竹简也是这样。',
  }),
  passage(3, [3, 'consecrate morning hours to their pages'], { color: 'sky', tags: ['habit'] }),
]

/** Answers of a server that has these two books, the first of them with marks. */
export function readerHandlers(files: Readonly<Record<string, Uint8Array>>): MockHandlers {
  const found = (id: string | undefined) => libraryBooks.find((book) => book.id === id) ?? libraryBooks[0]
  return {
    getBook: ({ params }) => {
      const book = found(params.book_id)
      return book ? { status: 200, body: book } : { status: 404, problem: missing }
    },
    getBookFile: ({ params }) => ({
      status: 200,
      body: {
        ...{ edition: 'reading', format: 'epub', media_type: 'application/epub+zip' },
        sha256: (params.book_id ?? '').replaceAll('-', '').padEnd(64, '0'),
        size: files[`/blobs/${params.book_id}`]?.length ?? 0,
        transfer: { method: 'GET', url: `/blobs/${params.book_id}`, headers: {}, expires_at: ago(-60) },
      },
    }),
    listBookmarks: () => ({ status: 200, body: { items: [] } }),
    getPosition: ({ params }) => {
      const hanzi = params.book_id === uuid(901)
      const cfi = hanzi ? cfiOf(hometown, 1, 0, '我') : cfiOf(walden, 2, 0, 'With')
      const fraction = hanzi ? 0.66 : 0.39
      const device = { device_id: 'desk', device_name: 'Firefox · Linux', recorded_at: ago(60) }
      const locator = { type: 'epub' as const, cfi, fraction }
      return { status: 200, body: { position: { ...device, fraction, label: null, locator }, others: [] } }
    },
    listAnnotationChanges: () => ({
      status: 200,
      body: { highlights: [...passages], notes: [], next_after: 'a', more: false },
    }),
  }
}

const missing = { type: '', title: '', status: 404, code: 'book.not_found', request_id: '' }
