import { until } from '@stoa/testkit/until'
import type { Browser, Page } from 'playwright-core'
import { untilOpen } from './book-on-screen.ts'
import type { RunningProgram } from './running-program.ts'

const VIEWPORT = { width: 1280, height: 860 }

/** A page in a browser nobody used before. `faults`: what its scripts threw and what its console complained of. */
export interface Visitor {
  readonly page: Page
  readonly faults: string[]
}

/** A browser that nobody signed in asks once whether somebody did. */
const SIGNED_OUT = /status of 401/

/** `expects`: what the console may complain of, because the test makes it so. */
export async function visit(browser: Browser, { expects }: { expects?: RegExp } = {}): Promise<Visitor> {
  const context = await browser.newContext({ viewport: VIEWPORT, locale: 'en-GB' })
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.stack ?? error.message))
  page.on('console', (message) => {
    const text = message.text()
    const known = SIGNED_OUT.test(text) || (expects?.test(text) ?? false)
    if (message.type() === 'error' && !known) faults.push(`${text} ${message.location().url}`)
  })
  return { page, faults }
}

/** From the link in the terminal to the library, as its owner. Gives the link for those who are to come, too. */
export async function setUp(
  page: Page,
  link: string,
  who: { name: string; place: string; email?: string },
): Promise<string> {
  await page.goto(link)
  await page.getByLabel('Your name').fill(who.name)
  if (who.email) await page.getByLabel('Email').fill(who.email)
  await page.getByRole('button', { name: 'Go on' }).click()
  await page.getByLabel('Name of the place').fill(who.place)
  await page.getByRole('button', { name: 'Open it' }).click()
  await page.getByRole('heading', { name: `${who.place} is open` }).waitFor()
  await page.getByText('3 books ready').waitFor({ timeout: 90_000 })
  const invitation = await page.getByRole('textbox', { name: 'Copy the link' }).inputValue()
  await page.getByRole('button', { name: 'Go in' }).click()
  await page.waitForURL('**/library')
  return invitation
}

/** By an invitation, as somebody new. */
export async function join(page: Page, invitation: string, name: string): Promise<void> {
  await page.goto(invitation)
  await page.getByLabel('Your name, as others see it').fill(name)
  await page.getByRole('button', { name: 'Join', exact: true }).click()
  await page.waitForURL('**/library')
}

/** As somebody who is known, with the code that stands on the server's terminal. */
export async function signInByCode(
  page: Page,
  { origin, printed }: Pick<RunningProgram, 'origin' | 'printed'>,
  mail: string,
): Promise<void> {
  const before = printed().length
  await page.goto(`${origin}/sign-in`)
  await page.getByLabel('Email').fill(mail)
  await page.getByRole('button', { name: 'Send a code' }).click()
  const field = page.getByLabel('Six-digit code')
  await field.waitFor()
  const code = await until('the code is printed', () => codeIn(printed().slice(before)))
  await field.fill(code)
  await page.waitForURL('**/library')
}

const codeIn = (text: string) => [...text.matchAll(/^\s*(\d{3} ?\d{3})\s*$/gm)].at(-1)?.[1]?.replace(' ', '')

/** Opens a book of the library by its cover; not one that says `but`. */
export async function openFromLibrary(page: Page, title: string, but = '?'): Promise<void> {
  await page.locator('a.bk').filter({ hasText: title, hasNotText: but }).first().click()
  await page.waitForURL('**/books/**')
  await untilOpen(page)
}
