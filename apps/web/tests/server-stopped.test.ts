import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pdfSentences, pdfWithText } from '@stoa/testkit/books/index'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchChromium } from '../tools/stage.ts'
import { readUntil, sees, selectWords } from './support/book-on-screen.ts'
import { openFromLibrary, setUp, signInByCode, type Visitor, visit } from './support/newcomer.ts'
import { type RunningProgram, runProgram } from './support/running-program.ts'

const FIRST = 'Philosophers taught in one'
const SECOND = 'Click a cover. The book opens where you stopped'
const THIRD = 'A highlight or note is yours alone until you share it'
const MAIL = 'mara@example.org'

let program: RunningProgram
let browser: Browser
let visitor: Visitor
let page: Page
let folder: string

beforeAll(async () => {
  program = await runProgram()
  browser = await launchChromium()
  // The browser says so itself when it does not reach the server.
  visitor = await visit(browser, { expects: /net::ERR_/ })
  page = visitor.page
  folder = await mkdtemp(join(tmpdir(), 'stoa-books-'))
  await setUp(page, program.link, { name: 'Mara Lindqvist', place: 'Thursday Readers', email: MAIL })
})
afterAll(async () => {
  await browser?.close()
  await program?.[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, force: true })
})

const shows = (words: string, on = page) => expect.poll(() => sees(on, words), { timeout: 20_000 }).toBe(true)
const mark = async (words: string, ink: string) => {
  await selectWords(page, words)
  await page.locator(`.selbar .swatch.c-${ink}`).click()
}
const waiting = () => page.locator('.sync-slot').getByText(/waiting/)

/** Marks that wait on this device to be sent: one that has not come there is forgotten by a page that is loaded anew. */
const keptMarks = () =>
  page.evaluate(async () => {
    const answer = <Value>(request: IDBRequest<Value>) =>
      new Promise<Value>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    const entries: unknown[] = []
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await answer(indexedDB.open(name))
      if (database.objectStoreNames.contains('outbox'))
        entries.push(...(await answer(database.transaction('outbox').objectStore('outbox').getAll())))
      database.close()
    }
    return entries.filter((entry) => JSON.stringify(entry).includes('highlight.create')).length
  })

/** All pages of the app are kept once its worker is there. */
const appIsKept = () =>
  page.evaluate(async () => {
    await navigator.serviceWorker.ready
    return navigator.serviceWorker.controller !== null
  })

test('with the server stopped the open book reads on and takes marks', async () => {
  await expect.poll(appIsKept).toBe(true)
  await openFromLibrary(page, 'The Stoa Handbook', 'PDF')
  await shows(FIRST)
  await program.stop()
  await mark(FIRST, 'rose')
  await waiting().waitFor()
  await readUntil(page, SECOND)
  await mark(SECOND, 'sky')
  await expect.poll(keptMarks).toBe(2)
})

test('reloaded without the server, app and book open where one stopped, with the marks', async () => {
  await page.reload()
  await shows(SECOND)
  await page.keyboard.press('m')
  await expect.poll(() => page.locator('.mark-row').count()).toBe(2)
  await page.keyboard.press('m')
  await readUntil(page, THIRD)
  await waiting().waitFor()
})

test('server back: both marks are on a second browser', async () => {
  await program.start()
  await expect.poll(() => waiting().count(), { timeout: 90_000, interval: 500 }).toBe(0)
  const other = (await visit(browser)).page
  await signInByCode(other, program, MAIL)
  await openFromLibrary(other, 'The Stoa Handbook', 'PDF')
  await shows(THIRD, other)
  await other.keyboard.press('m')
  await other.locator('.mark-row.c-rose').getByText(FIRST).waitFor()
  await other.locator('.mark-row.c-sky').getByText(SECOND.slice(0, 15)).waitFor()
  await other.context().close()
  expect(visitor.faults).toEqual([])
})

test('a PDF that was opened shows pages nobody turned to, Chinese ones as well, without the server', async () => {
  const file = join(folder, 'marshes.pdf')
  await writeFile(file, await pdfWithText())
  await page.goto(`${program.origin}/library`)
  await page.locator('input[data-pick=files]').setInputFiles(file)
  await openFromLibrary(page, 'A History of the Marshes')
  await shows(pdfSentences.first)
  await expect.poll(partsAreKept, { timeout: 60_000 }).toBe(true)
  await program.stop()
  await page.reload()
  await shows(pdfSentences.first)
  await page.locator('.scrub input').fill('4')
  await page.keyboard.press('Enter')
  await shows(pdfSentences.chinese)
})

const partsAreKept = () =>
  page.evaluate(async () => {
    const kept = await (await caches.open('pdfjs')).keys()
    return kept.some(({ url }) => url.endsWith('/files.json'))
  })
