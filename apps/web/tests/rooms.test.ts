import { uuidv7 } from '@stoa/kernel'
import { englishNovel, novelSentences } from '@stoa/testkit/books/index'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { outlined, readAndSelect, sees } from './support/book-on-screen.ts'
import { bodies, box, fromRoomList, say, saying } from './support/room-page.ts'
import { type StoaApp, startApp } from './support/stoa-app.ts'

let app: StoaApp
/** Two people in one workspace, each with a browser of their own. */
let anna: Page
let ben: Page
let bookId: string
let roomId: string
let benName: string

beforeAll(async () => {
  app = await startApp()
  bookId = await app.addBook('novel.epub', englishNovel())
  const { owner, member } = app.tenant
  const account = await member.client.call('getAccount')
  benName = account.display_name
  anna = await app.signIn(owner)
  ben = await app.signIn(member)
})
afterAll(() => app?.[Symbol.asyncDispose]())

test('a room is opened, found by the other, and what is said there arrives at once', async () => {
  await anna.goto(`${app.line.url}/rooms`)
  await fromRoomList(anna, 'New room')
  await anna.getByLabel('Name', { exact: true }).fill('Ledger readers')
  await anna.getByRole('button', { name: 'Open the room' }).click()
  await anna.waitForURL('**/rooms/*-*')
  roomId = new URL(anna.url()).pathname.split('/').at(-1) ?? ''
  await say(anna, 'Has **anybody** begun?')
  await saying(anna, 'Has anybody begun?').locator('strong').waitFor()

  await ben.goto(`${app.line.url}/rooms`)
  await fromRoomList(ben, 'Browse open rooms')
  await ben.getByRole('dialog').getByRole('button', { name: 'Join' }).click()
  await saying(ben, 'Has anybody begun?').waitFor()
  await say(ben, 'Two chapters in.')
  await saying(anna, 'Two chapters in.').waitFor()
  await anna.getByText(`Read by ${benName}`).waitFor()
})

test('a mention is completed, told to the one it means, and leads back to its message', async () => {
  await ben.goto(`${app.line.url}/library`)
  await box(anna).pressSequentially(`What do you think, @${benName.slice(0, 3)}`)
  await anna.getByRole('option', { name: benName }).click()
  await box(anna).press('Enter')
  await saying(anna, 'What do you think').locator('.mention').waitFor()
  // On another screen altogether: the count at the rail tells.
  await ben.locator('.rail .count').waitFor()
  await ben.goto(`${app.line.url}/rooms?view=mentions`)
  await ben.locator('.overview-row').filter({ hasText: 'What do you think' }).click()
  await saying(ben, 'What do you think').waitFor()
  await expect.poll(() => ben.locator('.rail .count').count()).toBe(0)
})

test('reactions, replies, edits and removals are seen on both sides', async () => {
  await saying(ben, 'What do you think').hover()
  await saying(ben, 'What do you think').getByRole('button', { name: 'React' }).click()
  await ben.getByRole('button', { name: '👍' }).click()
  await saying(anna, 'What do you think').locator('.rx button').filter({ hasText: '👍' }).waitFor()

  await saying(ben, 'What do you think').hover()
  await saying(ben, 'What do you think').getByRole('button', { name: 'Reply in thread' }).click()
  await say(ben, 'It begins slowly.', '.side')
  await saying(anna, 'What do you think').getByText('1 reply').click()
  await anna.locator('.thread .msg').filter({ hasText: 'It begins slowly.' }).waitFor()
  // A reply stands in its thread, not among the messages.
  expect(await saying(anna, 'It begins slowly.').count()).toBe(0)

  await box(ben).focus()
  await box(ben).press('ArrowUp')
  await ben.locator('.msg .editing textarea').fill('Three chapters in.')
  await ben.locator('.msg .editing textarea').press('Enter')
  await saying(anna, 'Three chapters in.').getByText('edited').waitFor()

  await say(ben, 'Never mind this.')
  await saying(anna, 'Never mind this.').waitFor()
  // Not while it is on its way: the other may have it before its author has been answered.
  await saying(ben, 'Never mind this.').and(ben.locator('[data-message]')).click({ button: 'right' })
  await ben.getByRole('menuitem', { name: 'Remove' }).click()
  await expect.poll(() => saying(ben, 'Never mind this.').count()).toBe(0)
  await ben.locator('.toast').getByRole('button', { name: 'Undo' }).click()
  await saying(ben, 'Never mind this.').waitFor()
})

test('a passage of the book becomes a card that opens the book at it, beside the room', async () => {
  await anna.goto(`${app.line.url}/books/${bookId}`)
  await anna.locator('.scrub').waitFor()
  await readAndSelect(anna, novelSentences.opening)
  await anna.getByRole('button', { name: 'Quote to…' }).click()
  await anna.getByRole('dialog').getByRole('button', { name: 'Ledger readers' }).click()
  await anna.locator('.side .comp .cite').filter({ hasText: novelSentences.opening }).waitFor()
  await say(anna, 'This is where it begins.', '.side')

  const card = saying(ben, 'This is where it begins.').locator('.cite')
  await card.filter({ hasText: novelSentences.opening }).click()
  await ben.waitForURL(`**/books/${bookId}**`)
  // Both are looked for at once: the outline goes after a moment.
  await Promise.all([
    expect.poll(() => sees(ben, novelSentences.opening)).toBe(true),
    expect.poll(() => outlined(ben).then(({ length }) => length)).toBeGreaterThan(0),
  ])
  // One reads and talks on one screen.
  await say(ben, 'A fine first line.', '.side')
  await saying(anna, 'A fine first line.').waitFor()
})

test('after a break nothing is missing and nothing stands twice', async () => {
  for (const page of [anna, ben]) {
    await page.goto(`${app.line.url}/rooms/${roomId}`)
    await saying(page, 'A fine first line.').waitFor()
  }
  await app.line.cut()
  await say(anna, 'Written without a line.')
  await box(anna).fill('Half a thought')
  for (const words of ['Said meanwhile, one.', 'Said meanwhile, two.']) {
    const path = { room_id: roomId }
    await app.tenant.member.client.call('sendMessage', { path, body: { id: uuidv7(), body: words } })
  }
  await anna.getByText('Waiting to send').or(anna.getByText('Sending')).first().waitFor()
  await app.line.mend()
  const wanted = ['Said meanwhile, one.', 'Said meanwhile, two.', 'Written without a line.']
  for (const page of [anna, ben]) {
    await expect
      .poll(async () => (await bodies(page)).filter((text) => wanted.includes(text)), { timeout: 40_000 })
      .toEqual(wanted)
  }
  await expect.poll(() => anna.locator('.msg.pending').count()).toBe(0)
  // What was not sent outlives the page.
  await anna.reload()
  await saying(anna, 'Written without a line.').waitFor()
  await expect.poll(() => box(anna).inputValue()).toBe('Half a thought')
  const all = await bodies(anna)
  expect(new Set(all).size).toBe(all.length)
})
