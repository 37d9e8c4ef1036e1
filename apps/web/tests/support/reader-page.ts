import { existsSync } from 'node:fs'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import type { BookFormat, BookView, OpenOptions, ViewEvents } from '../../src/reader/engine/index.ts'
import { type HarnessServer, serveHarness } from './harness-server.ts'

export interface ReaderPage {
  readonly page: Page
  /** Errors that nothing caught. */
  readonly errors: string[]
  /** Complaints about the content security policy: something was tried. */
  readonly refused: string[]
  /** Opens a book that was given to the server; the end of its name is its format. */
  open(name: string, options?: OpenOptions): Promise<void>
  /** Runs with the open view in the page. The function sees nothing of this file. */
  view<T>(work: (view: BookView) => T | Promise<T>): Promise<T>
  view<T, A>(work: (view: BookView, argument: A) => T | Promise<T>, argument: A): Promise<T>
  /** The next event of this type that has not been taken yet; waits for it. */
  event<K extends keyof ViewEvents>(type: K): Promise<ViewEvents[K]>
  /** Forgets the events so far. */
  forget(): Promise<void>
  /** Drags the mouse over words on screen. */
  select(words: string): Promise<void>
  /** Clicks in the middle of words on screen. */
  click(words: string): Promise<void>
  /** Moves a finger across the screen; the page must have been made with `hasTouch`. */
  swipe(from: readonly [x: number, y: number], to: readonly [x: number, y: number]): Promise<void>
}

export interface Reader extends AsyncDisposable {
  readonly server: HarnessServer
  page(options?: Parameters<Browser['newContext']>[0]): Promise<ReaderPage>
}

interface Edges {
  readonly start: readonly [x: number, y: number]
  readonly end: readonly [x: number, y: number]
}

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((path) => existsSync(path))
const VIEWPORT = { width: 1280, height: 860 }

/** The engine's bare page in a real browser, under the app's content security policy. */
export async function startReader(): Promise<Reader> {
  const server = await serveHarness()
  const browser = await chromium.launch({
    args: ['--no-sandbox'],
    ...(CHROMIUM ? { executablePath: CHROMIUM } : {}),
  })
  return {
    server,
    page: async (options) => readerPage(server, await browser.newContext({ viewport: VIEWPORT, ...options })),
    async [Symbol.asyncDispose]() {
      await browser.close()
      await server[Symbol.asyncDispose]()
    },
  }
}

async function readerPage(server: HarnessServer, context: BrowserContext): Promise<ReaderPage> {
  const page = await context.newPage()
  const errors: string[] = []
  const refused: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  page.on('console', (message) => {
    if (/Content Security Policy|Refused to|Blocked script/i.test(message.text()))
      refused.push(message.text())
  })
  await page.goto(`${server.origin}/harness.html`)
  const edges = (words: string): Promise<Edges> =>
    page.evaluate((words) => window.harness.edgesOf(words), words)
  return {
    page,
    errors,
    refused,
    async open(name, options = {}) {
      const format = name.split('.').at(-1) as BookFormat
      await page.evaluate(
        async ({ url, format, options }) => {
          await window.harness.open(url, format, options)
        },
        { url: `/books/${name}`, format, options },
      )
    },
    // An expression, not a function with arguments: the policy forbids building functions in the page.
    view: (work: { toString(): string }, argument?: unknown) =>
      page.evaluate(`(${work})(window.harness.view, ${JSON.stringify(argument ?? null)})`) as never,
    event: (type) => page.evaluate((type) => window.harness.event(type), type) as never,
    forget: () => page.evaluate(() => void window.harness.events.splice(0)),
    async select(words) {
      const { start, end } = await edges(words)
      await drag(context, page, start, end)
    },
    swipe: (from, to) => swipe(context, page, from, to),
    async click(words) {
      const { start, end } = await edges(words)
      await page.mouse.click((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
    },
  }
}

async function swipe(
  context: BrowserContext,
  page: Page,
  from: readonly [number, number],
  to: readonly [number, number],
): Promise<void> {
  const session = await context.newCDPSession(page)
  const touch = (type: 'touchStart' | 'touchMove', [x, y]: readonly [number, number]) =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints: [{ x, y }] })
  await touch('touchStart', from)
  for (const part of [0.25, 0.5, 0.75, 1]) {
    await touch('touchMove', [from[0] + (to[0] - from[0]) * part, from[1] + (to[1] - from[1]) * part])
  }
  await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
  await session.detach()
}

/**
 * A drag of the mouse by the protocol itself: Playwright's own looks into the frame under the pointer for drag listeners, and
 * waits for ever in one whose scripts are off.
 */
async function drag(
  context: BrowserContext,
  page: Page,
  start: readonly [number, number],
  end: readonly [number, number],
): Promise<void> {
  const session = await context.newCDPSession(page)
  const mouse = (type: 'mousePressed' | 'mouseMoved' | 'mouseReleased', [x, y]: readonly [number, number]) =>
    session.send('Input.dispatchMouseEvent', { type, x, y, button: 'left', buttons: 1, clickCount: 1 })
  await mouse('mousePressed', start)
  for (const part of [0.25, 0.5, 0.75, 1]) {
    await mouse('mouseMoved', [start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part])
  }
  await mouse('mouseReleased', end)
  await session.detach()
}
