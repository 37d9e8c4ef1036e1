import { isDeepStrictEqual } from 'node:util'
import { DocumentSession } from '@stoa/sdk/documents'
import { englishNovel, novelSentences } from '@stoa/testkit/books/index'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import { outlined, readAndSelect, sees } from './support/book-on-screen.ts'
import { caretTo, select, text } from './support/document-page.ts'
import { type StoaApp, startApp } from './support/stoa-app.ts'

let app: StoaApp
/** Two people in one workspace, each with a browser of their own. */
let anna: Page
let ben: Page
let bookId: string
let address: string

beforeAll(async () => {
  app = await startApp()
  bookId = await app.addBook('novel.epub', englishNovel())
  const { owner, member } = app.tenant
  anna = await app.signIn(owner)
  ben = await app.signIn(member)
})
afterAll(() => app?.[Symbol.asyncDispose]())

const paragraph = (page: Page, words: string) => text(page).locator('p').filter({ hasText: words })
const write = async (page: Page, words: string) => {
  await caretTo(page, 'End')
  await page.keyboard.type(words)
}
const saved = (page: Page) => page.locator('.top .mark').getByText('Saved').waitFor()
const contents = (page: Page) => text(page).locator('p, h2, li').allTextContents()
/** Both show the same, and it holds these words. */
const alike = async (...words: string[]) => {
  await expect.poll(async () => (await contents(anna)).join('\n'), { timeout: 40_000 }).toContain(words[0])
  for (const one of words)
    await expect.poll(() => text(ben).textContent(), { timeout: 40_000 }).toContain(one)
  // Read together: what the other wrote last may be on its way to either.
  await expect
    .poll(() => Promise.all([contents(anna), contents(ben)]), { timeout: 40_000 })
    .toSatisfy(([one, other]) => isDeepStrictEqual(one, other))
}
/** Writes before some words from a machine with a line of its own. */
async function writeElsewhere(before: string, words: string): Promise<void> {
  const doc = new Y.Doc()
  const { client } = app.tenant.member
  const documentId = new URL(address).pathname.split('/').at(-1) ?? ''
  const session = new DocumentSession({ client, baseUrl: app.stoa.url, documentId, doc })
  await session.start()
  await expect.poll(() => session.state.synced, { timeout: 20_000 }).toBe(true)
  const find = (parent: Y.XmlFragment): Y.XmlText | undefined =>
    parent
      .toArray()
      .map((child) =>
        child instanceof Y.XmlElement ? find(child) : child instanceof Y.XmlText ? child : undefined,
      )
      .find((child) => child?.toString().includes(before))
  const found = find(doc.getXmlFragment('content'))
  found?.insert(found.toString().indexOf(before), words)
  await expect.poll(() => found !== undefined && !session.state.unsaved, { timeout: 20_000 }).toBe(true)
  await session.stop()
}

test('a document is made, found by the other, and written by both at once', async () => {
  await anna.goto(`${app.line.url}/documents`)
  await anna.locator('.top').getByRole('button', { name: 'New document' }).click()
  await anna.getByRole('menuitem', { name: 'Empty document' }).click()
  await anna.waitForURL('**/documents/*-*')
  address = anna.url()
  await anna.getByRole('textbox', { name: 'Title' }).fill('Reading as exercise')
  // The text may not be there yet: the caret goes into it as soon as it is.
  await anna.getByRole('textbox', { name: 'Title' }).press('Enter')
  await text(anna).and(anna.locator(':focus')).waitFor()
  await anna.keyboard.type('# Training')
  await anna.keyboard.press('Enter')
  await anna.keyboard.type('Slowness is not a pace.')
  await saved(anna)
  // The title is sent by itself, a moment later; the bar tells what the server has.
  await anna.getByRole('heading', { level: 1, name: 'Reading as exercise' }).waitFor()

  await ben.goto(`${app.line.url}/documents`)
  await ben.locator('.doc-row').getByText('Reading as exercise').click()
  await paragraph(ben, 'Slowness is not a pace.').waitFor()
  await text(ben).locator('h1').getByText('Training').waitFor()
  await Promise.all([write(anna, ' Anna wrote this.'), write(ben, ' And Ben that.')])
  await alike('Slowness is not a pace.')
  // Who writes where: a caret with the name.
  await anna.locator('.car').waitFor()
})

test('undo takes back what one wrote oneself, never what the other wrote', async () => {
  await caretTo(ben, 'End')
  await ben.keyboard.press('Enter')
  await ben.keyboard.type('Only from Ben.')
  await paragraph(anna, 'Only from Ben.').waitFor()
  await caretTo(anna, 'Home')
  await anna.keyboard.type('Anna: ')
  await text(ben).getByText('Anna: Training').waitFor()
  await anna.keyboard.press('ControlOrMeta+z')
  await expect.poll(() => text(ben).textContent()).not.toContain('Anna: Training')
  await paragraph(anna, 'Only from Ben.').waitFor()
})

test('the slash offers what a page can hold', async () => {
  await caretTo(anna, 'End')
  await anna.keyboard.press('Enter')
  await anna.keyboard.type('/task')
  await anna.getByRole('option', { name: 'Task list' }).waitFor()
  await anna.keyboard.press('Enter')
  await anna.keyboard.type('Ask for the other edition')
  await anna.keyboard.press('Enter')
  await anna.keyboard.press('Enter')
  await anna.keyboard.type('/table')
  await anna.getByRole('option', { name: 'Table', exact: true }).waitFor()
  await anna.keyboard.press('Enter')
  await anna.keyboard.type('Reader')
  await expect.poll(() => text(ben).locator('tr').count()).toBe(3)
  await anna.keyboard.press('ControlOrMeta+Alt+ArrowDown')
  await expect.poll(() => text(ben).locator('tr').count()).toBe(4)
  await text(ben).locator('li[data-checked] input').check()
  await text(anna).locator('li[data-checked="true"]').waitFor()
})

