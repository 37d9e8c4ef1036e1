import type { Server } from 'node:http'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { serveApp } from '../tools/serve.ts'
import type { Shot } from '../tools/shots.ts'
import { findShots, type Look, launchChromium, stage } from '../tools/stage.ts'
import { builtApp } from './support/built-app.ts'

/** Between them every language, paper and width. */
const LOOKS: readonly Look[] = [
  { locale: 'en', theme: 'light', width: 1440 },
  { locale: 'zh', theme: 'dark', width: 390 },
]
const SERIOUS = ['serious', 'critical']

const shots = await findShots()
let browser: Browser
let server: Server
let url: string

beforeAll(async () => {
  const served = await serveApp(await builtApp())
  url = served.url
  server = served.server
  browser = await launchChromium()
})

afterAll(async () => {
  await browser?.close()
  server?.close()
})

/** Each serious finding as one line: rule, where, why. */
async function findings(shot: Shot, look: Look): Promise<string[]> {
  await using staged = await stage(browser, url, shot, look)
  const { violations } = await new AxeBuilder({ page: staged.page }).analyze()
  const serious = violations
    .filter(({ impact }) => SERIOUS.includes(impact ?? ''))
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} ${target.join(' ')}: ${failureSummary}`),
    )
  return [...staged.faults, ...serious]
}

describe.each(LOOKS)('screens in $locale, $theme, $width px', (look) => {
  it.each(shots.filter(({ widths }) => widths?.includes(look.width) ?? true))(
    '$name: no fault, nothing serious for axe',
    async (shot) => expect(await findings(shot, look)).toEqual([]),
  )
})
