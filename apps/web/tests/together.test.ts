import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchChromium } from '../tools/stage.ts'
import { outlined, readAndSelect, sees } from './support/book-on-screen.ts'
import { caretTo, text } from './support/document-page.ts'
import { join, openFromLibrary, setUp, type Visitor, visit } from './support/newcomer.ts'
import { fromRoomList, say, saying } from './support/room-page.ts'
import { type RunningProgram, runProgram } from './support/running-program.ts'
import { openTerminal, type Terminal } from './support/terminal.ts'

/** A sentence of the handbook, which is the first book anybody opens. */
const CITED = 'Select this sentence with the mouse or your finger'

let program: RunningProgram
let browser: Browser
let terminal: Terminal
/** The owner, and somebody who came by the link that she gave away. */
let mara: Visitor
let joris: Visitor

beforeAll(async () => {
  program = await runProgram()
  browser = await launchChromium()
  mara = await visit(browser)
  joris = await visit(browser)
  terminal = await openTerminal(program.origin)
})
afterAll(async () => {
  await terminal?.[Symbol.asyncDispose]()
  await browser?.close()
  await program?.[Symbol.asyncDispose]()
})

const paragraphs = (page: Page) => text(page).locator('p').allTextContents()

test('two come in, one by the link of the other, and a terminal by a link of its own', async () => {
  const who = { name: 'Mara Lindqvist', place: 'Thursday Readers', email: 'mara@example.org' }
  await join(joris.page, await setUp(mara.page, program.link, who), 'Joris Aalto')
  const printed = await terminal.stoa('sign-in-link', '--data', program.dataDir)
  await terminal.stoa('sign-in', /http\S+/.exec(printed)?.[0] ?? '')
})

test('the three talk in one room', async () => {
  await mara.page.goto(`${program.origin}/rooms`)
  await fromRoomList(mara.page, 'New room')
  await mara.page.getByLabel('Name', { exact: true }).fill('Handbook')
  await mara.page.getByRole('button', { name: 'Open the room' }).click()
  await mara.page.waitForURL('**/rooms/*-*')
  await say(mara.page, 'Who has read it?')
  await joris.page.goto(mara.page.url())
  await saying(joris.page, 'Who has read it?').waitFor()
  await joris.page.getByRole('button', { name: 'Join', exact: true }).click()
  await say(joris.page, 'Half of it.')
  await saying(mara.page, 'Half of it.').waitFor()
  await terminal.stoa('say', 'Handbook', 'All of it, at a terminal.')
  for (const { page } of [mara, joris]) await saying(page, 'All of it, at a terminal.').waitFor()
  const tail = await terminal.stoa('tail', 'Handbook')
  for (const said of ['Who has read it?', 'Half of it.', 'All of it, at a terminal.'])
    expect(tail).toContain(said)
})

test('one cites a passage of the book, the other opens the book at it', async () => {
  await mara.page.goto(`${program.origin}/library`)
  await openFromLibrary(mara.page, 'The Stoa Handbook', 'PDF')
  await readAndSelect(mara.page, CITED)
  await mara.page.getByRole('button', { name: 'Quote to…' }).click()
  await mara.page.getByRole('dialog').getByRole('button', { name: 'Handbook' }).click()
  await mara.page.locator('.side .comp .cite').filter({ hasText: CITED }).waitFor()
  await say(mara.page, 'Try this.', '.side')
  const card = saying(joris.page, 'Try this.').locator('.cite')
  await card.filter({ hasText: CITED }).click()
  await joris.page.waitForURL('**/books/**')
  // Both are looked for at once: the outline goes after a moment.
  await Promise.all([
    expect.poll(() => sees(joris.page, CITED), { timeout: 20_000 }).toBe(true),
    expect
      .poll(() => outlined(joris.page).then(({ length }) => length), { timeout: 20_000 })
      .toBeGreaterThan(0),
  ])
})

test('both write one document at the same time', async () => {
  await mara.page.goto(`${program.origin}/documents`)
  await mara.page.locator('.top').getByRole('button', { name: 'New document' }).click()
  await mara.page.getByRole('menuitem', { name: 'Empty document' }).click()
  await mara.page.waitForURL('**/documents/*-*')
  await mara.page.getByRole('textbox', { name: 'Title' }).fill('What we read')
  await mara.page.getByRole('textbox', { name: 'Title' }).press('Enter')
  await text(mara.page).and(mara.page.locator(':focus')).waitFor()
  await mara.page.keyboard.type('Mara begins.')
  await joris.page.goto(mara.page.url())
  await text(joris.page).getByText('Mara begins.').waitFor()
  await caretTo(joris.page, 'End')
  await caretTo(mara.page, 'Home')
  await Promise.all([mara.page.keyboard.type('First of all: '), joris.page.keyboard.type(' Joris goes on.')])
  const written = ['First of all: Mara begins. Joris goes on.']
  await expect
    .poll(() => Promise.all([mara, joris].map(({ page }) => paragraphs(page))), { timeout: 20_000 })
    .toEqual([written, written])
  for (const { page, faults } of [mara, joris]) {
    await page.locator('.top .mark').getByText('Saved').waitFor()
    expect(faults).toEqual([])
  }
})
