/**
 * Shoots every screen of the built app with a mocked API: each language, width and theme.
 *   node tools/screenshots.ts OUT_FOLDER [--only text] [--widths 390,1440] [--themes light,dark] [--locales en,zh]
 * Needs a Chromium (CHROMIUM or /usr/bin/chromium) and `vite build` before it.
 */
import { existsSync, mkdirSync } from 'node:fs'
import { glob } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { type BrowserContext, chromium } from 'playwright-core'
import { accountHandlers } from '../src/testing/mock/account.ts'
import { tenancyHandlers } from '../src/testing/mock/tenancy.ts'
import { type MockHandlers, mockApi } from '../src/testing/mock-api.ts'
import { serveApp } from './serve.ts'
import type { Shot } from './shots.ts'

const app = resolve(import.meta.dirname, '..')
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
const HEIGHTS: Readonly<Record<number, number>> = { 390: 844 }

async function allShots(): Promise<Shot[]> {
  const shots: Shot[] = []
  for await (const file of glob('src/screens/*/shots.ts', { cwd: app })) {
    const module: { shots: Shot[] } = await import(join(app, file))
    shots.push(...module.shots)
  }
  return shots.filter(({ name }) => name.includes(values.only))
}

async function answerWith(context: BrowserContext, handlers: readonly MockHandlers[]): Promise<void> {
  const answer = mockApi(accountHandlers, tenancyHandlers, ...handlers)
  await context.route(/\/(api|blobs)\//, async (route) => {
    const request = route.request()
    const body: unknown = request.postData() ? request.postDataJSON() : undefined
    const reply = answer(request.method(), new URL(request.url()), body)
    if (!reply) return route.abort()
    const type = reply.status >= 400 ? 'application/problem+json' : 'application/json'
    await route.fulfill({
      status: reply.status,
      contentType: type,
      body: reply.body === undefined ? '' : JSON.stringify(reply.body),
    })
  })
}

const executablePath = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser'].find(
  (path) => path && existsSync(path),
)
const browser = await chromium.launch({
  ...(executablePath && { executablePath }),
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--font-render-hinting=none'],
})
const { url, server } = await serveApp(join(app, 'dist'))
mkdirSync(out, { recursive: true })
let faults = 0
for (const shot of await allShots()) {
  for (const locale of values.locales.split(',')) {
    for (const theme of values.themes.split(',')) {
      for (const width of values.widths.split(',').map(Number)) {
        if (shot.widths && !shot.widths.includes(width)) continue
        const context = await browser.newContext({
          viewport: { width, height: HEIGHTS[width] ?? 900 },
          hasTouch: width < 700,
          isMobile: width < 700,
          serviceWorkers: 'block',
          reducedMotion: 'reduce',
          timezoneId: 'Europe/Madrid',
        })
        const preferences = JSON.stringify({
          state: { theme, locale, listWidth: 272, listHidden: false },
          version: 1,
        })
        await context.addInitScript((stored) => localStorage.setItem('stoa.preferences', stored), preferences)
        await answerWith(context, shot.handlers ?? [])
        const page = await context.newPage()
        page.setDefaultTimeout(4000)
        await page.clock.setFixedTime(new Date('2026-11-21T14:05:00Z'))
        const label = `${shot.name}.${locale}.${width}.${theme}`
        page.on('pageerror', (error) => {
          faults++
          console.error(`${label}: ${error.message}`)
        })
        page.on('console', (message) => {
          const expected = /status of (401|403|404|410)/.test(message.text())
          if (message.type() === 'error' && !expected) {
            faults++
            console.error(`${label}: ${message.text()}`)
          }
        })
        try {
          await page.goto(url + shot.path)
          await page.waitForLoadState('networkidle')
          await shot.act?.(page)
          await page.evaluate(() => document.fonts.ready)
          await page.screenshot({ path: join(out, `${label}.png`) })
          const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
          if (wide > 0) {
            faults++
            console.error(`${label}: ${wide} px wider than the window`)
          }
        } catch (error) {
          faults++
          console.error(`${label}: ${error instanceof Error ? error.message.split('\n')[0] : error}`)
        }
        await context.close()
      }
    }
  }
}
await browser.close()
server.close()
console.log(faults === 0 ? 'All shots taken.' : `${faults} faults.`)
process.exitCode = faults === 0 ? 0 : 1
