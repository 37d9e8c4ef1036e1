import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchChromium } from '../tools/stage.ts'
import {
  clickWords,
  marked,
  outlined,
  placeOf,
  pointOf,
  readUntil,
  sees,
  selectWords,
} from './support/book-on-screen.ts'
import { openFromLibrary, setUp, type Visitor, visit } from './support/newcomer.ts'
import { type RunningProgram, runProgram } from './support/running-program.ts'

/** Sentences of the handbook, which is the first book anybody opens. */
const CHOSEN = 'Select this sentence with the mouse or your finger'
const NOTED = 'Press the right arrow, tap the right edge, or swipe'
const FURTHER = 'Click a cover. The book opens where you stopped'

let program: RunningProgram
let browser: Browser
let visitor: Visitor
let page: Page

beforeAll(async () => {
  program = await runProgram()
  browser = await launchChromium()
  visitor = await visit(browser)
  page = visitor.page
})
afterAll(async () => {
  await browser?.close()
  await program?.[Symbol.asyncDispose]()
})

const marks = () => page.locator('.mark-row')
const shows = (words: string) => expect.poll(() => sees(page, words), { timeout: 20_000 }).toBe(true)

test('from the link in the terminal to the first shelf', async () => {
  await setUp(page, program.link, { name: 'Mara Lindqvist', place: 'Thursday Readers' })
  await page
    .getByRole('link', { name: /Start here/ })
    .or(page.getByText('Start here'))
    .first()
    .click()
  await expect.poll(() => page.locator('.bk').count()).toBe(3)
})

test('a highlight and a note in the handbook are there after a reload, on the same page', async () => {
  await page.goto(`${program.origin}/library`)
  await openFromLibrary(page, 'The Stoa Handbook', 'PDF')
  await readUntil(page, CHOSEN)
  await selectWords(page, CHOSEN)
  await page.locator('.selbar .swatch.c-sage').click()
  await page.locator('.selbar').waitFor({ state: 'detached' })
  await selectWords(page, NOTED)
  await page.locator('.selbar').getByRole('button', { name: 'Note' }).click()
  await page.locator('.mark-card textarea').fill('It also turns with the space bar.')
  await page.locator('.mark-card').getByRole('button', { name: 'Done' }).click()
  await page.locator('.mark-card').waitFor({ state: 'detached' })
  await readUntil(page, FURTHER)
  const place = await placeOf(page)

  await page.reload()
  await shows(FURTHER)
  await expect.poll(() => placeOf(page), { timeout: 20_000 }).toBe(place)
  await page.keyboard.press('m')
  await expect.poll(() => marks().count()).toBe(2)
  await marks().filter({ hasText: NOTED }).locator('.passage').click()
  await shows(NOTED)
  // Until the highlight is painted, a press there is one on the empty page.
  await expect.poll(() => standsIn(NOTED, marked)).toBe(true)
  await clickWords(page, NOTED)
  expect(await page.locator('.mark-card textarea').inputValue()).toBe('It also turns with the space bar.')
  await page.keyboard.press('Escape')
  expect(visitor.faults).toEqual([])
})

test.each([
  ['an English word', 'philosophers', 'Philosophers taught in one'],
  ['a Chinese word', '步道', '城镇广场旁有顶的步道'],
])('Ctrl-K with %s opens the passage it stands in, outlined', async (_, word, passage) => {
  await page.goto(`${program.origin}/library`)
  await page.locator('.bk').first().waitFor()
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill(word)
  await page
    .getByRole('option')
    .filter({ has: page.locator('mark', { hasText: new RegExp(word, 'i') }) })
    .first()
    .click()
  await page.waitForURL('**/books/**')
  await expect.poll(() => standsIn(passage, outlined), { timeout: 20_000, interval: 100 }).toBe(true)
  expect(visitor.faults).toEqual([])
})

/** The words are on screen, and one of the boxes lies around their beginning. */
async function standsIn(words: string, boxes: typeof outlined): Promise<boolean> {
  const at = await pointOf(page, words)
  return (await boxes(page)).some(
    ({ x, y, width, height }) =>
      at !== undefined && at[0] >= x && at[0] <= x + width && at[1] >= y && at[1] <= y + height,
  )
}
