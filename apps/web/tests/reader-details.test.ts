import { englishNovel, novelSentences, pdfWithText } from '@stoa/testkit/books/index'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  atRest,
  placeOf,
  pointOf,
  readUntil,
  sees,
  selectWords,
  untilOpen,
} from './support/book-on-screen.ts'
import { longBook, paragraph } from './support/long-book.ts'
import { type StoaApp, startApp } from './support/stoa-app.ts'

let app: StoaApp
let page: Page

beforeAll(async () => {
  app = await startApp()
  page = await app.signIn(app.tenant.owner)
})
afterAll(() => app?.[Symbol.asyncDispose]())

const open = async (bookId: string) => {
  await page.goto(`${app.line.url}/books/${bookId}`)
  await untilOpen(page)
}
const shows = (words: string) => expect.poll(() => sees(page, words), { timeout: 20_000 }).toBe(true)
const positionOf = async (bookId: string) =>
  (await app.tenant.owner.client.call('getPosition', { path: { book_id: bookId } })).position

/** The first entry of the log on screen. */
async function firstSeen(): Promise<string> {
  for (const chapter of [1, 2, 3])
    for (let number = 1; number <= 40; number++)
      if (await sees(page, paragraph(chapter, number))) return paragraph(chapter, number)
  throw new Error('no entry is on screen')
}

/** More than a line of text is high, in pixels. */
const LINE = 36
/** Where words stand, from the top of the window; pixels. */
const heightOf = async (words: string) => (await pointOf(page, words))?.[1] ?? Number.NaN

const percent = async () =>
  Number.parseInt((await page.locator('.scrub .begin .num').textContent()) ?? '', 10)

/** Waits until the server has the share that is on screen: it is told a moment after a move. */
const serverKnows = (bookId: string) =>
  expect
    .poll(async () => Math.round(((await positionOf(bookId))?.fraction ?? 0) * 100) - (await percent()))
    .toBe(0)

/** Which element of the book itself has the focus, if any. */
const focusedInBook = () =>
  page.evaluate(() => {
    const renderer = document.querySelector('.book-view')?.firstElementChild as unknown as {
      getContents(): { doc: Document }[]
    }
    if (!document.activeElement?.closest('.book-view')) return undefined
    return renderer.getContents().map(({ doc }) => (doc.hasFocus() ? doc.activeElement?.id : undefined))[0]
  })

async function setFlow(name: 'Scroll' | 'Pages') {
  await page.getByRole('button', { name: 'Type and paper' }).click()
  await page.locator('.look-pop').getByRole('radio', { name }).click()
  await page.keyboard.press('Escape')
  await page.locator('.look-pop').waitFor({ state: 'detached' })
}

test('scrolled flow keeps the place, scrolls, and is there after a reload', async () => {
  const id = await app.addBook('log.epub', longBook('Log of the Bar'))
  await open(id)
  // A jump by share, whose page then begins elsewhere than at that share.
  await page.locator('.ln').press('PageUp')
  await page.locator('.book-view').focus()
  const before = await firstSeen()
  await setFlow('Scroll')
  await shows(before)
  // Type that arrives late lays the text out again.
  await expect.poll(firstSeen, { timeout: 20_000 }).toBe(before)
  const shareBefore = await percent()
  await page.mouse.move(640, 430)
  await page.mouse.wheel(0, 900)
  await expect.poll(() => sees(page, before)).toBe(false)
  // Told once the scrolling has come to rest.
  await expect.poll(percent).not.toBe(shareBefore)
  await atRest(page)
  const after = await firstSeen()
  const stood = await heightOf(after)
  await serverKnows(id)
  const share = await percent()

  await page.reload()
  await page.locator('.scrub').waitFor()
  await shows(after)
  // The line that was cut by the upper edge is whole now.
  await expect.poll(async () => Math.abs((await heightOf(after)) - stood)).toBeLessThan(LINE)
  await expect.poll(percent).toBe(share)
  await page.locator('.book-view').focus()
  await readUntil(page, paragraph(2, 3), 'Space')

  const scrolled = await firstSeen()
  await setFlow('Pages')
  await shows(scrolled)
})

test('a footnote opens and closes by keys alone, and the focus is back at its reference', async () => {
  const id = await app.addBook('novel.epub', englishNovel())
  await open(id)
  await readUntil(page, novelSentences.footnoted)
  const place = await placeOf(page)
  await page.keyboard.press('Tab')
  await expect.poll(focusedInBook).toBe('fnref1')
  await shows(novelSentences.footnoted)
  await page.keyboard.press('Enter')
  const note = page.locator('.foot-pop')
  await note.getByText(novelSentences.footnote).waitFor()
  await expect.poll(() => note.evaluate((element) => element.contains(document.activeElement))).toBe(true)
  await page.keyboard.press('Escape')
  await note.waitFor({ state: 'detached' })
  await expect.poll(focusedInBook).toBe('fnref1')

  await page.keyboard.press('Enter')
  await note.getByText(novelSentences.footnote).waitFor()
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Enter')
  await note.waitFor({ state: 'detached' })
  await expect.poll(focusedInBook).toBe('fnref1')
  expect(await placeOf(page)).toBe(place)
  await page.keyboard.press('ArrowRight')
  await expect.poll(() => placeOf(page)).not.toBe(place)
})

test('the library says of a PDF the share that the reader says', async () => {
  const id = await app.addBook('marshes.pdf', await pdfWithText())
  await open(id)
  await page.locator('.pdf-view').focus()
  for (let turn = 0; turn < 3; turn++) await page.keyboard.press('Space')
  // The server is told a moment after the last turn: until then it knows of an earlier page, or of none.
  await expect.poll(percent).toBeGreaterThan(20)
  await serverKnows(id)
  const reader = page.locator('.scrub .begin .num')
  const said = await reader.textContent()
  await page.goto(`${app.line.url}/library`)
  const card = page.locator(`a.bk[data-book="${id}"]`)
  await expect.poll(() => card.locator('.num').textContent()).toBe(said)
  await card.click()
  await page.locator('.scrub').waitFor()
  await expect.poll(() => reader.textContent()).toBe(said)
})

test('marks say how far into the book they stand', async () => {
  const id = await app.addBook('log again.epub', longBook('Log of the Bar, again'))
  await open(id)
  for (const words of [paragraph(1, 1), paragraph(1, 3), paragraph(2, 20)]) {
    await readUntil(page, words)
    await selectWords(page, words)
    await page.locator('.selbar .swatch.c-sage').click()
    await page.locator('.selbar').waitFor({ state: 'detached' })
  }
  await page.keyboard.press('m')
  const said = page.locator('.mark-row footer .clip')
  // Three chapters of forty entries: the third entry lies two fortieths of a third into the book.
  await expect.poll(() => said.allTextContents()).toEqual(['Book 1 · 0 %', 'Book 1 · 2 %', 'Book 2 · 49 %'])
})
