import type { Shot } from '../../../tools/shots.ts'
import { setupState, signedOutHandlers } from '../../testing/mock/account.ts'
import { problem } from '../../testing/mock-api.ts'

const handlers = [signedOutHandlers]
const terminal = [
  signedOutHandlers,
  {
    getSetup: () => ({
      status: 200 as const,
      body: { ...setupState(true), email_sign_in: false, providers: [] },
    }),
  },
]

async function askForCode(page: import('playwright-core').Page): Promise<void> {
  await page.locator('input[type=email]').fill('anna@example.org')
  await page.locator('button[type=submit]').click()
  await page.locator('.code input').waitFor()
}

export const shots: Shot[] = [
  { name: 'sign-in', path: '/sign-in', handlers },
  {
    name: 'sign-in-from-inside',
    path: '/settings/devices',
    handlers,
    act: (page) => page.waitForURL('**/sign-in?return_to=%2Fsettings%2Fdevices'),
  },
  { name: 'sign-in-provider-error', path: '/sign-in?error=provider.prove_account', handlers },
  { name: 'sign-in-terminal', path: '/sign-in', handlers: terminal },
  { name: 'sign-in-code', path: '/sign-in', handlers, act: askForCode },
  {
    name: 'sign-in-code-wrong',
    path: '/sign-in',
    handlers,
    act: async (page) => {
      await askForCode(page)
      await page.locator('.code input').fill('000000')
      await page.locator('.error').waitFor()
    },
  },
  {
    name: 'sign-in-link-gone',
    path: '/sign-in#token=used-V2FsZGVuLXBvbmQ',
    handlers: [signedOutHandlers, { redeemSignInLink: () => problem(410, 'link.expired') }],
  },
]
