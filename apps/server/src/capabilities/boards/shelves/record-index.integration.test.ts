import { createHash } from 'node:crypto'
import { silentLogger } from '@stoa/kernel'
import { BlockStorage } from '@stoa/reconcile'
import { type TestDatabase, testDatabase } from '@stoa/testkit/database'
import { createTenant } from '@stoa/testkit/identity'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { TenantActor, Tx } from '../../../platform/database/database.ts'
import { toHex } from '../hex.ts'
import { keptLines } from '../testing/kept-lines.ts'
import type { Transactions } from './block-store.ts'
import { RecordIndex } from './record-index.ts'

const BOARD = Buffer.alloc(32, 7)
/** More than two pages, and more than one block. */
const MANY = 12_000

let db: TestDatabase
let tenantId: string
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.close())
beforeEach(async () => {
  tenantId = (await createTenant(db)).tenantId
  await db.sql(
    'insert into stoa.boards (tenant_id, id, created_at, last_active_at) values ($1, $2, now(), now())',
    [tenantId, BOARD],
  )
})

/** Records by their number, dated a second apart, as they are written by whoever keeps records. */
const arrive = (from: number, to: number) =>
  db.sql(
    `insert into stoa.board_records (tenant_id, board_id, id, seq, kind, author_id, bytes, created_at, received_at)
     select $1, $2, sha256(n::text::bytea), n, 'post', $2, 'x', to_timestamp(1700000000 + n), now()
     from generate_series($3::integer, $4::integer) as n`,
    [tenantId, BOARD, from, to],
  )

/** The database, with a count of the rows that were read of records. */
function counting() {
  const read = { records: 0 }
  const database: Transactions = {
    tenant: (actor, run) => db.database.tenant(actor, run),
    tenantRead: async (actor, run) => {
      const result = await db.database.tenantRead(actor, run)
      if (Array.isArray(result)) read.records += result.filter((row) => 'seq' in Object(row)).length
      return result
    },
  }
  return { database, read }
}

async function open(log = silentLogger) {
  const { database, read } = counting()
  const index = await RecordIndex.open(database, tenantId, log, () => undefined)
  const state = async () => {
    const storage = await index.current('members')
    return { size: storage.size, fingerprint: toHex(storage.fingerprint(0, storage.size)) }
  }
  return { index, read, state }
}

/** What the index must be with so many records. */
function truth(count: number) {
  const storage = new BlockStorage()
  for (let n = 1; n <= count; n++) {
    const id = createHash('sha256').update(String(n)).digest()
    storage.insert(1_700_000_000 + n, new Uint8Array(id))
  }
  return { size: count, fingerprint: toHex(storage.fingerprint(0, count)) }
}

const damage = (how: string) =>
  db.sql(
    `${how} where tenant_id = $1 and key = (select max(key) from stoa.reconcile_blocks where tenant_id = $1)`,
    [tenantId],
  )

async function saved(count: number): Promise<void> {
  await arrive(1, count)
  const { index, state } = await open()
  await state()
  await index.save()
}

test('SYNC-2: the first time it is made of all records; after a restart of its blocks, and of what came since', async () => {
  await arrive(1, MANY)
  const first = await open()
  expect(await first.state()).toEqual(truth(MANY))
  expect(first.read.records).toBe(MANY)
  await first.index.save()

  const again = await open()
  expect(await again.state()).toEqual(truth(MANY))
  expect(again.read.records).toBe(0)
  await arrive(MANY + 1, MANY + 3)
  expect(await again.state()).toEqual(truth(MANY + 3))
  expect(again.read.records).toBe(3)
})

test('killed before what came was written down: the restart reads that again, and no more', async () => {
  await saved(MANY)
  await arrive(MANY + 1, MANY + 700)
  const killed = await open()
  expect(await killed.state()).toEqual(truth(MANY + 700))
  const after = await open()
  expect(await after.state()).toEqual(truth(MANY + 700))
  expect(after.read.records).toBe(700)
})

test('killed while it wrote down: all of the write is there, or nothing of it', async () => {
  await saved(MANY)
  await arrive(MANY + 1, MANY + 700)
  const { database } = counting()
  const dying = {
    ...database,
    tenant: <T>(actor: TenantActor, run: (tx: Tx) => Promise<T>) =>
      database.tenant(actor, async (tx) => {
        await run(tx)
        throw new Error('killed')
      }),
  }
  const killed = await RecordIndex.open(dying, tenantId, silentLogger, () => undefined)
  await killed.current('members')
  await expect(killed.save()).rejects.toThrow('killed')
  const after = await open()
  expect(await after.state()).toEqual(truth(MANY + 700))
  expect(after.read.records).toBe(700)
})

test('a transaction that was not committed when the index was written down is in it once it is', async () => {
  await saved(5)
  const failed = db.database.tenant({ tenantId, accountId: null }, async (tx) => {
    await sql`insert into board_records (tenant_id, board_id, id, seq, kind, author_id, bytes, created_at, received_at)
      select tenant_id, board_id, sha256('lost'), 6, kind, author_id, bytes, created_at, received_at
      from board_records where seq = 1`.execute(tx.db)
    const meanwhile = await open()
    expect(await meanwhile.state()).toEqual(truth(5))
    await meanwhile.index.save()
    throw new Error('rolled back')
  })
  await expect(failed).rejects.toThrow('rolled back')
  await arrive(6, 6)
  expect(await (await open()).state()).toEqual(truth(6))
})

test.each([
  ['with other bytes', 'update stoa.reconcile_blocks set bytes = set_byte(bytes, 9, get_byte(bytes, 9) # 1)'],
  ['cut short', 'update stoa.reconcile_blocks set bytes = substring(bytes for 20)'],
  ['gone', 'delete from stoa.reconcile_blocks'],
])('a block that is %s: the index is made anew of the records, which is said, and kept', async (_, how) => {
  await saved(MANY)
  await damage(how)
  const { log, lines } = keptLines()
  const anew = await open(log)
  const said = { action: 'reconcile_index_rebuilt', reason: 'reconcile.corrupt_blocks' }
  expect(lines).toEqual([said])
  expect(await anew.state()).toEqual(truth(MANY))
  expect(anew.read.records).toBe(MANY)
  await anew.index.save()
  const after = await open(log)
  expect(await after.state()).toEqual(truth(MANY))
  expect([after.read.records, lines]).toEqual([0, [said]])
})

test('what is public is asked anew when that changed while it was being asked', async () => {
  await arrive(1, 20)
  const reach = (to: string) =>
    db.sql('update stoa.boards set reach = $2 where tenant_id = $1', [tenantId, to])
  await reach('public')
  let meanwhile = async () => {}
  const database: Transactions = {
    tenant: (actor, run) => db.database.tenant(actor, run),
    tenantRead: async (actor, run) => {
      const result = await db.database.tenantRead(actor, run)
      await meanwhile()
      return result
    },
  }
  const index = await RecordIndex.open(database, tenantId, silentLogger, () => undefined)
  expect((await index.current('public')).size).toBe(20)
  index.forgetPublic()
  meanwhile = async () => {
    meanwhile = async () => {}
    await reach('cluster')
    index.forgetPublic()
  }
  expect((await index.current('public')).size).toBe(0)
  expect((await index.current('members')).size).toBe(20)
})
