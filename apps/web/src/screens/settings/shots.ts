import type { Page } from 'playwright-core'
import type { Shot } from '../../../tools/shots.ts'
import { problem } from '../../testing/mock-api.ts'

const SECTIONS = [
  'profile',
  'appearance',
  'reading',
  'devices',
  'organisation',
  'workspaces',
  'members',
  'invitations',
]

const openMenuOfFirst = async (page: Page) => {
  await page.locator('.who .ib').first().click()
  await page.locator('[role=menu]').waitFor()
}

export const shots: Shot[] = [
  { name: 'settings-index', path: '/settings', widths: [390] },
  ...SECTIONS.map((section): Shot => ({ name: `settings-${section}`, path: `/settings/${section}` })),
  { name: 'settings-members-menu', path: '/settings/members', act: openMenuOfFirst },
  {
    name: 'settings-members-undo',
    path: '/settings/members',
    act: async (page) => {
      await page.locator('.who .ib').nth(2).click()
      await page.locator('[role=menuitem]').last().click()
      await page.locator('.toast').waitFor()
    },
  },
  {
    name: 'settings-invite',
    path: '/settings/invitations',
    act: async (page) => {
      await page.locator('.top .btn').click()
      await page.locator('[role=dialog] .checks').waitFor()
    },
  },
  {
    name: 'settings-invite-ready',
    path: '/settings/invitations',
    act: async (page) => {
      await page.locator('.top .btn').click()
      await page.locator('[role=dialog] .btn.primary').click()
      await page.locator('[role=dialog] .share').waitFor()
    },
  },
  {
    name: 'settings-leave',
    path: '/settings/organisation',
    act: async (page) => {
      await page.locator('.btn.bad').click()
      await page.locator('[role=dialog]').waitFor()
    },
  },
  {
    name: 'settings-workspace-people',
    path: '/settings/workspaces',
    act: async (page) => {
      await openMenuOfFirst(page)
      await page.locator('[role=menuitem]').first().click()
      await page.locator('[role=dialog] .check').first().waitFor()
    },
  },
  {
    name: 'settings-members-failed',
    path: '/settings/members',
    handlers: [{ listMembers: () => problem(403, 'permission.denied') }],
  },
  {
    name: 'settings-invitations-empty',
    path: '/settings/invitations',
    handlers: [{ listInvitations: () => ({ status: 200, body: { items: [] } }) }],
  },
]
