import type { Page } from 'playwright-core'
import type { Shot } from '../../tools/shots.ts'

const press = (keys: string) => async (page: Page) => {
  await page.locator('.rail').waitFor()
  await page.keyboard.press(keys)
  await page.locator('[role=dialog]').waitFor()
}

export const shots: Shot[] = [
  { name: 'frame-palette', path: '/settings/profile', act: press('Control+k') },
  { name: 'frame-keys', path: '/settings/profile', act: press('?') },
  {
    name: 'frame-account',
    path: '/settings/profile',
    act: async (page) => {
      await page.locator('.rl.you').click()
      await page.locator('[role=menu]').waitFor()
    },
  },
  {
    name: 'frame-organisations',
    path: '/settings/profile',
    widths: [1440],
    act: async (page) => {
      await page.locator('.rail .org').click()
      await page.locator('[role=menu]').waitFor()
    },
  },
  {
    name: 'frame-list-sheet',
    path: '/settings/members',
    widths: [820],
    act: async (page) => {
      await page.locator('.open-list').click()
      await page.locator('.list-sheet').waitFor()
    },
  },
  { name: 'frame-not-found', path: '/no-such-place' },
  {
    name: 'frame-crash',
    path: '/settings/devices',
    throws: true,
    handlers: [{ listSessions: () => ({ status: 200, body: JSON.parse('{}') }) }],
  },
]
