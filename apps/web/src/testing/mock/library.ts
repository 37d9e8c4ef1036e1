import type { components } from '@stoa/contracts'
import type { MockHandlers } from '../mock-api.ts'
import { ago, uuid } from './account.ts'

type Book = components['schemas']['Book']
type Shelf = components['schemas']['Shelf']

const plain: Omit<Book, 'id' | 'title' | 'authors'> = {
  ...{ workspace_id: uuid(50), state: 'ACTIVE', progress: 1, failure: null, format: 'epub', subtitle: null },
  ...{
    language: 'en',
    publisher: null,
    published: null,
    description: null,
    series: null,
    series_index: null,
  },
  ...{ identifiers: [], tags: [], direction: 'ltr', cover: null, filename: 'book.epub', size: 412_000 },
  ...{ sha256: null, page_count: null, word_count: 92_000, shelf_ids: [], highlight_count: 0 },
  reading: { status: 'none', fraction: 0, label: null, updated_at: null, device_name: null },
  added_by: { account_id: uuid(1), display_name: 'Anna Reyes' },
  ...{ added_at: ago(60 * 24 * 9), updated_at: ago(60), trashed_at: null, version: 1 },
}

const reading = (fraction: number, label: string, minutes: number, device_name = 'Safari · iPhone') => ({
  reading: { status: 'reading' as const, fraction, label, updated_at: ago(minutes), device_name },
})
const finished: Partial<Book> = {
  reading: { status: 'finished', fraction: 1, label: null, updated_at: ago(9000), device_name: null },
}
const zh = { language: 'zh' }

/** Titles of every length in both languages, as they stand in a library that is used. */
const SHELF: readonly (readonly [title: string, author: string, given?: Partial<Book>])[] = [
  ['Walden', 'Henry David Thoreau', reading(0.31, 'Chapter 3, Reading', 60 * 20)],
  ['呐喊', '鲁迅', { ...zh, ...reading(0.83, '故乡', 60 * 24 * 4) }],
  ['Meditations', 'Marcus Aurelius', reading(0.12, 'Book II', 60 * 24 * 6, 'Chrome · Linux')],
  ['红楼梦', '曹雪芹', { ...zh, ...reading(0.06, '第三回', 60 * 24 * 12) }],
  ['On the Origin of Species', 'Charles Darwin'],
  ['浮生六记', '沈复', { ...zh, ...finished }],
  ['The Souls of Black Folk', 'W. E. B. Du Bois'],
  [
    'An Inquiry into the Nature and Causes of the Wealth of Nations, Books I–III, with Notes and an Index',
    'Adam Smith',
    { format: 'pdf' },
  ],
  ['陶庵梦忆', '张岱', zh],
  ['To the Lighthouse', 'Virginia Woolf', finished],
  [
    '关于二十世纪上半叶长江下游城市中公共阅读空间的形成与演变的若干问题研究（增订本）',
    '陈以宁',
    { ...zh, format: 'pdf' },
  ],
  ['The Book of Tea', 'Okakura Kakuzō'],
  ['论语', '孔子及其弟子', zh],
  ['Middlemarch', 'George Eliot'],
  ['Sketches from a Hunter’s Album', 'Ivan Turgenev'],
  ['庄子', '庄周', zh],
  ['The Path to Rome', 'Hilaire Belloc'],
  ['边城', '沈从文', zh],
]

export const libraryBooks: readonly Book[] = SHELF.map(([title, author, given], n) => ({
  ...plain,
  id: uuid(900 + n),
  title,
  authors: [author],
  ...given,
}))

export const readingIn: Book = {
  ...plain,
  ...{
    id: uuid(950),
    title: 'The Compleat Angler',
    authors: ['Izaak Walton'],
    state: 'PROCESSING',
    progress: 0.4,
  },
}
export const lockedBook: Book = {
  ...plain,
  ...{
    id: uuid(951),
    title: 'foucault-scan-1977',
    authors: [],
    state: 'FAILED',
    filename: 'foucault-scan-1977.pdf',
  },
  failure: {
    ...{ code: 'file.password', message: 'The file is locked with a password.', details: {} },
    ...{ retryable: false, failed_at: ago(3) },
  },
}

const shelf = (n: number, name: string, book_count: number, parent?: number): Shelf => ({
  ...{ id: uuid(n), workspace_id: uuid(50), parent_id: parent === undefined ? null : uuid(parent), name },
  ...{ position: n, book_count, version: 1, created_at: ago(60 * 24 * 30) },
})

export const libraryShelves: readonly Shelf[] = [
  shelf(960, 'Thursday Readers', 9),
  shelf(961, 'This autumn: walking', 5, 960),
  shelf(962, 'Proposed', 4, 960),
  shelf(963, 'Philosophy', 64),
  shelf(964, 'The Stoics', 11, 963),
  shelf(965, '先秦诸子', 18, 963),
  shelf(966, '中国古典文学（含历代笔记、尺牍与题跋，按作者生年排列，附人名索引）', 83),
  shelf(967, 'Novels', 97),
]

/** A library of 312 books in use; `waiting` are being read in or have failed. */
export function libraryHandlers(
  books: readonly Book[] = libraryBooks,
  waiting: readonly Book[] = [],
): MockHandlers {
  const all = books.length === libraryBooks.length ? 312 : books.length
  return {
    listBooks: ({ query }) => {
      const states = query.getAll('state').flatMap((each) => each.split(','))
      const items =
        states.length > 0
          ? waiting.filter(({ state }) => states.includes(state))
          : query.get('status') === 'reading'
            ? books.filter((book) => book.reading.status === 'reading')
            : [...books]
      const total = states.length > 0 || query.has('status') ? items.length : all
      return { status: 200, body: { items, next_cursor: null, total } }
    },
    getBook: ({ params }) => {
      const book = [...books, ...waiting].find(({ id }) => id === params.book_id) ?? books[0]
      return book
        ? { status: 200, body: book }
        : {
            status: 404,
            problem: {
              type: 'about:blank',
              title: 'Gone',
              status: 404,
              code: 'book.unknown',
              request_id: 'mock',
            },
          }
    },
    listShelves: () => ({ status: 200, body: { items: books.length === 0 ? [] : [...libraryShelves] } }),
    getLibrarySummary: () => ({
      status: 200,
      body: {
        ...{ all, reading: 4, to_read: 27, finished: 118, processing: 0, failed: 0, trashed: 3 },
        ...{ highlights: 1204, notes: 310 },
      },
    }),
  }
}
