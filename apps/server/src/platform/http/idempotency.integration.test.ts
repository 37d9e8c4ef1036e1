import { uuidv7 } from '@stoa/kernel'
import { type TestDatabase, testDatabase } from '@stoa/testkit/database'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Authenticator } from './authenticator.ts'
import { Problem } from './problem.ts'
import { handler, serve, type TestRequest, type TestServer } from './testing/fixture.ts'

let db: TestDatabase
let server: TestServer
/** What the handler does inside its transaction; each test sets it. */
let work: (request: TestRequest) => Promise<void>
let runs = 0

const tenants = { one: uuidv7(), two: uuidv7() }
const accounts = { one: uuidv7(), two: uuidv7() }

/** Tokens name tenant and account: `one.two`. */
const authenticator: Authenticator = {
  verify: async (token) => {
    const [tenant, account] = token.split('.') as ['one', 'two']
    return { tenantId: tenants[tenant], accountId: accounts[account], sessionId: 's', role: 'owner' }
  },
}

beforeAll(async () => {
  db = await testDatabase({ limits: { lockTimeout: 1500 } })
  const create = handler('createBook', (request) =>
    request.write(async (tx) => {
      runs += 1
      await tx.emit({ type: 'book.created', payload: {} })
      await work(request)
      return {
        status: 201,
        headers: { 'x-run': String(runs) },
        body: { id: `run ${runs}`, title: null, hidden: 1 },
      }
    }),
  )
  server = await serve([create], { database: db.database, authenticator })
})
afterAll(async () => {
  await server.app.close()
  await db.close()
})
beforeEach(() => {
  runs = 0
  work = async () => {}
})

const post = (key: string | undefined, title = 'x', caller = 'one.one') =>
  server.app.inject({
    method: 'POST',
    url: '/books',
    payload: { title },
    headers: { authorization: `Bearer ${caller}`, ...(key === undefined ? {} : { 'idempotency-key': key }) },
  })

const events = async () =>
  Number((await db.sql<{ n: string }>('select count(*) as n from stoa.events'))[0]?.n)

test('a repeated request gets the first reply again, its headers too, and nothing happens twice', async () => {
  const key = uuidv7()
  const before = await events()
  const first = await post(key)
  const again = await post(key)
  expect([first.statusCode, again.statusCode, runs]).toEqual([201, 201, 1])
  expect(again.json()).toEqual({ id: 'run 1', title: null })
  expect(again.headers['x-run']).toBe('1')
  expect([first.headers['idempotent-replayed'], again.headers['idempotent-replayed']]).toEqual([
    undefined,
    'true',
  ])
  expect(await events()).toBe(before + 1)
})

test('without a key every request runs', async () => {
  await post(undefined)
  await post(undefined)
  expect(runs).toBe(2)
})

test('the same key with another body is a mistake of the client', async () => {
  const key = uuidv7()
  await post(key, 'x')
  const other = await post(key, 'y')
  expect(other.json()).toMatchObject({ status: 422, code: 'idempotency.mismatch' })
  expect(runs).toBe(1)
})

test('keys of other accounts and other tenants are other keys', async () => {
  const key = uuidv7()
  const replies = [await post(key), await post(key, 'x', 'one.two'), await post(key, 'x', 'two.one')]
  expect(replies.map((reply) => reply.json().id)).toEqual(['run 1', 'run 2', 'run 3'])
})

test('twenty at once: one runs, all get its reply', async () => {
  const key = uuidv7()
  const before = await events()
  const replies = await Promise.all(Array.from({ length: 20 }, () => post(key)))
  expect(new Set(replies.map((reply) => `${reply.statusCode} ${reply.json().id}`))).toEqual(
    new Set(['201 run 1']),
  )
  expect(runs).toBe(1)
  expect(await events()).toBe(before + 1)
})

test('a duplicate of a request that takes too long is told so, and does not run', async () => {
  const key = uuidv7()
  const entered = Promise.withResolvers<void>()
  const release = Promise.withResolvers<void>()
  work = async () => {
    entered.resolve()
    await release.promise
  }
  const slow = post(key)
  await entered.promise
  expect((await post(key)).json()).toMatchObject({ status: 409, code: 'idempotency.in_progress' })
  release.resolve()
  expect((await slow).json().id).toBe('run 1')
  expect((await post(key)).json().id).toBe('run 1')
  expect(runs).toBe(1)
})

test('a failed request leaves its key free', async () => {
  const key = uuidv7()
  work = async () => {
    throw new Problem(409, 'version.conflict', 'no')
  }
  expect((await post(key)).statusCode).toBe(409)
  work = async () => {}
  expect((await post(key)).json().id).toBe('run 2')
})

test('a waiting duplicate takes over when the first one fails', async () => {
  const key = uuidv7()
  const entered = Promise.withResolvers<void>()
  const release = Promise.withResolvers<void>()
  work = async () => {
    work = async () => {}
    entered.resolve()
    await release.promise
    throw new Problem(409, 'version.conflict', 'no')
  }
  const first = post(key)
  await entered.promise
  const second = post(key)
  release.resolve()
  expect((await first).statusCode).toBe(409)
  expect((await second).json().id).toBe('run 2')
})

test('the stored reply and the write commit together', async () => {
  const key = uuidv7()
  work = async () => {
    work = async () => {}
    throw new Error('after the claim')
  }
  expect((await post(key)).statusCode).toBe(500)
  const rows = await db.sql('select 1 from stoa.idempotency_keys where key = $1', [key])
  expect(rows).toEqual([])
})

test.each(['', 'with space', 'ключ', 'x'.repeat(256)])('the key %j is refused', async (key) => {
  const reply = await post(key)
  expect(reply.statusCode).toBe(400)
  expect(reply.json().errors[0].pointer).toBe('#/header/idempotency-key')
})

test('the table is read under row-level security', async () => {
  await post('shared-key-of-one')
  const seen = await db.database.tenantRead({ tenantId: tenants.two, accountId: accounts.two }, async (tx) =>
    sql`select key from stoa.idempotency_keys`.execute(tx.db),
  )
  expect(seen.rows).not.toContainEqual({ key: 'shared-key-of-one' })
})