test('a passage of a book becomes a card that opens the book at it', async () => {
  await anna.goto(`${app.line.url}/books/${bookId}`)
  await anna.locator('.scrub').waitFor()
  await readAndSelect(anna, novelSentences.opening)
  await anna.getByRole('button', { name: 'Quote to…' }).click()
  await anna.getByRole('dialog').getByRole('button', { name: 'Reading as exercise' }).click()
  // Beside the book, at once.
  await anna.locator('.side .node-citation .cite').filter({ hasText: novelSentences.opening }).waitFor()

  const card = ben.locator('.node-citation .cite').filter({ hasText: novelSentences.opening })
  await card.waitFor()
  await card.click()
  await ben.waitForURL(`**/books/${bookId}**`)
  // Both are looked for at once: the outline goes after a moment.
  await Promise.all([
    expect.poll(() => sees(ben, novelSentences.opening)).toBe(true),
    expect.poll(() => outlined(ben).then(({ length }) => length)).toBeGreaterThan(0),
  ])
  for (const page of [anna, ben]) {
    await page.goto(address)
    await paragraph(page, 'Only from Ben.').waitFor()
  }
})

test('words are commented on, answered and resolved, and the mark stays with them', async () => {
  await select(ben, 'not a pace')
  await ben.getByRole('toolbar', { name: 'Selected words' }).getByRole('button', { name: 'Comment' }).click()
  await ben.getByRole('textbox', { name: 'Write a comment' }).fill('What is it, **then**?')
  await ben.getByRole('textbox', { name: 'Write a comment' }).press('Enter')
  await anna.locator('.card.cm').getByText('What is it').waitFor()
  await caretTo(anna, 'Home')
  await anna.keyboard.type('On ')
  await expect.poll(() => text(anna).locator('.cmh').textContent()).toBe('not a pace')

  await anna.locator('.card.cm').getByRole('button', { name: 'Reply' }).click()
  await anna.getByRole('textbox', { name: 'Reply' }).fill('How often one turns back.')
  await anna.getByRole('textbox', { name: 'Reply' }).press('Enter')
  await ben.locator('.card.cm').getByText('How often one turns back.').waitFor()
  await ben.locator('.card.cm').getByRole('button', { name: 'Resolve' }).click()
  await expect.poll(() => text(anna).locator('.cmh').count()).toBe(0)
})

test('without the server one writes on; back, all of it is there, and what collided is shown', async () => {
  const meanwhile = 'Ben said: Slowness is not a pace.'
  // His caret would stand among the words that are looked for.
  await caretTo(ben, 'Home')
  await text(anna).locator('h1 .car').waitFor()
  await app.line.cut()
  await anna.locator('.top .mark').getByText('Offline').waitFor({ timeout: 60_000 })
  await select(anna, 'Slowness is not a pace.')
  await anna.keyboard.press('ArrowRight')
  await anna.keyboard.type(' Written without a line.')
  await anna.locator('.top .mark').getByText('kept on this device').waitFor()

  await writeElsewhere('Slowness is not a pace.', 'Ben said: ')

  await app.line.mend()
  await paragraph(anna, meanwhile).waitFor({ timeout: 60_000 })
  await alike('Written without a line.', meanwhile)
  await anna.getByText('was changed by somebody else, too').waitFor()
  await anna.getByRole('button', { name: 'Look at both' }).click()
  const card = anna.locator('.collision')
  await card.getByText('Both of you changed this paragraph').waitFor()
  await card.getByRole('button', { name: 'Take mine' }).click()
  await expect.poll(() => text(ben).textContent()).not.toContain('Ben said')
  await alike('Written without a line.')
  await expect.poll(() => anna.locator('.collision').count()).toBe(0)
})

test('a version is kept under a name, compared and restored', async () => {
  await anna.goto(`${address}?panel=versions`)
  await anna.getByLabel('Name this version').fill('Before the meeting')
  await anna.getByRole('button', { name: 'Keep', exact: true }).click()
  await anna.locator('.version-row').getByText('Before the meeting').waitFor()
  await paragraph(anna, 'Written without a line.').waitFor()
  await select(anna, 'Written without a line.')
  await anna.keyboard.type('Gone again.')
  await paragraph(ben, 'Gone again.').waitFor()

  await anna.locator('.version-row').filter({ hasText: 'Before the meeting' }).click()
  await anna.locator('.diff ins').getByText('Gone').waitFor()
  await anna.getByRole('button', { name: 'Restore', exact: true }).click()
  await paragraph(ben, 'Written without a line.').waitFor()
  await expect.poll(() => text(ben).textContent()).not.toContain('Gone again.')
  // What was there before is a version, too.
  // The editor has an Undo of its own; this one comes with the notice.
  await anna.locator('.toast').getByRole('button', { name: 'Undo' }).click()
  await paragraph(ben, 'Gone again.').waitFor()
})

test('put into the trash, it is found there and comes back', async () => {
  await anna.goto(address)
  await anna.locator('.top [aria-haspopup=menu]').click()
  await anna.getByRole('menuitem', { name: 'Put into the trash' }).click()
  await anna.waitForURL('**/documents')
  await anna.goto(`${app.line.url}/documents?view=trash`)
  await anna.locator('.doc-row').getByRole('button', { name: 'More about' }).click()
  await anna.getByRole('menuitem', { name: 'Bring back' }).click()
  // Leaving the page at once would take the request back.
  await expect.poll(() => anna.locator('.doc-row').count()).toBe(0)
  await anna.goto(address)
  await paragraph(anna, 'Only from Ben.').waitFor()
})
