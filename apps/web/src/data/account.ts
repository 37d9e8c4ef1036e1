import type { components } from '@stoa/contracts'
import type { Locale } from '@stoa/ui/messages'
import { queryOptions } from '@tanstack/react-query'
import { api, ok } from './api.ts'
import { session } from './browser-session.ts'
import { usePreferences } from './preferences.ts'
import { queryClient } from './query-client.ts'

type Account = components['schemas']['Account']

export const accountQuery = queryOptions({
  queryKey: ['account'],
  queryFn: () => ok(api.GET('/api/v1/account')),
})

/** Stores a change of the account and shows it in the frame. `version` is the one the change was made on. */
export async function updateAccount(
  change: Partial<Pick<Account, 'display_name' | 'locale' | 'time_zone'>>,
  version: number,
): Promise<Account> {
  const account = await ok(api.PATCH('/api/v1/account', { body: { ...change, version } }))
  queryClient.setQueryData(accountQuery.queryKey, account)
  session.amend({ account })
  return account
}

/** The language of this device at once; for a signed-in account also of its mails and other devices, where that succeeds. */
export function chooseLanguage(locale: Locale): void {
  usePreferences.setState({ locale })
  if (session.current().status !== 'signed-in') return
  void queryClient
    .fetchQuery(accountQuery)
    .then((account) => (account.locale === locale ? account : updateAccount({ locale }, account.version)))
    .catch(() => undefined)
}

/** A device that never chose a language speaks the account's. */
export function followAccountLanguage(): void {
  session.subscribe(() => {
    const state = session.current()
    if (state.status !== 'signed-in' || usePreferences.getState().locale !== undefined) return
    usePreferences.setState({ locale: state.identity.account.locale })
  })
}
