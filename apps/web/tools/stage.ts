import { existsSync } from 'node:fs'
import { glob } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { decodeClientFrame, encodeServerFrame, type ServerFrame } from '@stoa/contracts/realtime'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { accountHandlers } from '../src/testing/mock/account.ts'
import { tenancyHandlers } from '../src/testing/mock/tenancy.ts'
import { type MockHandlers, mockApi } from '../src/testing/mock-api.ts'
import type { Shot } from './shots.ts'

/** In which language, on which paper, how wide. */
export interface Look {
  locale: string
  theme: string
  /** Pixels; under 700 a phone. */
  width: number
}

/** A shot as it stands: `faults` holds what its page threw or logged. */
export interface Staged extends AsyncDisposable {
  readonly page: Page
  readonly faults: string[]
}

const APP = resolve(import.meta.dirname, '..')
const NOW = new Date('2026-11-21T14:05:00Z')
const CHROMIUMS = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser']

/** Every `src/**​/shots.ts`, in the order of their paths. */
export async function findShots(): Promise<Shot[]> {
  const files: string[] = []
  for await (const file of glob('src/**/shots.ts', { cwd: APP })) files.push(file)
  const modules: { shots: Shot[] }[] = await Promise.all(files.sort().map((file) => import(join(APP, file))))
  return modules.flatMap(({ shots }) => shots)
}

export function launchChromium(): Promise<Browser> {
  const executablePath = CHROMIUMS.find((path) => path && existsSync(path))
  return chromium.launch({
    ...(executablePath && { executablePath }),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--font-render-hinting=none'],
  })
}

/** Opens a shot of the app at `url` and brings it to its state. What goes wrong on the way is among its faults. */
export async function stage(browser: Browser, url: string, shot: Shot, look: Look): Promise<Staged> {
  const context = await openContext(browser, shot, look)
  const page = await context.newPage()
  page.setDefaultTimeout(20_000)
  await page.clock.setFixedTime(NOW)
  const faults = listen(page, shot)
  try {
    await page.goto(url + shot.path)
    await page.waitForLoadState('networkidle')
    await shot.act?.(page)
    await page.evaluate(() => document.fonts.ready)
  } catch (error) {
    faults.push(error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error))
  }
  return { page, faults, [Symbol.asyncDispose]: () => context.close() }
}

async function openContext(
  browser: Browser,
  shot: Shot,
  { locale, theme, width }: Look,
): Promise<BrowserContext> {
  const phone = width < 700
  const context = await browser.newContext({
    viewport: { width, height: phone ? 844 : 900 },
    hasTouch: phone,
    isMobile: phone,
    serviceWorkers: 'block',
    reducedMotion: 'reduce',
    timezoneId: 'Europe/Madrid',
  })
  const preferences = { state: { theme, locale, listWidth: 272, listHidden: false }, version: 1 }
  await context.addInitScript(
    (stored) => localStorage.setItem('stoa.preferences', stored),
    JSON.stringify(preferences),
  )
  await answerWith(context, shot.handlers ?? [])
  await answerSockets(context, shot.present ?? [])
  return context
}

async function answerWith(context: BrowserContext, handlers: readonly MockHandlers[]): Promise<void> {
  const answer = mockApi(accountHandlers, tenancyHandlers, ...handlers)
  await context.route(/\/(api|blobs)\//, async (route) => {
    const request = route.request()
    const body: unknown = request.postData() ? request.postDataJSON() : undefined
    const reply = answer(request.method(), new URL(request.url()), body)
    if (!reply) return route.abort()
    const contentType = reply.status >= 400 ? 'application/problem+json' : 'application/json'
    const text = reply.body === undefined ? '' : JSON.stringify(reply.body)
    await route.fulfill({ status: reply.status, contentType, body: text })
  })
}

/** Live topics on which nothing happens: these accounts are here. */
async function answerSockets(context: BrowserContext, present: readonly string[]): Promise<void> {
  await context.routeWebSocket(/\/realtime\/v1/, (socket) => {
    const say = (frame: ServerFrame) => socket.send(Buffer.from(encodeServerFrame(frame)))
    const expires_at = new Date(NOW.getTime() + 3_600_000).toISOString()
    socket.onMessage((data) => {
      const frame = decodeClientFrame(new Uint8Array(Buffer.from(data)))
      if (frame.kind === 'hello')
        say({ kind: 'welcome', connection_id: 'mock', account_id: '', ping_ms: 600_000, expires_at })
      if (frame.kind === 'follow')
        say({ kind: 'following', topic: frame.topic, seq: 0, reset: false, present })
    })
  })
}

/** Refusals by the mocked API, and a network that is away, are part of the picture, not faults. */
function listen(page: Page, shot: Shot): string[] {
  const faults: string[] = []
  if (shot.throws) return faults
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => {
    const refusal = /status of 4\d\d|ERR_INTERNET_DISCONNECTED/.test(message.text())
    if (message.type() === 'error' && !refusal) faults.push(message.text())
  })
  return faults
}
