import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { watchRows } from './support/blank-rows.ts'
import { addManyBooks } from './support/many-books.ts'
import { type StoaApp, startApp } from './support/stoa-app.ts'

const BOOKS = 10_000

let app: StoaApp
let page: Page

beforeAll(async () => {
  app = await startApp()
  await addManyBooks(app.stoa, app.tenant, BOOKS)
  page = await app.signIn(app.tenant.owner)
})
afterAll(() => app?.[Symbol.asyncDispose]())

const SCROLLER = '.lib'
const CELL = '.bk:not(.ghost), .brow:not(.ghost)'
const frame = () => page.evaluate(() => new Promise(requestAnimationFrame))
/** Back to the first books, until they stand there: the first frame of a jump may be drawn before its rows are made. */
async function toTop(): Promise<void> {
  await page.locator(SCROLLER).evaluate((lib) => lib.scrollTo(0, 0))
  const look = () => watchRows(page, BOOKS, async () => void (await frame()))
  await expect.poll(look).toMatchObject({ blank: 0, outlined: 0 })
}

/** Three screens a second or so, for a while. */
async function wheel(): Promise<void> {
  await page.mouse.move(800, 500)
  for (let turn = 0; turn < 90; turn++) {
    await page.mouse.wheel(0, 120)
    await frame()
  }
}

async function keys(): Promise<void> {
  for (let press = 0; press < 90; press++) {
    await page.keyboard.press('j')
    await frame()
  }
}

/** As a hand pulls the scroll bar: through all books in two seconds. */
async function pull(): Promise<void> {
  for (let step = 1; step <= 120; step++) {
    await page
      .locator(SCROLLER)
      .evaluate((lib, share) => lib.scrollTo(0, lib.scrollHeight * share), step / 120)
    await frame()
  }
}

describe.each(['grid', 'list'])(`${BOOKS} books as a %s`, (layout) => {
  test('are scrolled by wheel and keys without an empty place', async () => {
    await page.goto(`${app.line.url}/library`)
    await page.locator(CELL).first().waitFor()
    if (layout === 'list') await page.keyboard.press('v')
    await page
      .locator(layout === 'list' ? '.brow' : '.bk')
      .nth(12)
      .waitFor()
    for (const way of [wheel, keys]) {
      const { frames, blank, outlined } = await watchRows(page, BOOKS, way)
      expect(frames, way.name).toBeGreaterThan(30)
      expect({ way: way.name, blank, outlined }).toEqual({ way: way.name, blank: 0, outlined: 0 })
      await toTop()
    }
  })

  test('are pulled through from end to end: every place shows at least its outline, and soon its book', async () => {
    const { frames, blank } = await watchRows(page, BOOKS, pull)
    expect(frames).toBeGreaterThan(30)
    // The first frame of a jump may be drawn before its rows are made.
    expect(blank).toBeLessThanOrEqual(frames / 50)
    await page
      .locator(CELL)
      .filter({ hasText: /Volume 10000|第9999册/ })
      .first()
      .waitFor()
    await expect.poll(() => page.locator('.bk.ghost, .brow.ghost').count(), { timeout: 5_000 }).toBe(0)
    await toTop()
  })
})
