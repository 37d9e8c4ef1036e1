import type { components } from '@stoa/contracts'
import type { Shot } from '../../../tools/shots.ts'
import { ago, uuid } from '../../testing/mock/account.ts'
import type { MockHandlers } from '../../testing/mock-api.ts'

type Hit = components['schemas']['SearchHit']

const hit = (n: number, kind: Hit['kind'], title: string, given: Partial<Hit>): Hit => ({
  ...{ kind, title, id: uuid(700 + n), score: 1 / n, snippet: [], book_id: uuid(800 + n), book_title: title },
  ...{ book_authors: [], cover: null, chapter: null, locator: null, quote: null, color: null, author: null },
  ...{ language: 'en', updated_at: ago(60 * n), ...given },
})

/** `这|路|。`: every second part is marked. */
const snippet = (text: string): Hit['snippet'] =>
  text.split('|').map((part, at) => ({ text: part, mark: at % 2 === 1 }))

const hits: Hit[] = [
  hit(1, 'book', 'The Path to Rome', {
    book_authors: ['Hilaire Belloc'],
    snippet: snippet('The |Path| to Rome'),
  }),
  hit(2, 'passage', '呐喊', {
    book_authors: ['鲁迅'],
    chapter: '故乡',
    language: 'zh',
    locator: { type: 'epub', cfi: 'epubcfi(/6/8!/4/2)', fraction: 0.83 },
    snippet: snippet('这正如地上的|路|；其实地上本没有|路|，走的人多了，也便成了|路|。'),
  }),
  hit(3, 'passage', 'Walden', {
    book_authors: ['Henry David Thoreau'],
    chapter: 'Conclusion',
    locator: { type: 'epub', cfi: 'epubcfi(/6/8!/4/2)', fraction: 0.97 },
    snippet: snippet(
      'I had not lived there a week before my feet wore a |path| from my door to the pond-side.',
    ),
  }),
  hit(4, 'highlight', 'Meditations', {
    color: 'sage',
    chapter: 'Book V',
    author: { account_id: uuid(2), display_name: '林舟' },
    snippet: snippet('What stands in the way becomes the |path|.'),
  }),
  hit(5, 'note', 'On walking', {
    book_id: null,
    book_title: null,
    author: { account_id: uuid(1), display_name: 'Anna Reyes' },
    snippet: snippet('A |path| is made by going over it again; compare the two translations.'),
  }),
  hit(6, 'tag', 'paths', { book_id: null, book_title: null, count: 7, snippet: snippet('|path|s') }),
]

const found: MockHandlers = {
  search: () => ({
    status: 200,
    body: {
      items: hits,
      next_cursor: null,
      facets: {
        kinds: [
          { kind: 'book', count: 1 },
          { kind: 'passage', count: 21 },
          { kind: 'highlight', count: 6 },
          { kind: 'note', count: 9 },
          { kind: 'tag', count: 1 },
        ],
        books: hits.slice(1, 4).map(({ book_title, book_id }, at) => ({
          book_id: book_id ?? '',
          title: book_title ?? '',
          count: 12 - at * 3,
        })),
      },
      took_ms: 18,
      indexing: true,
    },
  }),
}

const nothing: MockHandlers = {
  search: () => ({
    status: 200,
    body: { items: [], next_cursor: null, facets: { kinds: [], books: [] }, took_ms: 3, indexing: false },
  }),
}

export const shots: Shot[] = [
  { name: 'search', path: '/search?q=path', handlers: [found] },
  { name: 'search-start', path: '/search', widths: [1440] },
  { name: 'search-nothing', path: '/search?q=zzyzx', handlers: [nothing] },
  {
    name: 'search-palette',
    path: '/search',
    handlers: [found],
    act: async (page) => {
      await page.locator('.rail').waitFor()
      await page.keyboard.press('Control+k')
      await page.locator('.pal input').fill('path')
      await page.locator('.pal mark').first().waitFor()
    },
  },
]
