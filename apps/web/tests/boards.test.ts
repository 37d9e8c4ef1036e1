import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { comment, fromPost, listed, title, withReason } from './support/board-page.ts'
import { type StoaApp, startApp } from './support/stoa-app.ts'

let app: StoaApp
/** Two people of one organisation: Anna owns the board, Ben writes on it. */
let anna: Page
let ben: Page

beforeAll(async () => {
  app = await startApp()
  anna = await app.signIn(app.tenant.owner)
  ben = await app.signIn(app.tenant.member)
})
afterAll(() => app?.[Symbol.asyncDispose]())

/** A PNG wider than what is sent of a photo, in base 64. */
function drawPicture(): string {
  const canvas = document.createElement('canvas')
  canvas.width = 3000
  canvas.height = 1500
  const pen = canvas.getContext('2d')
  pen?.fillRect(200, 300, 900, 600)
  return canvas.toDataURL('image/png').split(',')[1] ?? ''
}
const naturalWidth = (image: SVGElement | HTMLElement) =>
  image instanceof HTMLImageElement ? image.naturalWidth : 0

test('a board is begun, posted on, and seen by the other at once', async () => {
  await anna.goto(`${app.line.url}/boards`)
  await anna.getByRole('button', { name: 'New board' }).click()
  await anna.getByLabel('Name').fill('Walks and readings')
  await anna.getByRole('button', { name: 'Create' }).click()
  await anna.waitForURL('**/boards/*')
  await ben.goto(`${app.line.url}/boards`)
  await ben.getByRole('heading', { name: 'Walks and readings' }).first().waitFor()

  await anna.getByRole('link', { name: 'Post', exact: true }).click()
  await anna.getByLabel('Title').fill('The pond in November')
  await anna.getByLabel('Text').fill('I went at **seven**, before the walkers.')
  const buffer = Buffer.from(await anna.evaluate(drawPicture), 'base64')
  await anna.getByLabel('Add pictures').setInputFiles({ name: 'pond.png', mimeType: 'image/png', buffer })
  await anna.locator('.draft-imgs img').waitFor()
  await anna.getByRole('button', { name: 'Post', exact: true }).click()
  await title(anna, 'The pond in November').waitFor()
  await anna.locator('.post .bd strong').filter({ hasText: 'seven' }).waitFor()
  await listed(ben, 'The pond in November').click()
  await ben.locator('.post .bd strong').waitFor()
  const picture = ben.locator('.post .img img')
  await expect.poll(() => picture.evaluate(naturalWidth), { timeout: 20_000 }).toBeGreaterThan(1000)
  await listed(ben, 'The pond in November').locator('.th img').waitFor()
})

test('comments stand below what they answer, on both sides', async () => {
  await ben.getByLabel('Write a comment').fill('Which page did you take?')
  await ben.getByRole('button', { name: 'Comment', exact: true }).click()
  const asked = comment(anna, 'Which page did you take?')
  await asked.waitFor()
  await asked.getByRole('button', { name: 'Reply' }).click()
  await anna.getByLabel(/^Reply to/).fill('The one about the morning hour.')
  await anna.getByRole('button', { name: 'Comment', exact: true }).click()
  await ben.locator('.ct .answers .c').filter({ hasText: 'The one about the morning hour.' }).waitFor()
  await ben.getByRole('heading', { name: '2 comments' }).waitFor()
})

test('what is written outlives the page, and is posted once', async () => {
  await ben.getByRole('link', { name: 'Post', exact: true }).click()
  await ben.getByLabel('Title').fill('Minutes of October')
  await ben.getByLabel('Text').fill('Present: eight.')
  await ben.reload()
  await expect
    .poll(() => ben.getByLabel('Title').inputValue(), { timeout: 20_000 })
    .toBe('Minutes of October')
  await ben.getByRole('button', { name: 'Post', exact: true }).click()
  await title(ben, 'Minutes of October').waitFor()
  await listed(anna, 'Minutes of October').waitFor()
  expect(await listed(anna, 'Minutes of October').count()).toBe(1)
})

test('its owner hides a post with a reason, and shows it again; others do not see it meanwhile', async () => {
  await listed(anna, 'Minutes of October').click()
  await title(anna, 'Minutes of October').waitFor()
  await fromPost(anna, 'Hide')
  await withReason(anna, 'Superseded', 'Hide')
  await anna.getByText(/Hidden by .*: Superseded/).waitFor()
  await ben.goto(`${app.line.url}/boards`)
  await listed(ben, 'The pond in November').waitFor()
  expect(await listed(ben, 'Minutes of October').count()).toBe(0)
  await fromPost(anna, 'Show again')
  await listed(ben, 'Minutes of October').waitFor()
})

test('its author changes a post and takes it back', async () => {
  await listed(ben, 'Minutes of October').click()
  await title(ben, 'Minutes of October').waitFor()
  await fromPost(ben, 'Edit')
  await ben.getByLabel('Text').fill('Present: nine.')
  await ben.getByRole('button', { name: 'Save', exact: true }).click()
  await ben.locator('.post .bd').filter({ hasText: 'Present: nine.' }).waitFor()
  await anna.locator('.post .bd').filter({ hasText: 'Present: nine.' }).waitFor()
  await fromPost(ben, 'Take back')
  await ben.getByRole('dialog').getByRole('button', { name: 'Take back' }).click()
  await expect.poll(() => listed(anna, 'Minutes of October').count(), { timeout: 20_000 }).toBe(0)
})
