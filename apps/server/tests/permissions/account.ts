import type { SomeFixtures } from './fixture.ts'
import { newId } from './world.ts'

type AccountOperation =
  | 'getJsonWebKeySet'
  | 'getSetup'
  | 'completeSetup'
  | 'requestEmailCode'
  | 'verifyEmailCode'
  | 'redeemSignInLink'
  | 'startProviderSignIn'
  | 'finishProviderSignIn'
  | 'refreshSession'
  | 'signOut'
  | 'getAccount'
  | 'updateAccount'
  | 'listSessions'
  | 'revokeSession'
  | 'listIdentities'
  | 'unlinkIdentity'

const UNKNOWN_TOKEN = 'nobody-was-ever-given-this-token'

export const account: SomeFixtures<AccountOperation> = {
  getJsonWebKeySet: { answers: 200, call: () => ({ input: {} }) },
  getSetup: { answers: 200, call: () => ({ input: {} }) },
  completeSetup: {
    answers: 403,
    call: () => ({
      input: {
        body: {
          ...{ token: UNKNOWN_TOKEN, organisation_name: 'Mine', display_name: 'Me' },
          ...{ locale: 'en', time_zone: 'Europe/Berlin' },
        },
      },
    }),
  },
  requestEmailCode: {
    answers: 202,
    call: () => ({ input: { body: { email: `${newId()}@example.org` } } }),
  },
  verifyEmailCode: {
    answers: 410,
    call: () => ({ input: { body: { challenge_id: newId(), code: '123456' } } }),
  },
  redeemSignInLink: { answers: 410, call: () => ({ input: { body: { token: UNKNOWN_TOKEN } } }) },
  startProviderSignIn: { answers: 404, call: () => ({ input: { path: { provider: 'nobody' } } }) },
  finishProviderSignIn: {
    answers: 302,
    call: () => ({ input: { path: { provider: 'nobody' }, query: { code: 'x', state: 'y' } } }),
  },
  refreshSession: { answers: 401, call: () => ({ input: { body: { refresh_token: UNKNOWN_TOKEN } } }) },
  signOut: { answers: 204, call: () => ({ input: { body: { refresh_token: UNKNOWN_TOKEN } } }) },
  getAccount: { stranger: 'own data', call: () => ({ input: {} }) },
  updateAccount: {
    stranger: 'own data',
    call: async (_, { client }) => {
      const { version } = await client.call('getAccount')
      return { input: { body: { version, display_name: 'Renamed' } } }
    },
  },
  listSessions: { stranger: 'own data', call: () => ({ input: {} }) },
  revokeSession: {
    stranger: 'not found',
    call: async (world, caller) => ({ input: { path: { session_id: await world.newSession(caller) } } }),
  },
  listIdentities: { stranger: 'own data', call: () => ({ input: {} }) },
  unlinkIdentity: {
    stranger: 'not found',
    call: async (world, caller) => ({ input: { path: { identity_id: await world.newIdentity(caller) } } }),
  },
}
