import { readFile } from 'node:fs/promises'
import { uuidv7 } from '@stoa/kernel'
import { buildPng } from '@stoa/testkit/books/png'
import { signedTenant } from '@stoa/testkit/members'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { box, fromRoom, fromRoomList, say, saying } from './support/room-page.ts'
import { type StoaApp, startApp } from './support/stoa-app.ts'
import { openTerminal, type Terminal } from './support/terminal.ts'

let app: StoaApp
let anna: Page
let ben: Page
let terminal: Terminal
let names: { readonly anna: string; readonly ben: string }
let openId: string

beforeAll(async () => {
  app = await startApp()
  const { owner, member, workspaceId } = app.tenant
  names = {
    anna: (await owner.client.call('getAccount')).display_name,
    ben: (await member.client.call('getAccount')).display_name,
  }
  const body = {
    ...{ id: uuidv7(), workspace_id: workspaceId, name: 'Walden' },
    member_ids: [member.accountId],
  }
  openId = (await owner.client.call('createRoom', { body })).id
  anna = await app.signIn(owner)
  ben = await app.signIn(member)
  terminal = await openTerminal(app.stoa.url)
})
afterAll(async () => {
  await terminal?.[Symbol.asyncDispose]()
  await app?.[Symbol.asyncDispose]()
})

const openRoom = (page: Page) => page.goto(`${app.line.url}/rooms/${openId}`)
const listed = (page: Page, name: string) => page.locator('.list a').filter({ hasText: name })

test('one sees who is here and who is writing', async () => {
  await Promise.all([openRoom(anna), openRoom(ben)])
  await box(ben).waitFor()
  await anna.getByRole('button', { name: 'People', exact: true }).click()
  await anna.getByText('2 here').waitFor()
  await box(ben).pressSequentially('I am still')
  await anna.getByText(`${names.ben} is writing`).waitFor()
  await box(ben).press('Enter')
  await saying(anna, 'I am still').waitFor()
  await expect.poll(() => anna.getByText(`${names.ben} is writing`).count(), { timeout: 10_000 }).toBe(0)
  await ben.goto('about:blank')
  await anna.getByText('1 here').waitFor({ timeout: 60_000 })
  await openRoom(ben)
})

test('a picture is sent with its thumbnail, and a file as one that downloads', async () => {
  const picture = Buffer.from(buildPng(640, 320, (x, y) => [x % 256, y % 256, 90]))
  const note = Buffer.from('Bring the second edition.')
  await box(anna).fill('Seen on the way')
  await anna.locator('.stage .comp input[type=file]').setInputFiles([
    { name: 'pond.png', mimeType: 'image/png', buffer: picture },
    { name: 'list.txt', mimeType: 'text/plain', buffer: note },
  ])
  await anna.locator('.comp .parts').getByText('pond.png').waitFor()
  await expect
    .poll(() => anna.locator('.comp .parts [role=progressbar]').count(), { timeout: 20_000 })
    .toBe(0)
  await box(anna).press('Enter')
  const seen = saying(ben, 'Seen on the way')
  await expect
    .poll(() => seen.locator('img').evaluate((img: HTMLImageElement) => img.complete && img.naturalWidth), {
      timeout: 20_000,
    })
    .toBeGreaterThan(100)
  const [file] = await Promise.all([ben.waitForEvent('download'), seen.locator('a.file').click()])
  expect(await readFile(await file.path(), 'utf8')).toBe(String(note))
})

test('the terminal and the browser talk in one room', async () => {
  const { email } = app.tenant.admin
  const { identity } = app.stoa.program.capabilities
  const { url } = await identity.terminalSignInLink({ baseUrl: app.stoa.url, email })
  await terminal.stoa('sign-in', url)
  await terminal.stoa('say', 'Walden', 'Said at a terminal: **hello**')
  await saying(anna, 'Said at a terminal: hello').locator('strong').waitFor()
  const tail = terminal.follow('tail', '-f', 'Walden')
  await expect.poll(tail, { timeout: 60_000 }).toContain('Said at a terminal')
  await say(anna, 'Heard in the browser.')
  await expect.poll(tail, { timeout: 30_000 }).toContain('Heard in the browser.')
  expect(tail()).toContain(names.anna)
})

test('a message is found in the one search box and gone to; a stranger does not find it', async () => {
  const query = { q: 'hello terminal', kinds: ['message' as const] }
  await expect
    .poll(async () => (await app.tenant.member.client.call('search', { query })).items.length)
    .toBeGreaterThan(0)
  const search = async (page: Page) => {
    await page.goto(`${app.line.url}/search?q=hello+terminal`)
    await page.locator('.hitrow, .empty').first().waitFor()
    return page.locator('.hitrow').filter({ hasText: 'Walden' })
  }
  await (await search(ben)).click()
  await ben.waitForURL(`**/rooms/${openId}**`)
  await saying(ben, 'Said at a terminal').waitFor()
  const stranger = (await signedTenant(app.stoa, 'Strangers')).owner
  expect((await stranger.client.call('search', { query })).items).toEqual([])
})

