import { englishNovel, novelSentences } from '@stoa/testkit/books/index'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { boardWith, listed, title } from './support/board-page.ts'
import { outlined, readAndSelect, sees, untilOpen } from './support/book-on-screen.ts'
import { type StoaApp, startApp } from './support/stoa-app.ts'

let app: StoaApp
/** Two people of one organisation, each with a browser of their own. */
let anna: Page
let ben: Page

beforeAll(async () => {
  app = await startApp()
  anna = await app.signIn(app.tenant.owner)
  ben = await app.signIn(app.tenant.member)
})
afterAll(() => app?.[Symbol.asyncDispose]())

/** Begins a post on a board. */
async function write(page: Page, url: string, head: string, words: string): Promise<void> {
  await page.goto(`${url}/write`)
  await page.getByLabel('Title').fill(head)
  await page.getByLabel('Text').fill(words)
}
const send = (page: Page) => page.getByRole('button', { name: 'Post', exact: true }).click()

/** Puts a photo on the clipboard, as a program that takes them does. Runs in the page. */
async function copyPhoto([width, height]: readonly [number, number]): Promise<void> {
  const canvas = document.createElement('canvas')
  Object.assign(canvas, { width, height })
  const pixels = new ImageData(width, height)
  // Grain, as every photo has it: a PNG keeps all of it and is large.
  for (let at = 0, grain = 1; at < pixels.data.length; at++) {
    grain = (grain * 48_271) % 0x7fffffff
    pixels.data[at] = at % 4 === 3 ? 255 : grain % 256
  }
  canvas.getContext('2d')?.putImageData(pixels, 0, 0)
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
  if (!blob) throw new Error('no picture')
  await navigator.clipboard.write([new ClipboardItem({ 'image/png': blob })])
}

/** Copies a photo and pastes it into the text. */
async function pastePhoto(page: Page, size: readonly [number, number]): Promise<void> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: app.line.url })
  await page.evaluate(copyPhoto, size)
  await page.getByLabel('Text').focus()
  await page.keyboard.press('ControlOrMeta+v')
}
const widthOf = (image: SVGElement | HTMLElement) =>
  image instanceof HTMLImageElement && image.complete ? image.naturalWidth : 0
const pictures = (page: Page) => page.locator('.draft-imgs img')

/** Anna marks the first sentence of a book, as one does on reading. */
async function markOpening(): Promise<string> {
  const bookId = await app.addBook('novel.epub', englishNovel())
  await anna.goto(`${app.line.url}/books/${bookId}`)
  await untilOpen(anna)
  await readAndSelect(anna, novelSentences.opening)
  await anna.locator('.selbar .swatch').first().click()
  const marks = () => app.tenant.owner.client.call('listHighlights', { query: { book_id: bookId } })
  await expect.poll(async () => (await marks()).items.length).toBe(1)
  return bookId
}

async function citeOpening(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Cite a passage' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Find a passage').fill(novelSentences.opening.slice(0, 12))
  await dialog.locator('.passage').filter({ hasText: novelSentences.opening }).click()
  await page.locator('.draft-cite .cite').filter({ hasText: novelSentences.opening }).waitFor()
}

test('a photo that is pasted is made smaller on the way, and seen by the other', async () => {
  const { url } = await boardWith(app, [])
  await ben.goto(url)
  await write(anna, url, 'The pond in November', 'I went at seven.')
  await pastePhoto(anna, [3000, 100])
  await pictures(anna).waitFor()
  expect(await anna.getByLabel('Text').inputValue()).toBe('I went at seven.')
  await send(anna)
  await title(anna, 'The pond in November').waitFor()

  await listed(ben, 'The pond in November').click()
  // The server would have taken all of it.
  await expect.poll(() => ben.locator('.post .img img').evaluate(widthOf)).toBe(2560)
  await expect.poll(() => listed(ben, 'The pond').locator('.th img').evaluate(widthOf)).toBeGreaterThan(0)
})

test('a passage that one has marked is cited, and opens the book at it from the browser of the other', async () => {
  const { url } = await boardWith(app, [])
  const bookId = await markOpening()
  await write(anna, url, 'How it begins', 'Listen:')
  await citeOpening(anna)
  await send(anna)
  await title(anna, 'How it begins').waitFor()

  await ben.goto(url)
  await listed(ben, 'How it begins').click()
  await ben.locator('.post .cite').filter({ hasText: novelSentences.opening }).click()
  await ben.waitForURL(`**/books/${bookId}**`)
  // Both are looked for at once: the outline goes after a moment.
  await Promise.all([
    expect.poll(() => sees(ben, novelSentences.opening)).toBe(true),
    expect.poll(() => outlined(ben).then(({ length }) => length)).toBeGreaterThan(0),
  ])
})

test('a draft outlives the page with its picture, and is gone when it is thrown away', async () => {
  const { url } = await boardWith(app, ['The pond'])
  await write(ben, url, 'Half a thought', 'Before the')
  await pastePhoto(ben, [400, 300])
  await pictures(ben).waitFor()
  await ben.reload()
  await expect.poll(() => ben.getByLabel('Title').inputValue()).toBe('Half a thought')
  expect(await ben.getByLabel('Text').inputValue()).toBe('Before the')
  await expect.poll(() => pictures(ben).evaluate(widthOf)).toBeGreaterThan(0)
  // It is of this board and of this device.
  await anna.goto(`${url}/write`)
  await anna.getByLabel('Title').waitFor()
  expect(await anna.getByLabel('Title').inputValue()).toBe('')

  await ben.getByRole('button', { name: 'Discard draft' }).click()
  await ben.goto(`${url}/write`)
  await ben.getByLabel('Title').waitFor()
  expect(await ben.getByLabel('Title').inputValue()).toBe('')
  expect(await pictures(ben).count()).toBe(0)
})

test('a post is found in the one search box, and its author leads to all that they posted', async () => {
  const { url } = await boardWith(app, ['Heron at the weir', 'Otters under the bridge'])
  const query = { q: 'Heron', kinds: ['post' as const] }
  await expect
    .poll(async () => (await app.tenant.member.client.call('search', { query })).items.length)
    .toBeGreaterThan(0)
  await ben.goto(url)
  await listed(ben, 'Heron at the weir').waitFor()
  await ben.keyboard.press('ControlOrMeta+k')
  await ben.getByRole('combobox').fill('About Heron')
  await ben.getByRole('option').filter({ hasText: 'Heron at the weir' }).first().click()
  await title(ben, 'Heron at the weir').waitFor()
  await ben.locator('.post .by a').first().click()
  await ben.waitForURL('**/authors/**')
  await ben.locator('.author .pl').filter({ hasText: 'Heron at the weir' }).waitFor()
  // Who looks at themselves sees their key; others do not.
  await ben.locator('.author .own-key').waitFor()
  await anna.goto(ben.url())
  await anna.locator('.author .pl').filter({ hasText: 'Otters under the bridge' }).click()
  await title(anna, 'Otters under the bridge').waitFor()
  await anna.goBack()
  await anna.locator('.author .pl').first().waitFor()
  expect(await anna.locator('.author .own-key').count()).toBe(0)
})
