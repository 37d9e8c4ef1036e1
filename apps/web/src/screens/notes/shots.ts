import type { components } from '@stoa/contracts'
import type { Shot } from '../../../tools/shots.ts'
import { ago, uuid } from '../../testing/mock/account.ts'
import type { MockHandlers } from '../../testing/mock-api.ts'

type Schemas = components['schemas']
const anna = { account_id: uuid(1), display_name: 'Anna Reyes' }
const lin = { account_id: uuid(2), display_name: '林舟' }

const both = (n: number) => ({
  ...{ id: uuid(900 + n), workspace_id: uuid(30), tags: [], visibility: 'private' as const, author: anna },
  ...{ mine: true, version: 1, created_at: ago(400 * n), updated_at: ago(400 * n), deleted_at: null },
})

const highlight = (
  n: number,
  book_title: string,
  exact: string,
  given: Partial<Schemas['Highlight']>,
): Schemas['Highlight'] => ({
  ...both(n),
  ...{ book_id: uuid(book_title.length + 800), book_title, chapter: null, color: 'amber', note: null },
  locator: { type: 'epub', cfi: 'epubcfi(/6/8!/4/2)', fraction: n / 10 },
  quote: { exact, prefix: '', suffix: '' },
  anchor_status: 'exact',
  ...given,
})

const highlights = [
  highlight(
    1,
    'Walden',
    'I had not lived there a week before my feet wore a path from my door to the pond-side.',
    {
      chapter: 'Conclusion',
      color: 'sage',
      tags: ['walking', 'habit'],
      note: 'The same thing that Lu Xun says, but as a warning: how easily we fall into a particular route.',
    },
  ),
  highlight(2, '呐喊', '其实地上本没有路，走的人多了，也便成了路。', {
    chapter: '故乡',
    color: 'rose',
    author: lin,
    mine: false,
    visibility: 'workspace',
    tags: ['walking'],
  }),
  highlight(4, 'Meditations', 'What stands in the way becomes the way.', {
    chapter: 'Book V',
    color: 'sky',
    visibility: 'workspace',
  }),
]
const notes: Schemas['Note'][] = [
  {
    ...both(3),
    ...{ book_id: null, book_title: null, highlight_id: null, locator: null, quote: null },
    title: 'For Thursday',
    body: 'Compare the two translations of the last page.\nAsk Teo about the word for “road”.',
    tags: ['habit'],
  },
]

const some: MockHandlers = {
  listAnnotationChanges: () => ({ status: 200, body: { highlights, notes, next_after: 'a', more: false } }),
}
const none: MockHandlers = {
  listAnnotationChanges: () => ({
    status: 200,
    body: { highlights: [], notes: [], next_after: 'a', more: false },
  }),
}

export const shots: Shot[] = [
  {
    name: 'notes',
    path: '/notes',
    handlers: [some],
    act: (page) => page.locator('.markcard').nth(3).waitFor(),
  },
  {
    name: 'notes-edit',
    path: '/notes?by=book',
    handlers: [some],
    act: async (page) => {
      await page.locator('.markcard .ib').first().click()
      await page.locator('[role=menuitem]').nth(1).click()
      await page.locator('.markform').waitFor()
    },
  },
  { name: 'notes-empty', path: '/notes', handlers: [none] },
]
