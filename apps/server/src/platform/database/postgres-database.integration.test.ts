import { execFileSync } from 'node:child_process'
import { silentLogger } from '@stoa/kernel'
import { type TestDatabase, testDatabase } from '@stoa/testkit/database'
import { type Kysely, sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Tx } from './database.ts'
import type { DatabaseMetrics } from './metrics.ts'
import { PostgresDatabase } from './postgres-database.ts'
import type { Tables } from './tables.generated.ts'

const A = '00000000-0000-7000-8000-00000000000a'
const B = '00000000-0000-7000-8000-00000000000b'
const ANN = '00000000-0000-7000-8000-000000000001'
const BEN = '00000000-0000-7000-8000-000000000002'
const inA = { tenantId: A, accountId: ANN }

describe('the database', () => {
  let db: TestDatabase
  const retries: string[] = []
  const metrics: DatabaseMetrics = { transaction: vi.fn(), retry: (_, reason) => retries.push(reason) }

  beforeAll(async () => {
    db = await testDatabase({ metrics, limits: { statementTimeout: 2000, lockTimeout: 1500 } })
    await db.sql(
      `create table stoa.rows (tenant_id uuid, account_id uuid, n int, primary key (tenant_id, account_id, n))`,
    )
    await db.sql(`select stoa.protect('stoa.rows', for_account => 'account_id')`)
  })
  afterAll(() => db.close())
  afterEach(async () => {
    retries.length = 0
    await db.sql(`alter table stoa.rows no force row level security`)
    await db.sql('delete from stoa.rows')
    await db.sql(`alter table stoa.rows force row level security`)
  })

  const add = (tx: Tx, tenantId: string, n: number, accountId = ANN) =>
    sql`insert into rows (tenant_id, account_id, n) values (${tenantId}, ${accountId}, ${n})`.execute(tx.db)
  const numbers = async (on: Kysely<Tables>) => {
    const { rows } = await sql<{ n: number }>`select n from rows order by n`.execute(on)
    return rows.map(({ n }) => n)
  }

  describe('shows and changes', () => {
    test('the rows of the tenant, and no others', async () => {
      await db.database.tenant(inA, (tx) => add(tx, A, 1))
      await db.database.tenant({ tenantId: B, accountId: ANN }, async (tx) => {
        expect(await numbers(tx.db)).toEqual([])
        const changed = await sql`update rows set n = 9`.execute(tx.db)
        const deleted = await sql`delete from rows`.execute(tx.db)
        expect([changed.numAffectedRows, deleted.numAffectedRows]).toEqual([0n, 0n])
      })
      expect(await db.database.tenantRead(inA, (tx) => numbers(tx.db))).toEqual([1])
    })

    test('nothing written into another tenant, by insert or by update', async () => {
      await expect(db.database.tenant(inA, (tx) => add(tx, B, 1))).rejects.toMatchObject({ code: '42501' })
      await db.database.tenant(inA, (tx) => add(tx, A, 1))
      const moved = db.database.tenant(inA, (tx) => sql`update rows set tenant_id = ${B}`.execute(tx.db))
      await expect(moved).rejects.toMatchObject({ code: '42501' })
    })

    test('nothing without a tenant, also on a connection that had one before', async () => {
      for (let i = 0; i < 5; i++) await db.database.tenant(inA, (tx) => add(tx, A, i, BEN))
      expect(await numbers(db.database.pool)).toEqual([])
      expect(await db.database.account(null, (tx) => numbers(tx.db))).toEqual([])
      expect(await db.database.account(ANN, (tx) => numbers(tx.db))).toEqual([])
    })

    test('outside of a tenant, to an account its own rows, to read only', async () => {
      await db.database.tenant(inA, (tx) => add(tx, A, 1, BEN))
      await db.database.tenant({ tenantId: B, accountId: BEN }, (tx) => add(tx, B, 2, BEN))
      await db.database.account(BEN, async (tx) => {
        expect(await numbers(tx.db)).toEqual([1, 2])
        expect((await sql`delete from rows`.execute(tx.db)).numAffectedRows).toBe(0n)
      })
      const written = db.database.account(BEN, (tx) => add(tx, A, 3, BEN))
      await expect(written).rejects.toMatchObject({ code: '42501' })
      expect(await db.database.tenant({ tenantId: B, accountId: BEN }, (tx) => numbers(tx.db))).toEqual([2])
    })

    test('what it may not do: change the schema, become another, switch row-level security off', async () => {
      const attempts = [
        'alter table stoa.rows disable row level security',
        'drop policy tenant on stoa.rows',
        'truncate stoa.rows',
        'create table stoa.mine (id int)',
        'set role stoa_owner',
        'select * from stoa.migrations',
        `select stoa.protect('stoa.rows')`,
      ]
      for (const attempt of attempts)
        await expect(
          db.database.tenant(inA, (tx) => sql.raw(attempt).execute(tx.db)),
          attempt,
        ).rejects.toThrow(/must be owner|permission denied/)
      await db.database.tenant(inA, (tx) => add(tx, A, 1))
      const off = db.database.tenant({ tenantId: B, accountId: ANN }, async (tx) => {
        await sql`set local row_security = off`.execute(tx.db)
        return numbers(tx.db)
      })
      await expect(off).rejects.toMatchObject({ code: '42501' })
    })
  })

  test('what begins inside a transaction, on another connection, does not act for its tenant', async () => {
    await db.database.tenant(inA, (tx) => add(tx, A, 1))
    const seen = await db.database.tenant(inA, () => db.database.pool.transaction().execute(numbers))
    expect(seen).toEqual([])
  })

  test('a read transaction cannot write and sees one moment', async () => {
    await expect(db.database.tenantRead(inA, (tx) => add(tx, A, 1))).rejects.toMatchObject({ code: '25006' })
    await db.database.tenantRead(inA, async (tx) => {
      expect(await numbers(tx.db)).toEqual([])
      await db.database.tenant(inA, (other) => add(other, A, 1))
      expect(await numbers(tx.db)).toEqual([])
    })
  })

  test('what is left for the end is done with the commit, or nothing is', async () => {
    const end = (n: number) => sql`update rows set n = ${n} where n = 1`
    await db.database.tenant(inA, async (tx) => {
      tx.finally(end(2))
      await add(tx, A, 1)
    })
    expect(await db.database.tenantRead(inA, (tx) => numbers(tx.db))).toEqual([2])
    const failed = db.database.tenant(inA, async (tx) => {
      await add(tx, A, 1)
      await tx.emit({ type: 'a.b', payload: {} })
      tx.finally(end(2))
    })
    await expect(failed).rejects.toMatchObject({ code: '23505' })
    expect(await db.database.tenantRead(inA, (tx) => numbers(tx.db))).toEqual([2])
    expect(
      await db.database.tenantRead(inA, (tx) => tx.db.selectFrom('events').selectAll().execute()),
    ).toEqual([])
  })

  test('statements that nobody waits for in between are done in their order', async () => {
    await db.database.tenant(inA, async (tx) => {
      const [, seen] = await Promise.all([add(tx, A, 1), numbers(tx.db), add(tx, A, 2)])
      expect(seen).toEqual([1])
    })
    expect(await db.database.tenantRead(inA, (tx) => numbers(tx.db))).toEqual([1, 2])
  })

  test('a failure that was not heard, and a statement that comes too late, commit nothing', async () => {
    const unheard = db.database.tenant(inA, async (tx) => {
      await add(tx, A, 1)
      await add(tx, A, 1).catch(() => {})
    })
    await expect(unheard).rejects.toThrow(/rolled back/)
    let late: Tx | undefined
    await db.database.tenant(inA, async (tx) => {
      late = tx
    })
    await expect(add(late as Tx, A, 1)).rejects.toThrow(/has ended/)
    expect(await db.database.tenantRead(inA, (tx) => numbers(tx.db))).toEqual([])
  })

  test('a transaction that fails leaves nothing', async () => {
    const failed = db.database.tenant(inA, async (tx) => {
      await add(tx, A, 1)
      throw new Error('changed my mind')
    })
    await expect(failed).rejects.toThrow('changed my mind')
    expect(await db.database.tenant(inA, (tx) => numbers(tx.db))).toEqual([])
  })

  test('a commit is not sent on a connection that broke unnoticed: the transaction is done on another', async () => {
    await db.database.tenant(inA, (tx) => add(tx, A, 1))
    // From another process, while this one waits and notices nothing.
    const end = `select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and usename = current_user and pid <> pg_backend_pid()`
    const program = `import pg from 'pg'
      const client = new pg.Client(process.argv[1])
      await client.connect()
      await client.query(process.argv[2])
      await client.end()`
    execFileSync(process.execPath, ['--input-type=module', '-e', program, db.appUrl, end], {
      cwd: import.meta.dirname,
    })
    await db.database.tenant({ tenantId: B, accountId: ANN }, async (tx) => {
      await tx.emit({ type: 'test.happened', payload: {} })
    })
    expect(retries.length).toBeGreaterThan(0)
    expect(await db.sql(`select type from stoa.events where tenant_id = '${B}'`)).toEqual([
      { type: 'test.happened' },
    ])
  })

  test('two that lock each other both come through, one of them in a second try', async () => {
    await db.database.tenant(inA, async (tx) => {
      await add(tx, A, 1)
      await add(tx, A, 2)
    })
    const touch = (tx: Tx, n: number) =>
      sql`update rows set account_id = ${BEN} where n = ${n}`.execute(tx.db)
    const first = [Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const
    const cross = (mine: 0 | 1) =>
      db.database.tenant(inA, async (tx) => {
        await touch(tx, mine + 1)
        first[mine].resolve()
        await first[1 - mine]?.promise
        await touch(tx, 2 - mine)
      })
    await Promise.all([cross(0), cross(1)])
    expect(retries).toEqual(['40P01'])
  })

  test('a statement that takes too long and a lock that is not given are ended', async () => {
    const slow = db.database.tenant(inA, (tx) => sql`select pg_sleep(30)`.execute(tx.db))
    await expect(slow).rejects.toMatchObject({ code: '57014' })
    await db.database.tenant(inA, (tx) => add(tx, A, 1))
    const lock = (tx: Tx) => sql`select 1 from rows for update`.execute(tx.db)
    await db.database.tenant(inA, async (tx) => {
      await lock(tx)
      await expect(db.database.tenant(inA, lock)).rejects.toMatchObject({ code: '55P03' })
    })
  })

  test('values come as the table types promise: bigint as number, dates as text, times as Date, JSON parsed', async () => {
    const { rows } =
      await sql`select 9007199254740991::bigint as big, count(*) as count, '2026-02-28'::date as day,
      '2026-01-01T00:00:00Z'::timestamptz as at, '{"a":[1]}'::jsonb as json, 1.5::numeric as exact`.execute(
        db.database.pool,
      )
    expect(rows).toEqual([
      {
        ...{ big: 9007199254740991, count: 1, day: '2026-02-28' },
        ...{ at: new Date('2026-01-01T00:00:00Z'), json: { a: [1] }, exact: '1.5' },
      },
    ])
    await expect(sql`select 9007199254740993::bigint`.execute(db.database.pool)).rejects.toThrow(RangeError)
  })

  test('identities that are none, and events without a tenant, are refused before anything is sent', async () => {
    await expect(db.database.tenant({ tenantId: "' or true", accountId: ANN }, numbersOf)).rejects.toThrow(
      TypeError,
    )
    await expect(db.database.account('me', numbersOf)).rejects.toThrow(TypeError)
    const homeless = db.database.account(ANN, (tx) => tx.emit({ type: 'a.b', payload: {} }))
    await expect(homeless).rejects.toMatchObject({ code: 'database.event_invalid' })
  })
  const numbersOf = (tx: Tx) => numbers(tx.db)

  test('the events of a transaction are all written or none, and too large ones are refused', async () => {
    const big = db.database.tenant(inA, async (tx) => {
      await tx.emit({ type: 'good.one', payload: {} })
      await tx.emit({
        type: 'bad.one',
        payload: { text: Array.from({ length: 9000 }, (_, n) => n).join(' ') },
      })
    })
    await expect(big).rejects.toMatchObject({ code: '23514' })
    expect(
      await db.database.tenantRead(inA, ({ db: tx }) => tx.selectFrom('events').selectAll().execute()),
    ).toEqual([])
  })

  test('says plainly when all connections are in use, and when it was not started', async () => {
    const small = new PostgresDatabase({
      server: db,
      log: silentLogger,
      maxConnections: 1,
      connectionWaitMs: 200,
    })
    expect(() => small.pool).toThrow(/not been started/)
    await small.start()
    await small.tenant(inA, async () => {
      await expect(small.tenant(inA, numbersOf)).rejects.toMatchObject({ code: 'database.busy' })
    })
    await small.stop()
    await small.stop()
  })

  test('refuses to work as a role that row-level security does not bind', async () => {
    const strong = new PostgresDatabase({ server: { appUrl: db.ownerUrl }, log: silentLogger })
    await expect(strong.start()).rejects.toMatchObject({ code: 'database.app_role_too_strong' })
    await strong.stop()
  })
})
