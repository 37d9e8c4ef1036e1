import { AxeBuilder } from '@axe-core/playwright'
import {
  chineseSentences,
  chineseVertical,
  englishNovel,
  novelSentences,
  pdfSentences,
  pdfWithText,
} from '@stoa/testkit/books/index'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { clickWords, readUntil, sees, selectWords, untilOpen } from './support/book-on-screen.ts'
import { type StoaApp, startApp } from './support/stoa-app.ts'

let app: StoaApp

beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app?.[Symbol.asyncDispose]())

const open = async (page: Page, bookId: string, query = '') => {
  await page.goto(`${app.line.url}/books/${bookId}${query}`)
  await untilOpen(page)
}
const shows = (page: Page, words: string) =>
  expect.poll(() => sees(page, words), { timeout: 20_000 }).toBe(true)
const marksOf = async (bookId: string) => {
  const { items } = await app.tenant.owner.client.call('listHighlights', { query: { book_id: bookId } })
  return items
}
const bar = (page: Page) => page.locator('.selbar')

test('open, turn to a page, highlight, note, reload: still there, on the same page', async () => {
  const id = await app.addBook('novel.epub', englishNovel())
  const page = await app.signIn(app.tenant.owner)
  await open(page, id)
  await readUntil(page, novelSentences.footnoted)

  await selectWords(page, novelSentences.footnoted)
  await bar(page).getByRole('button', { name: 'Note' }).click()
  await page.locator('.mark-card textarea').fill('Her father again.')
  await page.locator('.mark-card').getByRole('button', { name: 'Done' }).click()
  await expect.poll(async () => (await marksOf(id)).map(({ note }) => note)).toEqual(['Her father again.'])
  await expect
    .poll(async () => (await app.tenant.owner.client.call('getPosition', { path: { book_id: id } })).position)
    .not.toBeNull()

  await page.reload()
  await shows(page, novelSentences.footnoted)
  await page.locator('.mn').waitFor()
  await clickWords(page, novelSentences.footnoted)
  expect(await page.locator('.mark-card textarea').inputValue()).toBe('Her father again.')

  await page.keyboard.press('Escape')
  await page.locator('.mark-card').waitFor({ state: 'detached' })
  await page.keyboard.press('m')
  await page.locator('.mark-row').waitFor()
  // The book's own frame runs no scripts, so axe cannot look into it.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().exclude('.book-host').analyze()
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  expect(serious.map(({ id, nodes }) => [id, nodes.map(({ target }) => target)])).toEqual([])

  const [mark] = await marksOf(id)
  expect(mark).toMatchObject({ quote: { exact: novelSentences.footnoted }, anchor_status: 'exact' })
  await open(page, id, `?highlight=${mark?.id}`)
  await shows(page, novelSentences.footnoted)
  await open(page, id, `?q=${encodeURIComponent(novelSentences.table)}`)
  await shows(page, novelSentences.table)
  await page.context().close()
})

test('vertical Chinese opens with its progress at the right side', async () => {
  const id = await app.addBook('竖排.epub', chineseVertical())
  const page = await app.signIn(app.tenant.owner)
  await open(page, id)
  await shows(page, chineseSentences.vertical.slice(0, 5))
  const line = await page.locator('.ln').boundingBox()
  expect(line?.height).toBeGreaterThan(300)
  expect(line?.x).toBeGreaterThan(1180)
  await page.context().close()
})

test('a passage of a PDF is highlighted and stays', async () => {
  const id = await app.addBook('survey.pdf', await pdfWithText())
  const page = await app.signIn(app.tenant.owner)
  await open(page, id)
  await shows(page, pdfSentences.first)
  await selectWords(page, pdfSentences.first)
  await bar(page).locator('.swatch.c-sky').click()
  await expect.poll(async () => (await marksOf(id)).map(({ color }) => color)).toEqual(['sky'])
  await page.reload()
  await page.locator('.pdf-highlight').first().waitFor()
  await page.context().close()
})

test('without the server pages turn and a highlight is made; when it is back another browser has it', async () => {
  const id = await app.addBook('again.epub', englishNovel())
  const page = await app.signIn(app.tenant.member)
  await open(page, id, `?q=${encodeURIComponent(novelSentences.opening)}`)
  await shows(page, novelSentences.opening)

  await app.line.cut()
  await selectWords(page, novelSentences.opening)
  await bar(page).locator('.swatch.c-rose').click()
  await page
    .locator('.sync-slot')
    .getByText(/waiting/)
    .waitFor()
  await page.keyboard.press('ArrowRight')
  await expect.poll(() => sees(page, novelSentences.opening)).toBe(false)

  await app.line.mend()
  const other = await app.signIn(app.tenant.member)
  const marks = async () => {
    const { items } = await app.tenant.member.client.call('listHighlights', { query: { book_id: id } })
    return items.map(({ color }) => color)
  }
  await expect.poll(marks, { timeout: 60_000 }).toEqual(['rose'])
  await open(other, id)
  await other.keyboard.press('m')
  await other.locator('.mark-row.c-rose').getByText(novelSentences.opening.slice(0, 20)).waitFor()
  await page.context().close()
  await other.context().close()
})
