import { englishNovel, novelSentences } from '@stoa/testkit/books/index'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readAndSelect, readUntil, sees } from './support/book-on-screen.ts'
import { longBook, paragraph } from './support/long-book.ts'
import { type StoaApp, startApp } from './support/stoa-app.ts'

let app: StoaApp
/** Two browsers of one person. */
let desk: Page
let couch: Page

beforeAll(async () => {
  app = await startApp()
  desk = await app.signIn(app.tenant.owner)
  couch = await app.signIn(app.tenant.owner)
})
afterAll(() => app?.[Symbol.asyncDispose]())

const open = async (page: Page, bookId: string) => {
  await page.goto(`${app.line.url}/books/${bookId}`)
  await page.locator('.scrub').waitFor()
}
const shows = (page: Page, words: string) =>
  expect.poll(() => sees(page, words), { timeout: 20_000 }).toBe(true)
const offer = (page: Page) => page.locator('.offer')
const percent = async (page: Page) => (await page.locator('.scrub .begin .num').textContent()) ?? ''

/** Reads to these words and waits until the server knows. */
async function readTo(page: Page, bookId: string, words: string, key: 'ArrowRight' | 'ArrowLeft') {
  const { client } = app.tenant.owner
  const recorded = async () =>
    (await client.call('getPosition', { path: { book_id: bookId } })).position?.recorded_at
  const before = await recorded()
  await page.locator('.book-view').focus()
  await readUntil(page, words, key)
  // The share on screen is a moment behind a page that has just been turned: both are read until they agree.
  await expect
    .poll(async () => {
      const { position } = await client.call('getPosition', { path: { book_id: bookId } })
      const known = position !== null && position?.recorded_at !== before
      return known && Math.round(position.fraction * 100) - Number.parseInt(await percent(page), 10)
    })
    .toBe(0)
}

test('the later place opens, the other is offered with both shares, and is gone to or left', async () => {
  const id = await app.addBook('log.epub', longBook('Log of the Bar'))
  const [early, late] = [paragraph(1, 20), paragraph(2, 10)]
  await open(couch, id)
  await readTo(couch, id, late, 'ArrowRight')
  const far = await percent(couch)
  await open(desk, id)
  await shows(desk, late)
  expect(await offer(desk).count()).toBe(0)
  await readTo(desk, id, early, 'ArrowLeft')
  const near = await percent(desk)

  // The desk is the later one. It is told that the couch is further on; the couch opens where the desk is.
  await desk.reload()
  await shows(desk, early)
  await offer(desk).getByText(`You are at ${near}. Chrome · Linux is at ${far}.`).waitFor()
  await couch.reload()
  await shows(couch, early)
  await offer(couch).getByText(`Opened at ${near}, as on Chrome · Linux. Here you were at ${far}.`).waitFor()

  await offer(desk).getByRole('button', { name: 'Stay here' }).click()
  await offer(desk).waitFor({ state: 'detached' })
  await shows(desk, early)
  await offer(couch).getByRole('button', { name: 'Go back' }).click()
  await shows(couch, late)
  await offer(couch).waitFor({ state: 'detached' })

  // Now the couch is the later one, and that is news to the desk, which opens there.
  await expect
    .poll(async () => {
      const { position } = await app.tenant.owner.client.call('getPosition', { path: { book_id: id } })
      return Math.round((position?.fraction ?? 0) * 100)
    })
    .toBe(Number.parseInt(far, 10))
  await desk.reload()
  await shows(desk, late)
  await offer(desk).getByRole('button', { name: 'Stay here' }).click()
  // It goes when the choice is kept; before that, a reload would forget it.
  await offer(desk).waitFor({ state: 'detached' })
  await desk.reload()
  await shows(desk, late)
  await expect.poll(() => desk.locator('.scrub').count()).toBe(1)
  expect(await offer(desk).count()).toBe(0)
})

test('a note changed on two devices shows both sides, and the one that is chosen is on both', async () => {
  const { client } = app.tenant.owner
  const id = await app.addBook('novel.epub', englishNovel())
  await open(desk, id)
  await readAndSelect(desk, novelSentences.opening)
  await desk.locator('.selbar .swatch.c-sage').click()
  const marks = async () => (await client.call('listHighlights', { query: { book_id: id } })).items
  const notes = async () => (await marks()).map(({ note }) => note)
  await expect.poll(notes).toEqual([null])
  await open(couch, id)
  for (const page of [desk, couch]) await page.keyboard.press('m')
  await couch.locator('.mark-row').waitFor()

  for (const [round, choice] of ['Keep this', 'Take that'].entries()) {
    const [mine, theirs] = [`Written on the couch, ${round}`, `Written elsewhere, ${round}`]
    await app.line.cut()
    const row = couch.locator('.mark-row')
    await row.getByRole('button', { name: 'Edit' }).click()
    await row.locator('textarea').fill(mine)
    await row.getByRole('button', { name: 'Done' }).click()
    await row.getByText(mine).waitFor()
    const [{ id: highlight_id, version } = { id: '', version: 0 }] = await marks()
    await client.call('updateHighlight', { path: { highlight_id }, body: { version, note: theirs } })
    await app.line.mend()

    await couch.getByRole('button', { name: 'Look at both' }).click({ timeout: 60_000 })
    const dialog = couch.getByRole('dialog', { name: 'Changed in two places' })
    await dialog.locator('.one-side', { hasText: 'On this device' }).getByText(mine).waitFor()
    await dialog.locator('.one-side', { hasText: 'Elsewhere' }).getByText(theirs).waitFor()
    expect(await notes()).toEqual([theirs])
    await dialog.getByRole('button', { name: choice }).click()
    await dialog.waitFor({ state: 'detached' })
    const chosen = choice === 'Keep this' ? mine : theirs
    await expect.poll(notes).toEqual([chosen])
    await couch.locator('.mark-row').getByText(chosen).waitFor()
    await desk.reload()
    await desk.locator('.scrub').waitFor()
    await desk.keyboard.press('m')
    await desk.locator('.mark-row').getByText(chosen).waitFor()
  }
})
