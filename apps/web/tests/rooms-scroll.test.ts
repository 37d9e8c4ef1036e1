import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { watchLines } from './support/blank-lines.ts'
import { roomWithMessages } from './support/many-messages.ts'
import { type StoaApp, startApp } from './support/stoa-app.ts'

const MESSAGES = 100_000

let app: StoaApp
let page: Page
/** Milliseconds since 1970; the newest message is no older. */
let began: number

beforeAll(async () => {
  app = await startApp()
  began = Date.now()
  const roomId = await roomWithMessages(app.stoa, app.tenant, MESSAGES)
  page = await app.signIn(app.tenant.owner)
  await page.goto(`${app.line.url}/rooms/${roomId}`)
  await said(MESSAGES).waitFor()
})
afterAll(() => app?.[Symbol.asyncDispose]())

const said = (n: number) => page.locator('.stream .msg').filter({ hasText: `Message ${n}.` })
const frame = () => page.evaluate(() => new Promise(requestAnimationFrame))

/** The sequences on screen, from above. */
const onScreen = () =>
  page.locator('.stream').evaluate((stream) => {
    const { top, bottom } = stream.getBoundingClientRect()
    return Array.from(stream.querySelectorAll<HTMLElement>('.msg'))
      .map((row) => ({ n: Number(row.dataset.sequence), box: row.getBoundingClientRect() }))
      .filter(({ box }) => box.bottom > top && box.top < bottom)
      .sort((a, b) => a.box.top - b.box.top)
      .map(({ n }) => n)
  })
const inOrder = (numbers: readonly number[]) =>
  numbers.every((n, at) => at === 0 || n === (numbers[at - 1] ?? 0) + 1)

/** Two looks show the same: lines that have just come are measured, and the place is taken once more. */
async function atRest(): Promise<void> {
  let seen = ''
  const same = async () => {
    const before = seen
    seen = (await onScreen()).join()
    return seen !== '' && seen === before
  }
  await expect.poll(same, { interval: 150 }).toBe(true)
}

async function wheel(deltaY: number, turns: number): Promise<void> {
  await page.mouse.move(700, 400)
  for (let turn = 0; turn < turns; turn++) {
    await page.mouse.wheel(0, deltaY)
    await frame()
  }
}

/** Goes up as far as a turn takes, once there is so much above: at the upper end a turn would be lost. */
async function wheelUp(deltaY: number, turns: number): Promise<void> {
  const above = () =>
    page.locator('.stream').evaluate(async (stream) => {
      const before = stream.scrollTop
      await new Promise(requestAnimationFrame)
      await new Promise(requestAnimationFrame)
      // On its way it is not yet where the last turn leads.
      return stream.scrollTop === before ? before : 0
    })
  for (let turn = 0; turn < turns; turn++) {
    await expect.poll(above).toBeGreaterThan(deltaY)
    await wheel(-deltaY, 1)
  }
}

/** So long ago message `n` was written, as a day of this device's clock. */
const dayOf = (n: number) => {
  const at = new Date(began - (MESSAGES - n) * 60_000)
  return [at.getFullYear(), at.getMonth() + 1, at.getDate()]
    .map((part) => `${part}`.padStart(2, '0'))
    .join('-')
}

async function goTo(day: string): Promise<void> {
  await page.locator('.top [aria-haspopup=menu]').click()
  await page.getByRole('menuitem', { name: 'Go to a date' }).click()
  await page.getByLabel('Date', { exact: true }).fill(day)
  await page.getByRole('button', { name: 'Go', exact: true }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
}

test('a long room opens at its end and is read upwards without an empty place', async () => {
  await expect.poll(async () => (await onScreen()).at(-1)).toBe(MESSAGES)
  const { frames, blank } = await watchLines(page, async () => {
    await wheel(-400, 120)
    // What is older comes when the server has it.
    const up = () => wheel(-400, 5).then(onScreen)
    await expect.poll(async () => (await up())[0]).toBeLessThan(MESSAGES - 100)
  })
  expect(frames).toBeGreaterThan(30)
  expect(blank).toBe(0)
  expect(inOrder(await onScreen())).toBe(true)
})

test('from the end to the beginning is one step, and from there one reads downwards', async () => {
  await goTo(dayOf(1))
  await said(1).waitFor()
  await page.getByText('This is where Long talk begins.').waitFor()
  const { blank } = await watchLines(page, () => wheel(400, 60))
  expect(blank).toBe(0)
  expect(inOrder(await onScreen())).toBe(true)
})

test('a day in the middle is gone to, and what stands there stays there while older messages come', async () => {
  const day = dayOf(MESSAGES / 2)
  await goTo(day)
  await expect
    .poll(async () => Math.abs(((await onScreen())[0] ?? 0) - MESSAGES / 2))
    .toBeLessThanOrEqual(24 * 60)
  await atRest()
  const [before = 0] = await onScreen()
  await wheelUp(400, 30)
  await wheel(400, 30)
  await expect.poll(onScreen).toContain(before)
  expect(inOrder(await onScreen())).toBe(true)
})

test('the newest messages are one press away; what is said there is seen at once', async () => {
  await page.getByRole('button', { name: 'Newest messages' }).click()
  await said(MESSAGES).waitFor()
  const box = page.locator('.stage .comp textarea')
  await box.fill('Here we are.')
  await box.press('Enter')
  await page.locator('.stream .msg').filter({ hasText: 'Here we are.' }).waitFor()
  expect(inOrder((await onScreen()).filter((n) => !Number.isNaN(n)))).toBe(true)
})
