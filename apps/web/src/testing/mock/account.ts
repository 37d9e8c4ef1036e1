import type { components } from '@stoa/contracts'
import { type MockHandlers, problem } from '../mock-api.ts'

type Schemas = components['schemas']

/** A made-up UUID that is the same on every run. */
export const uuid = (n: number): string => `018f0000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`

/** "Now" of all fixtures, so that relative times stand still. */
export const NOW = Date.parse('2026-11-21T14:05:00Z')
export const ago = (minutes: number): string => new Date(NOW - minutes * 60_000).toISOString()
const ahead = (minutes: number): string => ago(-minutes)

export const account: Schemas['Account'] = {
  id: uuid(1),
  display_name: 'Anna Reyes',
  email: 'anna@example.org',
  locale: 'en',
  time_zone: 'Europe/Madrid',
  version: 3,
  created_at: ago(60 * 24 * 90),
}

export const tenants: Schemas['TenantMembership'][] = [
  { tenant_id: uuid(10), name: 'Thursday Readers', role: 'owner' },
  { tenant_id: uuid(11), name: '城南读书会', role: 'member' },
]

/** The reply to any successful sign-in. */
export const sessionReply = (
  tenant: Schemas['TenantMembership'] | null = tenants[0] ?? null,
): Schemas['Session'] => ({
  access_token: 'mock-token',
  access_token_expires_at: ahead(15),
  session_id: uuid(20),
  account,
  tenant,
  tenants,
})

const devices: Schemas['DeviceSession'][] = [
  device(20, true, 'Study desk', 'Firefox · Linux', '192.168.1.0/24', 60 * 24 * 40, 1),
  device(21, false, 'Phone', 'Safari · iOS', '192.168.1.0/24', 60 * 24 * 12, 60 * 26),
  device(22, false, '客厅的平板', 'Chrome · Android', null, 60 * 24 * 60, 60 * 24 * 19),
]

function device(
  n: number,
  current: boolean,
  name: string,
  platform: string,
  network: string | null,
  createdMinutes: number,
  usedMinutes: number,
): Schemas['DeviceSession'] {
  return {
    id: uuid(n),
    current,
    device_name: name,
    platform,
    network,
    created_at: ago(createdMinutes),
    last_used_at: ago(usedMinutes),
    expires_at: ahead(60 * 24 * 30),
  }
}

const identities: Schemas['Identity'][] = [
  { id: uuid(30), kind: 'email', label: 'anna@example.org', created_at: ago(60 * 24 * 90) },
  { id: uuid(31), kind: 'provider', provider: 'library', label: 'anna.reyes', created_at: ago(60 * 24 * 8) },
]

export const setupState = (claimed: boolean): Schemas['SetupState'] => ({
  claimed,
  email_sign_in: true,
  providers: [
    { id: 'library', name: 'City Library' },
    { id: 'github', name: 'GitHub' },
  ],
  version: '0.1.0',
})

/** Signed in as the owner of two organisations. */
export const accountHandlers: MockHandlers = {
  getSetup: () => ({ status: 200, body: setupState(true) }),
  refreshSession: ({ body }) => {
    const wanted = tenants.find(({ tenant_id }) => tenant_id === body?.tenant_id)
    return { status: 200, body: sessionReply(wanted) }
  },
  signOut: () => ({ status: 204, body: undefined }),
  getAccount: () => ({ status: 200, body: account }),
  updateAccount: ({ body }) => {
    if (body.version !== account.version) return problem(409, 'version.conflict')
    const { version, ...change } = body
    Object.assign(account, change, { version: version + 1 })
    return { status: 200, body: account }
  },
  listSessions: () => ({ status: 200, body: { items: devices } }),
  revokeSession: ({ params }) => {
    const at = devices.findIndex(({ id }) => id === params.session_id)
    if (at < 0) return problem(404, 'session.not_found')
    devices.splice(at, 1)
    return { status: 204, body: undefined }
  },
  listIdentities: () => ({ status: 200, body: { items: identities } }),
  unlinkIdentity: ({ params }) => {
    const at = identities.findIndex(({ id }) => id === params.identity_id)
    identities.splice(at, 1)
    return { status: 204, body: undefined }
  },
  getReadingSettings: () => ({ status: 200, body: readingSettings }),
  putReadingSettings: ({ body }) => ({
    status: 200,
    body: Object.assign(readingSettings, body, { version: body.version + 1 }),
  }),
}

const readingSettings: Schemas['ReadingSettings'] = {
  version: 2,
  flow: 'paginated',
  theme: 'auto',
  font: 'serif',
  size: 19,
  leading: 1.65,
  margin: 48,
  measure: 33,
  justify: false,
  columns: 1,
}

/** Nobody is signed in; codes are `123456`. */
export const signedOutHandlers: MockHandlers = {
  refreshSession: () => problem(401, 'session.missing'),
  requestEmailCode: () => ({
    status: 202,
    body: { challenge_id: uuid(40), expires_at: ahead(10), resend_after_seconds: 42 },
  }),
  verifyEmailCode: ({ body }) =>
    body.code === '123456' ? { status: 200, body: sessionReply() } : problem(403, 'code.wrong'),
  redeemSignInLink: () => ({ status: 200, body: sessionReply() }),
  lookUpInvitation: ({ body }) =>
    body.token.startsWith('expired')
      ? problem(410, 'invitation.gone')
      : {
          status: 200,
          body: {
            organisation_name: 'Thursday Readers',
            role: 'member',
            invited_by: 'Anna Reyes',
            email: null,
            expires_at: ahead(60 * 24 * 6),
          },
        },
  acceptInvitation: () => ({ status: 200, body: sessionReply() }),
}

/** A new installation. */
export const unclaimedHandlers: MockHandlers = {
  ...signedOutHandlers,
  getSetup: () => ({ status: 200, body: setupState(false) }),
  completeSetup: ({ body }) =>
    body.token.startsWith('used')
      ? problem(410, 'setup.token_used')
      : {
          status: 201,
          body: sessionReply({ tenant_id: uuid(10), name: body.organisation_name, role: 'owner' }),
        },
}
