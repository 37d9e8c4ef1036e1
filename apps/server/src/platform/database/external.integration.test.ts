import { silentLogger } from '@stoa/kernel'
import {
  type SystemPostgres,
  startSystemPostgres,
  systemPostgresPrograms,
} from '@stoa/testkit/system-postgres'
import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { createPersistence, type Persistence } from '../persistence.ts'
import { catalogFaults } from './catalog/checks.ts'
import { connectionConfig, withClient } from './connection.ts'
import { createExternalPostgres, derivedAppUrl } from './external.ts'
import { APP_ROLE, withDatabase } from './server.ts'

const found = await systemPostgresPrograms()
if (found === undefined && process.env.CI === 'true')
  throw new Error('PostgreSQL is not installed (apt-get install postgresql)')
const why = found === undefined ? ' (skipped: PostgreSQL is not installed, apt-get install postgresql)' : ''
const ACTOR = { tenantId: '00000000-0000-7000-8000-00000000000a', accountId: null }
const signal = () => new AbortController().signal

describe.skipIf(found === undefined)(`a PostgreSQL given by URL${why}`, () => {
  let server: SystemPostgres
  const open: Persistence[] = []
  beforeAll(async () => {
    server = await startSystemPostgres()
  })
  afterAll(async () => {
    for (const each of open) await each.stop()
    await server.stop()
  })

  async function start(ownerUrl: string, appUrl?: string): Promise<Persistence> {
    const postgres = { kind: 'external' as const, ownerUrl, ...(appUrl === undefined ? {} : { appUrl }) }
    const persistence = await createPersistence({ postgres, work: true, log: silentLogger })
    open.push(persistence)
    await persistence.start(signal())
    return persistence
  }

  const admin = (text: string, database = 'postgres') =>
    withClient(connectionConfig(withDatabase(server.adminUrl, database), 'test'), async (client) => {
      const { rows } = await client.query(text)
      return rows
    })

  test('is migrated by an owner that is no superuser, and used by a bound role with a password of its own', async () => {
    const { database, jobs } = await start(server.ownerUrl)
    const { rows } = await sql`select current_user as me, session_user as myself`.execute(database.pool)
    expect(rows).toEqual([{ me: APP_ROLE, myself: APP_ROLE }])
    const ask = async <Row extends object>(text: string, values: unknown[]): Promise<Row[]> =>
      withClient(connectionConfig(withDatabase(server.adminUrl, 'stoa'), 'test'), async (client) => {
        const result = await client.query(text, values)
        return result.rows
      })
    expect(await catalogFaults(ask, APP_ROLE)).toEqual([])
    expect(await jobs.counts()).toContainEqual(expect.objectContaining({ name: 'platform.clean_up' }))
  })

  test('is prepared by one of the programs that start on it at once, and used by all', async () => {
    await admin('create database many owner stoa_owner')
    const all = await Promise.all([1, 2, 3].map(() => start(withDatabase(server.ownerUrl, 'many'))))
    for (const { database } of all)
      await database.tenant(ACTOR, (tx) => tx.emit({ type: 'test.said', payload: {} }))
    expect(await all[0]?.events.since(ACTOR.tenantId, 0)).toMatchObject({ events: { length: 3 } })
  })

  test('hands events to every program on it, whichever wrote them, and cleans up across tenants', async () => {
    const [one, two] = [await start(server.ownerUrl), await start(server.ownerUrl)]
    const heard: unknown[] = []
    two.events.subscribe(ACTOR.tenantId, ({ payload }) => heard.push(payload))
    await one.database.tenant(ACTOR, (tx) => tx.emit({ type: 'test.said', payload: { n: 1 } }))
    await vi.waitFor(() => expect(heard).toEqual([{ n: 1 }]), 30_000)
    await admin(`update stoa.events set created_at = now() - interval '30 days'`, 'stoa')
    const { rows } = await sql`select stoa.delete_old_events(now() - interval '7 days', 10) as gone`.execute(
      two.database.pool,
    )
    expect(rows).toEqual([{ gone: 1 }])
  })

  test('can be used as another user, who becomes a member of the role', async () => {
    await admin(`create role tenant_app login password 'app-password'`)
    const url = new URL(server.ownerUrl)
    url.username = 'tenant_app'
    url.password = 'app-password'
    const { database } = await start(server.ownerUrl, url.href)
    const written = database.tenant(ACTOR, async (tx) => {
      await tx.emit({ type: 'test.said', payload: {} })
      return (await sql<{ me: string }>`select current_user as me`.execute(tx.db)).rows[0]?.me
    })
    expect(await written).toBe('tenant_app')
    await expect(start(server.ownerUrl, server.ownerUrl)).rejects.toMatchObject({
      cause: { code: 'database.app_role_too_strong' },
    })
  })

  test('without the right to create roles says what an administrator has to do, and works when that is done', async () => {
    await admin(`create role weak login password 'weak-password'`)
    await admin(`create role weak_app login password 'weak-password'`)
    await admin('create database weak owner weak')
    const as = (user: string) => {
      const url = new URL(withDatabase(server.ownerUrl, 'weak'))
      url.username = user
      url.password = 'weak-password'
      return url.href
    }
    const failure = await start(as('weak'), as('weak_app')).catch((error: unknown) => error)
    expect(failure).toMatchObject({ cause: { code: 'database.roles_denied' } })
    expect(String((failure as Error).cause)).toMatch(/grant stoa_app to weak_app/)
    await admin('grant stoa_app to weak_app')
    const { database } = await start(as('weak'), as('weak_app'))
    await database.tenant(ACTOR, (tx) => tx.emit({ type: 'test.said', payload: {} }))
  })

  test('that does not let us in is named without its password', async () => {
    const url = new URL(server.ownerUrl)
    url.password = 'top-secret'
    const failure = await createExternalPostgres({ ownerUrl: url.href, log: silentLogger })
      .start(signal())
      .catch((error: unknown) => error)
    expect(failure).toMatchObject({ code: 'database.unavailable' })
    expect(String(failure)).not.toContain('top-secret')
    expect(String(failure)).toContain(url.host)
  })

  test('the password of the application follows from the owner’s and is not the same', async () => {
    const one = derivedAppUrl('postgresql://me:secret@db.example/stoa')
    expect(one).toBe(derivedAppUrl('postgresql://me:secret@other.example/stoa').replace('other', 'db'))
    expect(one).not.toBe(derivedAppUrl('postgresql://me:other@db.example/stoa'))
    expect(one).not.toContain('secret')
    const stranger = new pg.Client({
      connectionString: derivedAppUrl(server.ownerUrl.replace('owner-password', 'guess')),
    })
    await expect(stranger.connect()).rejects.toMatchObject({ code: '28P01' })
  })
})
