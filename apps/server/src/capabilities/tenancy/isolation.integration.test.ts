import { type TestDatabase, testDatabase } from '@stoa/testkit/database'
import { addMember, createTenant, type TestTenant } from '@stoa/testkit/identity'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Tx } from '../../platform/database/database.ts'

describe('rows of accounts and organisations', () => {
  let db: TestDatabase
  let a: TestTenant
  let b: TestTenant
  beforeAll(async () => {
    db = await testDatabase()
    a = await createTenant(db, 'A')
    b = await createTenant(db, 'B')
  })
  afterAll(() => db.close())

  const ids = async (tx: Tx, table: 'accounts' | 'account_emails'): Promise<string[]> => {
    const column = table === 'accounts' ? 'id' : 'account_id'
    const { rows } = await sql<{
      id: string
    }>`select ${sql.ref(column)} as id from ${sql.table(table)}`.execute(tx.db)
    return rows.map(({ id }) => id).sort()
  }
  const accountsOf = (tenant: TestTenant) =>
    [tenant.owner, tenant.admin, tenant.member, tenant.guest].map((member) => member.accountId).sort()

  test('a tenant transaction sees the accounts and addresses of its own members only', async () => {
    for (const tenant of [a, b]) {
      await db.database.tenantRead(tenant.guest.context, async (tx) => {
        expect(await ids(tx, 'accounts')).toEqual(accountsOf(tenant))
        expect(await ids(tx, 'account_emails')).toEqual(accountsOf(tenant))
      })
    }
  })

  test('without tenant and account nothing is seen, and nothing is seen by the pool', async () => {
    const tables = [
      ...[
        'accounts',
        'account_emails',
        'account_identities',
        'user_sessions',
        'refresh_tokens',
        'signing_keys',
      ],
      ...[
        'email_challenges',
        'sign_in_links',
        'provider_states',
        'security_events',
        'setup_tokens',
        'installation',
      ],
      ...['tenants', 'workspaces', 'memberships', 'workspace_members', 'invitations', 'audit_logs'],
    ]
    for (const table of tables) {
      const count = sql<{ n: number }>`select count(*) as n from ${sql.table(table)}`
      expect((await count.execute(db.database.pool)).rows, table).toEqual([{ n: 0 }])
      const seen = await db.database.account(null, async (tx) => (await count.execute(tx.db)).rows)
      expect(seen, table).toEqual([{ n: 0 }])
    }
  })

  test('an account sees itself, its sessions, its memberships and the names of its organisations', async () => {
    await db.database.account(a.owner.accountId, async (tx) => {
      expect(await ids(tx, 'accounts')).toEqual([a.owner.accountId])
      const sessions = await tx.db.selectFrom('user_sessions').select('id').execute()
      expect(sessions).toEqual([{ id: a.owner.context.sessionId }])
      const tenants = await tx.db.selectFrom('tenants').select(['id', 'name']).execute()
      expect(tenants).toEqual([{ id: a.tenantId, name: 'A' }])
      const memberships = await tx.db.selectFrom('memberships').select(['tenant_id', 'role']).execute()
      expect(memberships).toEqual([{ tenant_id: a.tenantId, role: 'owner' }])
    })
  })

  test('a member of A cannot change what belongs to others', async () => {
    await db.database.tenant(a.owner.context, async (tx) => {
      const { numUpdatedRows } = await tx.db
        .updateTable('accounts')
        .set({ display_name: 'taken' })
        .where('id', '=', a.guest.accountId)
        .executeTakeFirst()
      expect(numUpdatedRows).toBe(0n)
      const sessions = await tx.db.selectFrom('user_sessions').select('account_id').execute()
      expect(sessions.map(({ account_id }) => account_id)).toEqual([a.owner.accountId])
    })
    const intruding = db.database.tenant(a.owner.context, (tx) =>
      tx.db
        .insertInto('memberships')
        .values({ tenant_id: b.tenantId, account_id: a.owner.accountId, role: 'owner' })
        .execute(),
    )
    await expect(intruding).rejects.toMatchObject({ code: '42501' })
  })

  test('a removed member keeps the name and loses the address', async () => {
    const gone = await addMember(db, { tenantId: a.tenantId, role: 'member' })
    await db.sql('update stoa.memberships set removed_at = now() where account_id = $1', [gone.accountId])
    await db.database.tenantRead(a.owner.context, async (tx) => {
      expect(await ids(tx, 'accounts')).toContain(gone.accountId)
      expect(await ids(tx, 'account_emails')).not.toContain(gone.accountId)
    })
  })

  test('audit rows and security events cannot be rewritten', async () => {
    for (const table of ['audit_logs', 'security_events']) {
      const rewriting = db.database.tenant(a.owner.context, (tx) =>
        sql`update ${sql.table(table)} set action = 'x.y'`.execute(tx.db),
      )
      await expect(rewriting).rejects.toMatchObject({ code: '42501' })
    }
  })
})

describe('visible_workspaces', () => {
  let db: TestDatabase
  let tenant: TestTenant
  beforeAll(async () => {
    db = await testDatabase()
    tenant = await createTenant(db)
    await db.sql(
      `insert into stoa.workspaces (tenant_id, id, name, archived_at) values ($1, $2, 'Staff', null), ($1, $3, 'Old', now())`,
      [tenant.tenantId, STAFF, OLD],
    )
    const other = await createTenant(db)
    await db.sql('insert into stoa.memberships (tenant_id, account_id, role) values ($1, $2, $3)', [
      ...[other.tenantId, tenant.guest.accountId, 'owner'],
    ])
  })
  afterAll(() => db.close())

  const STAFF = '00000000-0000-7000-8000-0000000000f1'
  const OLD = '00000000-0000-7000-8000-0000000000f2'
  const visible = (role: 'owner' | 'admin' | 'member' | 'guest') =>
    db.database.tenantRead(tenant[role].context, async (tx) => {
      const { rows } = await sql<{ id: string }>`select id from stoa.visible_workspaces() as id`.execute(
        tx.db,
      )
      return rows.map(({ id }) => id).sort()
    })

  test('owners and admins see all but archived ones', async () => {
    expect(await visible('owner')).toEqual([STAFF, tenant.workspaceId].sort())
    expect(await visible('admin')).toEqual([STAFF, tenant.workspaceId].sort())
  })

  test('members and guests see those they were put into, whatever they are elsewhere', async () => {
    expect(await visible('member')).toEqual([tenant.workspaceId])
    expect(await visible('guest')).toEqual([tenant.workspaceId])
    await db.sql(
      'insert into stoa.workspace_members (tenant_id, workspace_id, account_id) values ($1, $2, $3)',
      [...[tenant.tenantId, STAFF, tenant.member.accountId]],
    )
    expect(await visible('member')).toEqual([STAFF, tenant.workspaceId].sort())
  })
})
