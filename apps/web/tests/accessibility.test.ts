import { AxeBuilder } from '@axe-core/playwright'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Shot } from '../tools/shots.ts'
import { findShots, fits, type Look, launchChromium, openStage, type Stage } from '../tools/stage.ts'
import { builtApp } from './support/built-app.ts'

/** Between them every language, paper and width. */
const LOOKS: readonly Look[] = [
  { locale: 'en', theme: 'light', width: 1440 },
  { locale: 'zh', theme: 'dark', width: 390 },
]
const SERIOUS = ['serious', 'critical']

/** Looks by turns, so that two shots stand at a time. */
const cases = (await findShots()).flatMap((shot) =>
  LOOKS.filter((look) => fits(shot, look)).map((look) => ({ ...look, name: shot.name, shot, look })),
)
let browser: Browser
let stages: ReadonlyMap<Look, Stage>

beforeAll(async () => {
  const app = await builtApp()
  browser = await launchChromium()
  stages = new Map(
    await Promise.all(LOOKS.map(async (look) => [look, await openStage(browser, app, look)] as const)),
  )
})

afterAll(async () => {
  for (const stage of stages?.values() ?? []) await stage[Symbol.asyncDispose]()
  await browser?.close()
})

/** Each serious finding as one line: rule, where, why. */
async function findings(shot: Shot, look: Look): Promise<string[]> {
  const stage = stages.get(look)
  if (!stage) throw new Error('No stage has this look.')
  await using staged = await stage.show(shot)
  const { page } = staged
  // A page without frames needs no second one in which axe puts together what it found in each: that takes half the time.
  const { violations } = await new AxeBuilder({ page })
    .options({ resultTypes: ['violations'] })
    .setLegacyMode(page.frames().length === 1)
    .analyze()
  const serious = violations
    .filter(({ impact }) => SERIOUS.includes(impact ?? ''))
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} ${target.join(' ')}: ${failureSummary}`),
    )
  return [...staged.faults, ...serious]
}

test.concurrent.each(cases)(
  '$name in $locale, $theme, $width px: no fault, nothing serious for axe',
  async ({ shot, look }) => expect(await findings(shot, look)).toEqual([]),
)
