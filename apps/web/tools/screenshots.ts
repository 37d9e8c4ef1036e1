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
import type { Shot } from './shots.ts'
import { findShots, fits, type Look, launchChromium, openStage, type Stage } from './stage.ts'

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

const list = (text: string) => text.split(',')
const looks: Look[] = list(values.locales).flatMap((locale) =>
  list(values.themes).flatMap((theme) =>
    list(values.widths).map((width) => ({ locale, theme, width: Number(width) })),
  ),
)

async function shoot(stage: Stage, shot: Shot, look: Look): Promise<readonly string[]> {
  await using staged = await stage.show(shot)
  const { page, faults } = staged
  await page.screenshot({ path: join(out, `${shot.name}.${look.locale}.${look.width}.${look.theme}.png`) })
  const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  return over > 0 ? [...faults, `${over} px wider than the window`] : faults
}

async function shootAll(browser: Browser, look: Look): Promise<number> {
  await using stage = await openStage(browser, resolve(values.app), look)
  let count = 0
  for (const shot of shots) {
    if (!fits(shot, look)) continue
    for (const fault of await shoot(stage, shot, look)) {
      count++
      console.error(`${shot.name} ${look.locale} ${look.width} ${look.theme}: ${fault}`)
    }
  }
  return count
}

mkdirSync(out, { recursive: true })
const shots = (await findShots()).filter(({ name }) => name.includes(values.only))
const browser = await launchChromium()
let count = 0
for (const look of looks) count += await shootAll(browser, look)
await browser.close()
console.log(count === 0 ? 'All shots taken.' : `${count} faults.`)
process.exitCode = count === 0 ? 0 : 1
