import type { Page } from 'playwright-core'
import { selectWords } from '../../../tests/support/book-on-screen.ts'
import { hometownFile, waldenFile } from '../../../tests/support/reader-books.ts'
import type { Shot } from '../../../tools/shots.ts'
import { uuid } from '../../testing/mock/account.ts'
import { message, person, room, roomHandlers } from '../rooms/mock.ts'
import { passages, readerHandlers } from './mock.ts'
import { cfiOf, walden } from './mock-books.ts'

const files = { [`/blobs/${uuid(900)}`]: waldenFile(), [`/blobs/${uuid(901)}`]: hometownFile() }
const beside = room(2, 'Chapter 3, Reading', { book: { id: uuid(900), title: 'Walden' } })
const talk = [
  message(1, 2, 121, 'The athletes. He means reading takes a body too: hours, posture, hunger.', {
    citations: [
      {
        ...{ book_id: uuid(900), book_title: 'Walden', book_authors: ['Henry David Thoreau'], cover: null },
        ...{ chapter: 'Reading', color: 'rose', marked_by: person(2) },
        locator: { type: 'epub', cfi: cfiOf(walden, 2, 4, 'To read well'), fraction: 0.61 },
        quote: { exact: walden[4].slice(0, 120), prefix: '', suffix: '' },
      },
    ],
  }),
  message(2, 5, 116, '功夫也是这个意思：练的人和练的时间是一个词。'),
  message(3, 1, 92, 'His mother did the *laundry*, though.'),
]
const handlers = [readerHandlers(files), roomHandlers([beside], talk)]
const path = `/books/${uuid(900)}`

const open = (page: Page) => page.locator('.scrub').waitFor()
const press = (key: string, shown: string) => async (page: Page) => {
  await open(page)
  await page.keyboard.press(key)
  await page.locator(shown).first().waitFor()
}
const book = { path, handlers, files }

export const shots: Shot[] = [
  { name: 'reader', ...book, act: open },
  {
    name: 'reader-selection',
    ...book,
    act: async (page) => {
      await open(page)
      await selectWords(page, 'a family or a state')
      await page.locator('.selbar').waitFor()
    },
  },
  { name: 'reader-contents', ...book, act: press('t', '.reader-sheet, .side') },
  { name: 'reader-marks', ...book, act: press('m', '.mark-row') },
  {
    name: 'reader-search',
    ...book,
    act: async (page) => {
      await press('/', '.reader-sheet input, .side input')(page)
      await page.locator('.reader-sheet input, .side input').fill('books')
      await page.locator('.panel-section').first().waitFor()
    },
  },
  {
    name: 'reader-look',
    ...book,
    act: async (page) => {
      await open(page)
      await page.locator('.chrome .r .ib:has(.lucide-a-large-small)').click()
      await page.locator('.look').waitFor()
    },
  },
  {
    name: 'reader-room',
    ...book,
    path: `${path}?room=${uuid(402)}`,
    present: [uuid(2), uuid(5)],
    act: async (page) => {
      await open(page)
      await page.locator('.msg').nth(2).waitFor()
      await page.locator('.msg em').waitFor()
    },
  },
  { name: 'reader-room-choice', ...book, act: press('r', '.room-choice') },
  {
    name: 'reader-mark',
    ...book,
    path: `/books/${uuid(900)}?highlight=${passages[0]?.id}`,
    act: async (page) => {
      await open(page)
      await page.locator('.mn, .md-dot, .mark-card').first().click()
      await page.locator('.mark-card').waitFor()
    },
  },
  {
    name: 'reader-vertical',
    ...book,
    path: `/books/${uuid(901)}`,
    act: open,
  },
  {
    name: 'reader-missing',
    path: `/books/${uuid(900)}`,
    handlers: [],
    act: (page) => page.locator('.empty').waitFor(),
  },
]
