import type { Page } from 'playwright-core'
import type { Shot } from '../../../tools/shots.ts'
import { sessionReply, tenants } from '../../testing/mock/account.ts'
import { problem } from '../../testing/mock-api.ts'
import { aloneHandlers, clusterHandlers, freshHandlers, guestHandlers } from './mock.ts'

const path = '/settings/cluster'
const seen = (page: Page) => page.locator('.lines li').nth(5).waitFor()
const scrolled = async (page: Page) => {
  await seen(page)
  await page.locator('.stage .scroll').evaluate((scroll) => scroll.scrollTo(0, scroll.scrollHeight))
}

export const shots: Shot[] = [
  { name: 'cluster', path, handlers: [clusterHandlers()], act: seen },
  { name: 'cluster-below', path, handlers: [clusterHandlers()], act: scrolled },
  {
    name: 'cluster-failed',
    path,
    handlers: [clusterHandlers()],
    act: async (page) => {
      await seen(page)
      await page.locator('.seg button').last().click()
      await page.locator('.lines .btn').first().click()
      await page.locator('.toast').waitFor()
      await page.locator('.lines .btn').first().scrollIntoViewIfNeeded()
    },
  },
  { name: 'cluster-fresh', path, handlers: [freshHandlers] },
  { name: 'cluster-alone', path, handlers: [aloneHandlers] },
  { name: 'cluster-elsewhere', path, handlers: [guestHandlers] },
  {
    name: 'cluster-add',
    path,
    handlers: [clusterHandlers()],
    act: async (page) => {
      await seen(page)
      await page
        .locator('.btn:visible', { has: page.locator('.lucide-plus') })
        .first()
        .click()
      await page.locator('[role=dialog] .copy-line').waitFor()
    },
  },
  {
    name: 'cluster-error',
    path,
    handlers: [
      {
        ...clusterHandlers(),
        getCluster: () => problem(429, 'rate.limited'),
        getContentDiagnostics: () => problem(429, 'rate.limited'),
      },
    ],
    act: (page) => page.locator('.err').waitFor(),
  },
  {
    name: 'cluster-not-yours',
    path,
    handlers: [
      { refreshSession: () => ({ status: 200, body: sessionReply({ ...tenants[0]!, role: 'member' }) }) },
    ],
  },
]
