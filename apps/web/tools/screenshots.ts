/**
 * Shoots every screen of the built app with a mocked API: each language, width and theme.
 *   node tools/screenshots.ts OUT_FOLDER [--only text] [--widths 390,1440] [--themes light,dark] [--locales en,zh]
 * Needs a Chromium (CHROMIUM or /usr/bin/chromium) and `vite build` before it. Errors on a page and pages wider than their
 * window count as faults and end the run with 1.
 */
import { existsSync, mkdirSync } from 'node:fs'
import { glob } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { accountHandlers } from '../src/testing/mock/account.ts'
import { tenancyHandlers } from '../src/testing/mock/tenancy.ts'
import { type MockHandlers, mockApi } from '../src/testing/mock-api.ts'
import { serveApp } from './serve.ts'
import type { Shot } from './shots.ts'

interface Look {
  locale: string
  theme: string
  width: number
}

const app = resolve(import.meta.dirname, '..')
const NOW = new Date('2026-11-21T14:05:00Z')
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string', default: '' },
    widths: { type: 'string', default: '390,1440' },
    themes: { type: 'string', default: 'light,dark' },
    locales: { type: 'string', default: 'en,zh' },
  },
})
const out = resolve(positionals[0] ?? 'shots')

async function findShots(): Promise<Shot[]> {
  const shots: Shot[] = []
  for await (const file of glob('src/**/shots.ts', { cwd: app })) {
    const module: { shots: Shot[] } = await import(join(app, file))
    shots.push(...module.shots)
  }
  return shots.filter(({ name }) => name.includes(values.only))
}

function looks(shot: Shot): Look[] {
  const widths = values.widths.split(',').map(Number)
  return values.locales
    .split(',')
    .flatMap((locale) =>
      values.themes
        .split(',')
        .flatMap((theme) =>
          widths
            .filter((width) => shot.widths?.includes(width) ?? true)
            .map((width) => ({ locale, theme, width })),
        ),
    )
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
  return context
}

/** Faults of one page: errors it threw or logged. Refusals by the mocked API are part of the picture. */
function listen(page: Page, shot: Shot): string[] {
  const faults: string[] = []
  if (shot.throws) return faults
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => {
    const refusal = /status of 4\d\d/.test(message.text())
    if (message.type() === 'error' && !refusal) faults.push(message.text())
  })
  return faults
}

async function take(browser: Browser, url: string, shot: Shot, look: Look): Promise<string[]> {
  const context = await openContext(browser, shot, look)
  const page = await context.newPage()
  page.setDefaultTimeout(5000)
  await page.clock.setFixedTime(NOW)
  const faults = listen(page, shot)
  try {
    await page.goto(url + shot.path)
    await page.waitForLoadState('networkidle')
    await shot.act?.(page)
    await page.evaluate(() => document.fonts.ready)
    await page.screenshot({ path: join(out, `${shot.name}.${look.locale}.${look.width}.${look.theme}.png`) })
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    if (over > 0) faults.push(`${over} px wider than the window`)
  } catch (error) {
    faults.push(error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error))
  }
  await context.close()
  return faults
}

const paths = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser']
const executablePath = paths.find((path) => path && existsSync(path))
const browser = await chromium.launch({
  ...(executablePath && { executablePath }),
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--font-render-hinting=none'],
})
const { url, server } = await serveApp(join(app, 'dist'))
mkdirSync(out, { recursive: true })
let count = 0
for (const shot of await findShots()) {
  for (const look of looks(shot)) {
    for (const fault of await take(browser, url, shot, look)) {
      count++
      console.error(`${shot.name} ${look.locale} ${look.width} ${look.theme}: ${fault}`)
    }
  }
}
await browser.close()
server.close()
console.log(count === 0 ? 'All shots taken.' : `${count} faults.`)
process.exitCode = count === 0 ? 0 : 1
