import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  chineseSentences,
  chineseVertical,
  damageContent,
  englishNovel,
  novelSentences,
  pdfSentences,
  pdfWithText,
} from '@stoa/testkit/books/index'
import { settledBook } from '@stoa/testkit/members'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { clickWords, readUntil, sees } from './support/book-on-screen.ts'
import { openFromLibrary } from './support/newcomer.ts'
import { type StoaApp, startApp } from './support/stoa-app.ts'

const NOVEL = 'The Harrow Point Ledger'
const BRIDGE = '听雨桥'
const MARSHES = 'A History of the Marshes'

let app: StoaApp
let page: Page
let folder: string

beforeAll(async () => {
  app = await startApp()
  folder = await mkdtemp(join(tmpdir(), 'stoa-books-'))
  page = await app.signIn(app.tenant.owner)
})
afterAll(async () => {
  await app?.[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, force: true })
})

const shows = (words: string) => expect.poll(() => sees(page, words), { timeout: 20_000 }).toBe(true)
const toLibrary = () => page.goto(`${app.line.url}/library`)
const card = (title: string) => page.locator('.bk').filter({ hasText: title })

async function inFolder(files: Record<string, Uint8Array>): Promise<string[]> {
  for (const [name, bytes] of Object.entries(files)) await writeFile(join(folder, name), bytes)
  return Object.keys(files).map((name) => join(folder, name))
}

test('good files become books; a damaged one says why and takes nothing along', async () => {
  const files = await inFolder({
    'ledger.epub': englishNovel(),
    'bridge.epub': chineseVertical(),
    'marshes.pdf': await pdfWithText(),
    'damaged.epub': damageContent(englishNovel(), 'EPUB/chapter1.xhtml'),
    'empty.pdf': new Uint8Array(),
  })
  // The bar's: an empty library offers the same once more below it.
  await page.getByRole('button', { name: 'Add books' }).and(page.locator('.no-m')).click()
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('menuitem', { name: 'Choose files' }).click()
  await (await chooser).setFiles(files)

  // The row that tells of the work names files too, for a moment beside the row of the one that failed.
  const failed = (name: string) =>
    page.locator('.imp .r').filter({ has: page.locator('.name').and(page.getByText(name, { exact: true })) })
  await failed('damaged.epub').getByText('The file is damaged.').waitFor({ timeout: 60_000 })
  await failed('empty.pdf').waitFor({ timeout: 60_000 })
  for (const title of [NOVEL, BRIDGE, MARSHES]) await card(title).first().waitFor({ timeout: 60_000 })

  const { client } = app.tenant.owner
  const { items } = await client.call('listBooks', { query: {} })
  const states = await Promise.all(items.map(({ id }) => settledBook(client, id)))
  expect(
    states
      .map(({ title, state }) => `${title} ${state}`)
      .filter((each) => each.endsWith('ACTIVE'))
      .sort(),
  ).toEqual([`${MARSHES} ACTIVE`, `${NOVEL} ACTIVE`, `${BRIDGE} ACTIVE`].sort())
})

test('an EPUB shows its picture, and its footnote beside the reference', async () => {
  await toLibrary()
  await openFromLibrary(page, NOVEL)
  await readUntil(page, novelSentences.opening)
  const pictures = () =>
    page.evaluate(() => {
      const renderer = document.querySelector('.book-view')?.firstElementChild as unknown as {
        getContents(): { doc: Document }[]
      }
      return renderer.getContents().flatMap(({ doc }) =>
        Array.from(doc.images, ({ complete, naturalWidth, naturalHeight }) => ({
          complete,
          naturalWidth,
          naturalHeight,
        })),
      )
    })
  await expect.poll(pictures).toContainEqual({ complete: true, naturalWidth: 160, naturalHeight: 90 })
  await readUntil(page, novelSentences.footnoted)
  await clickWords(page, '1', novelSentences.footnoted)
  await page.locator('.foot-pop').getByText(novelSentences.footnote).waitFor()
  await page.keyboard.press('Escape')
  await page.locator('.foot-pop').waitFor({ state: 'detached' })
})

test('a vertical Chinese book is set in columns, and the left arrow goes on', async () => {
  await toLibrary()
  await openFromLibrary(page, BRIDGE)
  await shows(chineseSentences.vertical)
  const mode = () =>
    page.evaluate(() => {
      const renderer = document.querySelector('.book-view')?.firstElementChild as unknown as {
        getContents(): { doc: Document }[]
      }
      const body = renderer.getContents()[0]?.doc.body
      return body && getComputedStyle(body).writingMode
    })
  await expect.poll(mode).toBe('vertical-rl')
  await readUntil(page, chineseSentences.ruby, 'ArrowLeft')
})

test('a PDF opens on its first page, English and Chinese', async () => {
  await toLibrary()
  await openFromLibrary(page, MARSHES)
  await shows(pdfSentences.first)
  await page.locator('.scrub input').fill('4')
  await page.keyboard.press('Enter')
  await shows(pdfSentences.chinese)
})

test('a book that failed says so on its own page, and can be left out', async () => {
  const { items } = await app.tenant.owner.client.call('listBooks', { query: { state: ['FAILED'] } })
  const damaged = items.find(({ filename }) => filename === 'damaged.epub')
  await page.goto(`${app.line.url}/books/${damaged?.id}`)
  await page.getByText('This book could not be read in').waitFor()
  await page.getByText('The file is damaged').waitFor()
  await toLibrary()
  const row = page.locator('.imp .r').filter({ hasText: 'damaged.epub' })
  await row.getByRole('button', { name: 'Leave out' }).click()
  await row.waitFor({ state: 'detached' })
})
