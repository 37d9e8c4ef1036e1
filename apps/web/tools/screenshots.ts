/**
 * Shoots every screen of the built app with a mocked API: each language, width and theme.
 *   node tools/screenshots.ts OUT_FOLDER [--only text] [--widths 390,1440] [--themes light,dark] [--locales en,zh] [--app dist]
 * Needs a Chromium (CHROMIUM or /usr/bin/chromium) and `vite build` before it. Errors on a page and pages wider than their
 * window count as faults and end the run with 1.
 */
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Browser } from 'playwright-core'
import { serveApp } from './serve.ts'
import type { Shot } from './shots.ts'
import { findShots, type Look, launchChromium, stage } from './stage.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string', default: '' },
    widths: { type: 'string', default: '390,1440' },
    themes: { type: 'string', default: 'light,dark' },
    locales: { type: 'string', default: 'en,zh' },
    app: { type: 'string', default: resolve(import.meta.dirname, '..', 'dist') },
  },
})
const out = resolve(positionals[0] ?? 'shots')

function looks(shot: Shot): Look[] {
  const widths = values.widths.split(',').map(Number)
  const wanted = widths.filter((width) => shot.widths?.includes(width) ?? true)
  return values.locales
    .split(',')
    .flatMap((locale) =>
      values.themes.split(',').flatMap((theme) => wanted.map((width) => ({ locale, theme, width }))),
    )
}

async function shoot(browser: Browser, url: string, shot: Shot, look: Look): Promise<readonly string[]> {
  await using staged = await stage(browser, url, shot, look)
  const { page, faults } = staged
  await page.screenshot({ path: join(out, `${shot.name}.${look.locale}.${look.width}.${look.theme}.png`) })
  const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  return over > 0 ? [...faults, `${over} px wider than the window`] : faults
}

mkdirSync(out, { recursive: true })
const browser = await launchChromium()
const { url, server } = await serveApp(resolve(values.app))
const shots = (await findShots()).filter(({ name }) => name.includes(values.only))
let count = 0
for (const shot of shots) {
  for (const look of looks(shot)) {
    for (const fault of await shoot(browser, url, shot, look)) {
      count++
      console.error(`${shot.name} ${look.locale} ${look.width} ${look.theme}: ${fault}`)
    }
  }
}
await browser.close()
server.close()
console.log(count === 0 ? 'All shots taken.' : `${count} faults.`)
process.exitCode = count === 0 ? 0 : 1