test('a private room is seen by those who were added, in the role they have', async () => {
  await fromRoomList(anna, 'New room')
  await anna.getByLabel('Name', { exact: true }).fill('Back room')
  await anna.getByRole('radio', { name: 'Only whom you add' }).click()
  await anna.getByRole('button', { name: 'Open the room' }).click()
  await anna.waitForURL((url) => !url.pathname.includes(openId))
  // The address changes first: until the heading does, the box is the other room's.
  await anna.getByRole('heading', { level: 1, name: 'Back room', exact: true }).waitFor()
  await say(anna, 'Between the two of us.')
  await saying(anna, 'Between the two of us.').and(anna.locator('[data-message]')).waitFor()
  // What changes between a list and the beginning of the live events is not told.
  await Promise.all([ben.waitForResponse('**/api/v1/events'), openRoom(ben)])
  await listed(ben, 'Walden').waitFor()
  expect(await listed(ben, 'Back room').count()).toBe(0)
  await anna.getByRole('button', { name: 'People', exact: true }).click()
  await anna.getByRole('button', { name: 'Add somebody' }).click()
  await anna.getByRole('dialog').getByRole('button', { name: names.ben }).click()
  await listed(ben, 'Back room').click()
  await saying(ben, 'Between the two of us.').waitFor()
  const row = anna.locator('.person-row').filter({ hasText: names.ben })
  await row.getByRole('button', { name: 'More' }).click()
  await anna.getByRole('menuitem', { name: 'Make moderator' }).click()
  await row.getByText('Moderator').waitFor()
  await row.getByRole('button', { name: 'More' }).click()
  await anna.getByRole('menuitem', { name: 'Put out of the room' }).click()
  await ben.getByText('This room is not here').first().waitFor()
})

test('an archived room is read and not written in, found again, and brought back', async () => {
  await fromRoom(anna, 'Room settings')
  await anna.getByRole('button', { name: 'Archive the room' }).click()
  await anna.getByText('This room is archived.').waitFor()
  expect(await box(anna).count()).toBe(0)
  await expect.poll(() => listed(anna, 'Back room').count(), { timeout: 10_000 }).toBe(0)
  await anna.goto(`${app.line.url}/rooms`)
  await fromRoomList(anna, 'Archived rooms')
  await anna
    .getByRole('dialog')
    .getByRole('button', { name: /Back room/ })
    .click()
  await saying(anna, 'Between the two of us.').waitFor()
  await fromRoom(anna, 'Room settings')
  await anna.getByRole('button', { name: 'Bring the room back' }).click()
  await box(anna).waitFor()
})

test('two write to each other alone, and a message is quoted from one room into another', async () => {
  await fromRoomList(ben, 'Write to somebody')
  await ben.getByRole('dialog').getByRole('button', { name: names.anna }).click()
  await ben.getByRole('heading', { level: 1, name: names.anna }).waitFor()
  await say(ben, 'Only for you.')
  await listed(anna, names.ben).click()
  await saying(anna, 'Only for you.').waitFor()
  await say(anna, 'And for you.')
  // Not while it is on its way.
  await saying(anna, 'And for you.').and(anna.locator('[data-message]')).click({ button: 'right' })
  await anna.getByRole('menuitem', { name: 'Quote in another room' }).click()
  await anna.getByRole('dialog').getByRole('button', { name: 'Walden' }).click()
  await openRoom(anna)
  await anna.locator('.stage .comp .parts').getByText('And for you.').waitFor()
  await say(anna, 'As I wrote:')
  // Ben took part in that conversation: he may read what is quoted from it.
  await openRoom(ben)
  await saying(ben, 'As I wrote:').locator('.quoted-card').getByText('And for you.').waitFor()
})

test('a room is saved as Markdown', async () => {
  await openRoom(anna)
  await fromRoom(anna, 'Export')
  // Its own key: the focus comes into a menu later than its items.
  const markdown = anna.getByRole('menuitem', { name: 'As Markdown' })
  const [file] = await Promise.all([anna.waitForEvent('download'), markdown.press('Enter')])
  expect(file.suggestedFilename()).toBe('Walden.md')
  const text = await readFile(await file.path(), 'utf8')
  expect(text).toContain('Heard in the browser.')
  expect(text).toContain('Said at a terminal: **hello**')
})
