import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { englishNovel, pdfWithText } from '@stoa/testkit/books/index'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { longBook } from './support/long-book.ts'
import { type StoaApp, startApp } from './support/stoa-app.ts'

const NOVEL = 'The Harrow Point Ledger'
const LOG = 'Log of the Bar'

let app: StoaApp
let page: Page
let folder: string

beforeAll(async () => {
  app = await startApp()
  folder = await mkdtemp(join(tmpdir(), 'stoa-drag-'))
  page = await app.signIn(app.tenant.owner)
  await page.getByRole('button', { name: 'Add books' }).first().waitFor()
})
afterAll(async () => {
  await app?.[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, force: true })
})

const card = (title: string) => page.locator('a.bk').filter({ hasText: title })
const shelf = (name: string) => page.getByRole('treeitem').filter({ hasText: name })
const shelves = async () => (await app.tenant.owner.client.call('listShelves')).items
const dropzone = () => page.locator('.dropzone')

/** Files and folders of the disk over the window, as a file manager brings them. */
async function dragIn(files: readonly string[]) {
  const session = await page.context().newCDPSession(page)
  const data = { items: [], files: [...files], dragOperationsMask: 1 }
  const send = (type: 'dragEnter' | 'dragOver' | 'drop') =>
    session.send('Input.dispatchDragEvent', { type, x: 700, y: 500, data })
  await send('dragEnter')
  await send('dragOver')
  return { drop: () => send('drop') }
}

test('files and a folder dropped on the window become books', async () => {
  const inside = join(folder, 'Shelf by the door')
  await mkdir(join(inside, 'deeper'), { recursive: true })
  await writeFile(join(folder, 'ledger.epub'), englishNovel())
  await writeFile(join(inside, 'log.epub'), longBook(LOG))
  await writeFile(join(inside, '.hidden.epub'), 'not a book')
  await writeFile(join(inside, 'deeper', 'marshes.pdf'), await pdfWithText())
  const { drop } = await dragIn([join(folder, 'ledger.epub'), inside])
  await dropzone().waitFor()
  await drop()
  await dropzone().waitFor({ state: 'detached' })
  for (const title of [NOVEL, LOG, 'A History of the Marshes'])
    await card(title).first().waitFor({ timeout: 60_000 })
  const { items } = await app.tenant.owner.client.call('listBooks', { query: {} })
  expect(items.map(({ filename }) => filename).sort()).toEqual(['ledger.epub', 'log.epub', 'marshes.pdf'])
})

test('files that only pass by leave nothing behind, even where what they passed over went away', async () => {
  const pass = (events: readonly ['dragenter' | 'dragleave', 'first' | 'second'][]) =>
    page.evaluate((events) => {
      const dataTransfer = new DataTransfer()
      dataTransfer.items.add(new File(['x'], 'x.epub'))
      const places = { first: document.createElement('i'), second: document.createElement('i') }
      document.body.append(places.first, places.second)
      for (const [type, place] of events)
        places[place].dispatchEvent(new DragEvent(type, { bubbles: true, dataTransfer }))
      for (const each of Object.values(places)) each.remove()
    }, events)
  await pass([['dragenter', 'first']])
  await dropzone().waitFor()
  // The first place went away under the files: it is never left.
  await pass([
    ['dragenter', 'second'],
    ['dragleave', 'second'],
  ])
  await dropzone().waitFor({ state: 'detached' })
})

test('a book dragged to a shelf stands there; dropped on an open shelf, a file does, too', async () => {
  const { client } = app.tenant.owner
  await client.call('createShelf', { body: { name: 'Lights' } })
  await page.reload()
  await card(NOVEL).last().dragTo(shelf('Lights'))
  await expect.poll(async () => (await shelves()).map(({ book_count }) => book_count)).toEqual([1])
  await shelf('Lights').click()
  await expect.poll(() => page.locator('.bk .ti').allTextContents()).toEqual([NOVEL])

  const file = join(folder, 'second.epub')
  await writeFile(file, longBook('Second Log'))
  const { drop } = await dragIn([file])
  await dropzone().getByText('Lights').waitFor()
  await drop()
  await card('Second Log').waitFor({ timeout: 60_000 })
  await expect.poll(async () => (await shelves()).map(({ book_count }) => book_count)).toEqual([2])
})

test('a shelf dragged onto another lies in it', async () => {
  const { client } = app.tenant.owner
  const { id: outer } = await client.call('createShelf', { body: { name: 'The strait' } })
  await page.reload()
  await shelf('Lights').dragTo(shelf('The strait'))
  await expect
    .poll(async () => (await shelves()).find(({ name }) => name === 'Lights')?.parent_id)
    .toBe(outer)
})
