import type { Page } from 'playwright-core'
import type { Shot } from '../../../tools/shots.ts'
import { libraryBooks, libraryHandlers, lockedBook, readingIn } from '../../testing/mock/library.ts'

const handlers = [libraryHandlers()]
const first = (page: Page) => page.locator('[data-book]').first()

export const shots: Shot[] = [
  { name: 'library', path: '/library', handlers: [libraryHandlers(libraryBooks, [readingIn, lockedBook])] },
  {
    name: 'library-list',
    path: '/library',
    handlers,
    act: async (page) => {
      await first(page).waitFor()
      await page.keyboard.press('v')
      await page.locator('.brow').first().waitFor()
    },
  },
  { name: 'library-empty', path: '/library', handlers: [libraryHandlers([])] },
  {
    name: 'library-details',
    path: '/library',
    handlers,
    act: async (page) => {
      await first(page).click({ button: 'right' })
      await page
        .getByRole('menuitem')
        .filter({ hasText: /Details|详情/ })
        .first()
        .click()
      await page.locator('.side, [role=dialog]').first().waitFor()
    },
  },
  {
    name: 'library-selection',
    path: '/library',
    handlers,
    widths: [1440],
    act: async (page) => {
      for (const n of [1, 2, 4])
        await page
          .locator('.bk')
          .nth(n)
          .click({ modifiers: ['Control'] })
    },
  },
  {
    name: 'library-menu',
    path: '/library',
    handlers,
    widths: [1440],
    act: async (page) => {
      await first(page).click({ button: 'right' })
      await page.locator('[role=menu]').waitFor()
    },
  },
  {
    name: 'library-filter',
    path: '/library',
    handlers,
    act: async (page) => {
      await page
        .locator('button:visible')
        .filter({ hasText: /^(Filter|筛选)$/ })
        .or(page.locator('.only-m[aria-label]:visible').first())
        .first()
        .click()
      await page.locator('.filters').waitFor()
    },
  },
  { name: 'library-no-match', path: '/library?q=zzz', handlers: [libraryHandlers([])] },
  { name: 'library-trash', path: '/library?view=trash', handlers: [libraryHandlers([])], widths: [1440] },
]
