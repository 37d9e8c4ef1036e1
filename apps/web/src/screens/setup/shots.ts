import type { Shot } from '../../../tools/shots.ts'
import { unclaimedHandlers } from '../../testing/mock/account.ts'

const who = '/setup?token=V2FsZGVuLXBvbmQtMTg1NA'
const handlers = [unclaimedHandlers]
const summary = {
  all: 3,
  reading: 0,
  to_read: 3,
  finished: 0,
  processing: 0,
  failed: 0,
  trashed: 0,
  highlights: 0,
  notes: 0,
}

async function fillWho(page: import('playwright-core').Page): Promise<void> {
  const inputs = page.locator('form input')
  await inputs.nth(0).fill('Anna Reyes')
  await inputs.nth(1).fill('anna@example.org')
}

async function fillPlace(page: import('playwright-core').Page): Promise<void> {
  await fillWho(page)
  await page.locator('button[type=submit]').click()
  await page.locator('form input').nth(0).fill('Thursday Readers')
}

export const shots: Shot[] = [
  { name: 'setup-1-who', path: who, handlers, act: fillWho },
  { name: 'setup-2-place', path: who, handlers, act: fillPlace },
  {
    name: 'setup-3-open',
    path: who,
    handlers: [unclaimedHandlers, { getLibrarySummary: () => ({ status: 200, body: summary }) }],
    act: async (page) => {
      await fillPlace(page)
      await page.locator('button[type=submit]').click()
      await page.locator('.facts').waitFor()
    },
  },
  { name: 'setup-no-token', path: '/setup', handlers },
]
