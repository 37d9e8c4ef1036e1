import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchChromium } from '../tools/stage.ts'
import { setUp, signInByCode, type Visitor, visit } from './support/newcomer.ts'
import { bodies, box, fromRoomList, say, saying } from './support/room-page.ts'
import { type RunningProgram, runProgram } from './support/running-program.ts'

const MAIL = 'mara@example.org'

let program: RunningProgram
let browser: Browser
let visitor: Visitor
let page: Page
let other: Page
let address: string

beforeAll(async () => {
  program = await runProgram()
  browser = await launchChromium()
  // The browser says so itself when it does not reach the server.
  visitor = await visit(browser, { expects: /net::ERR_|WebSocket connection/ })
  page = visitor.page
  await setUp(page, program.link, { name: 'Mara Lindqvist', place: 'Thursday Readers', email: MAIL })
  other = (await visit(browser)).page
  await signInByCode(other, program, MAIL)
})
afterAll(async () => {
  await browser?.close()
  await program?.[Symbol.asyncDispose]()
})

const waiting = () => page.getByText(/waiting to send|Waiting to send/)

test('a room is opened, and seen in a second browser', async () => {
  await page.goto(`${program.origin}/rooms`)
  await fromRoomList(page, 'New room')
  await page.getByLabel('Name', { exact: true }).fill('Walden')
  await page.getByRole('button', { name: 'Open the room' }).click()
  await page.waitForURL('**/rooms/*-*')
  address = page.url()
  await say(page, 'Said while all was well.')
  await other.goto(address)
  await saying(other, 'Said while all was well.').waitFor()
})

test('with the server stopped, what is written is kept and said to be waiting', async () => {
  await expect
    .poll(() =>
      page.evaluate(
        async () => (await navigator.serviceWorker.ready) && navigator.serviceWorker.controller !== null,
      ),
    )
    .toBe(true)
  await program.stop()
  await say(page, 'Written while the server was down, one.')
  await say(page, 'Written while the server was down, two.')
  await box(page).fill('Half a thought')
  await waiting().first().waitFor()
  await page.getByText('2 messages are kept here').waitFor()
  await page.reload()
  await saying(page, 'Written while the server was down, two.').waitFor()
  await expect.poll(() => box(page).inputValue()).toBe('Half a thought')
})

test('server back: all of it arrives by itself, once, in order, in both browsers', async () => {
  await program.start()
  const wanted = [
    'Said while all was well.',
    'Written while the server was down, one.',
    'Written while the server was down, two.',
  ]
  for (const each of [page, other])
    await expect.poll(() => bodies(each), { timeout: 90_000, interval: 500 }).toEqual(wanted)
  await expect.poll(() => page.locator('.msg.pending').count()).toBe(0)
  await expect.poll(() => waiting().count()).toBe(0)
  expect(await box(page).inputValue()).toBe('Half a thought')
  await other.reload()
  await saying(other, 'down, two.').waitFor()
  expect(await bodies(other)).toEqual(wanted)
  expect(visitor.faults).toEqual([])
})
