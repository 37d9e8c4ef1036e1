import { uuidv7 } from '@stoa/kernel'
import type { Identity } from '@stoa/server/capabilities/identity/index.ts'
import type { Role, TenantContext } from '@stoa/server/platform/database/database.ts'
import type { TestDatabase } from './database.ts'

/** A member of a test organisation; `context` is what a handler gets for a request of theirs. */
export interface TestMember {
  readonly accountId: string
  readonly displayName: string
  readonly email: string
  readonly context: TenantContext
}

/** An organisation with one member of each role, all of them in its one workspace. */
export interface TestTenant extends Readonly<Record<Role, TestMember>> {
  readonly tenantId: string
  readonly workspaceId: string
}

const ROLES = ['owner', 'admin', 'member', 'guest'] as const satisfies readonly Role[]

/**
 * Makes an organisation with owner, admin, member and guest, each with a session, straight in the database:
 * `const { workspaceId, owner, guest } = await createTenant(db)`. Names are unique, so that many fit into one database.
 */
export async function createTenant(db: Pick<TestDatabase, 'sql'>, name = 'Test'): Promise<TestTenant> {
  const tenantId = uuidv7()
  const workspaceId = uuidv7()
  await db.sql('insert into stoa.tenants (id, name) values ($1, $2)', [tenantId, name])
  await db.sql('insert into stoa.workspaces (tenant_id, id, name) values ($1, $2, $3)', [
    tenantId,
    workspaceId,
    'General',
  ])
  const members = new Map<Role, TestMember>()
  for (const role of ROLES)
    members.set(role, await addMember(db, { tenantId, role, workspaceIds: [workspaceId] }))
  const of = (role: Role): TestMember => {
    const member = members.get(role)
    if (member === undefined) throw new Error(`no ${role}`)
    return member
  }
  return {
    ...{ tenantId, workspaceId },
    ...{ owner: of('owner'), admin: of('admin'), member: of('member'), guest: of('guest') },
  }
}

export interface NewTestMember {
  readonly tenantId: string
  readonly role: Role
  readonly workspaceIds?: readonly string[]
}

/** One more account with a session, a member of an organisation that exists. */
export async function addMember(db: Pick<TestDatabase, 'sql'>, wanted: NewTestMember): Promise<TestMember> {
  const { tenantId, role, workspaceIds = [] } = wanted
  const accountId = uuidv7()
  const displayName = `${role} ${accountId.slice(-6)}`
  const email = `${role}.${accountId.slice(-12)}@example.org`
  await db.sql(
    `insert into stoa.accounts (id, display_name, locale, time_zone) values ($1, $2, 'en', 'Europe/Berlin')`,
    [accountId, displayName],
  )
  await db.sql(
    'insert into stoa.account_emails (id, account_id, email, verified_at) values ($1, $2, $3, now())',
    [uuidv7(), accountId, email],
  )
  await db.sql('insert into stoa.memberships (tenant_id, account_id, role) values ($1, $2, $3)', [
    tenantId,
    accountId,
    role,
  ])
  for (const workspaceId of workspaceIds)
    await db.sql(
      'insert into stoa.workspace_members (tenant_id, workspace_id, account_id) values ($1, $2, $3)',
      [tenantId, workspaceId, accountId],
    )
  const sessionId = await addSession(db, accountId, tenantId)
  return { accountId, displayName, email, context: { tenantId, accountId, sessionId, role } }
}

/** A signed-in device of an account; returns the id of the session. */
export async function addSession(
  db: Pick<TestDatabase, 'sql'>,
  accountId: string,
  tenantId: string,
): Promise<string> {
  const sessionId = uuidv7()
  await db.sql(
    `insert into stoa.user_sessions (id, account_id, method, device_name, platform, fingerprint, chosen_tenant,
       authenticated_at, created_at, last_used_at, expires_at, absolute_expires_at)
     values ($1, $2, 'setup', 'Test', 'Test', '\\x00', $3, now(), now(), now(), now() + interval '30 days', now() + interval '90 days')`,
    [sessionId, accountId, tenantId],
  )
  return sessionId
}

/** What {@link accessTokens} needs of a running program (`startProgram()` of this package gives it). */
export interface TokenSource {
  readonly program: { readonly capabilities: { readonly identity: Pick<Identity, 'issueToken'> } }
}

/** An access token of a member, good for fifteen minutes: `authorization: Bearer …`. */
export async function accessToken(
  { program }: TokenSource,
  { context: { accountId, sessionId, tenantId, role } }: TestMember,
): Promise<string> {
  const claims = { accountId, sessionId, tenant: { id: tenantId, role } }
  return (await program.capabilities.identity.issueToken(claims)).token
}

/** One access token per role: `const tenant = await createTenant(stoa.db); const tokens = await accessTokens(stoa, tenant)`. */
export async function accessTokens(
  source: TokenSource,
  tenant: TestTenant,
): Promise<Readonly<Record<Role, string>>> {
  const token = (role: Role) => accessToken(source, tenant[role])
  const [owner, admin, member, guest] = await Promise.all([
    token('owner'),
    token('admin'),
    token('member'),
    token('guest'),
  ])
  return { owner, admin, member, guest }
}
