import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type SignedTenant, settledBook, signedTenant, uploadBook } from '@stoa/testkit/members'
import { startProgram, type TestProgram } from '@stoa/testkit/program'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchChromium } from '../tools/stage.ts'
import { placeOf, readAndSelect, sees } from './support/book-on-screen.ts'
import { builtApp } from './support/built-app.ts'
import { longBook, paragraph } from './support/long-book.ts'

const READ = paragraph(1, 30)

let folder: string
let stoa: TestProgram
let tenant: SignedTenant
let browser: Browser

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stoa-update-'))
  await cp(await builtApp(), folder, { recursive: true })
  stoa = await startProgram({ overrides: { webRoot: folder } })
  tenant = await signedTenant(stoa, 'Readers')
  browser = await launchChromium()
})
afterAll(async () => {
  await browser?.close()
  await stoa?.close()
  await rm(folder, { recursive: true, force: true })
})

/** Another build of the app: its page says so, and its worker knows the page by another revision. */
async function buildAnew(): Promise<void> {
  const page = join(folder, 'index.html')
  const worker = join(folder, 'sw.js')
  await writeFile(
    page,
    (await readFile(page, 'utf8')).replace('<head>', '<head><meta name="build" content="two">'),
  )
  const before = await readFile(worker, 'utf8')
  const after = before.replace(
    /(url:"index\.html",revision:")[^"]+|(revision:")[^"]+(",url:"index\.html")/,
    '$1$2two$3',
  )
  expect(after).not.toBe(before)
  await writeFile(worker, after)
  for (const file of [page, worker]) for (const end of ['.gz', '.br']) await rm(file + end, { force: true })
}

test('a newer app is offered while one reads, taken when asked, and nothing is lost', async () => {
  const { client, email } = tenant.owner
  const { id } = await uploadBook(stoa, client, { name: 'log.epub', bytes: longBook('Log of the Bar') })
  await settledBook(client, id)
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 860 } })).newPage()
  page.setDefaultTimeout(30_000)
  const link = await stoa.program.capabilities.identity.terminalSignInLink({ baseUrl: stoa.url, email })
  await page.goto(link.url)
  await page.waitForURL('**/library')
  const isKept = async () =>
    page.evaluate(
      async () => (await navigator.serviceWorker.ready) && navigator.serviceWorker.controller !== null,
    )
  await expect.poll(isKept).toBe(true)
  await page.goto(`${stoa.url}/books/${id}`)
  await page.locator('.scrub').waitFor()
  await readAndSelect(page, READ)
  await page.locator('.selbar').getByRole('button', { name: 'Note' }).click()
  await page.locator('.mark-card textarea').fill('Half a thought')
  const place = await placeOf(page)
  const isNew = () => page.locator('meta[name=build]').count()
  await page.evaluate(() => Object.assign(window, { sameVisit: true }))

  await buildAnew()
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update())
  await page.getByText('A newer Stoa is ready.').waitFor()
  // Offered, not taken: the page stands as it did, with what is being written.
  expect(await page.evaluate(() => 'sameVisit' in window)).toBe(true)
  expect(await page.locator('.mark-card textarea').inputValue()).toBe('Half a thought')
  expect([await isNew(), await placeOf(page)]).toEqual([0, place])

  await page.getByRole('button', { name: 'Use it' }).click()
  await expect.poll(isNew, { timeout: 60_000 }).toBe(1)
  await page.locator('.scrub').waitFor()
  await expect.poll(() => sees(page, READ), { timeout: 20_000 }).toBe(true)
  await expect
    .poll(async () => Number.parseInt(await placeOf(page), 10), { timeout: 20_000 })
    .toBe(Number.parseInt(place, 10))
  await page.keyboard.press('m')
  await page.locator('.mark-row').getByText('Half a thought').waitFor()
})
