import { systemRandom } from '@stoa/kernel'
import { createLocalJWKSet, jwtVerify } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Browser, setUp } from './testing/browser.ts'
import { startProgram, type TestProgram } from './testing/program.ts'
import { KeyRing } from './tokens/key-ring.ts'
import { deriveKeys } from './tokens/opaque.ts'

let program: TestProgram
let claims: { accountId: string; sessionId: string; tenant: { id: string; role: 'owner' } }
beforeAll(async () => {
  program = await startProgram()
  const { body } = (await setUp(program)).answer
  claims = {
    accountId: body.account.id,
    sessionId: body.session_id,
    tenant: { id: body.tenant.tenant_id, role: 'owner' },
  }
})
afterAll(() => program.close())

const MINUTE = 60_000
const published = async (app = program.app) =>
  (await new Browser(app).get('/.well-known/jwks.json')).body.keys

test('two public keys are published, and nothing private', async () => {
  const answer = await new Browser(program.app).get('/.well-known/jwks.json')
  expect(answer.headers['cache-control']).toBe('public, max-age=600')
  expect(answer.body.keys).toHaveLength(2)
  for (const key of answer.body.keys) {
    expect(key).toMatchObject({ kty: 'RSA', alg: 'RS256', use: 'sig' })
    expect(Object.keys(key).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use'])
  }
  const rows = await program.db.sql(
    `select encode(private_sealed, 'escape') as text, public_jwk from stoa.signing_keys`,
  )
  expect(JSON.stringify(rows)).not.toMatch(/PRIVATE|"d":|"p":/)
})

test('the next key cannot sign before it has been published for long enough', async () => {
  await expect(program.identity.rotateKeys()).rejects.toMatchObject({ code: 'keys.too_soon' })
})

test('across a rotation no token is refused in any minute, here, in another process, or by who caches the key set', async () => {
  const other = await startProgram({ besides: program })
  try {
    const { clock } = program
    const held: { token: string; expires: number }[] = []
    let cache = { at: clock.now(), keys: await published() }
    for (let minute = 0; minute < 75; minute++) {
      if (minute === 20 || minute === 50) await program.identity.rotateKeys()
      for (const issuer of [program, other]) {
        const { token, expiresAt } = await issuer.identity.issueToken(claims)
        held.push({ token, expires: expiresAt.getTime() })
      }
      if (clock.now() - cache.at >= 600_000) cache = { at: clock.now(), keys: await published() }
      const keySet = createLocalJWKSet({ keys: cache.keys })
      const good = held.filter(({ expires }) => expires > clock.now())
      for (const { token } of good) {
        await program.identity.authenticator.verify(token)
        await other.identity.authenticator.verify(token)
        await jwtVerify(token, keySet, { currentDate: new Date(clock.now()), algorithms: ['RS256'] })
      }
      clock.advance(MINUTE)
    }
    expect(new Set(held.map(({ token }) => token.split('.')[0])).size).toBe(3)
  } finally {
    await other.close()
  }
})

test('after its time a replaced key is gone: from the set, and for tokens that could still claim to be good', async () => {
  const before = await published()
  const { token } = await program.identity.issueToken(claims)
  program.clock.advance(20 * MINUTE)
  await program.identity.rotateKeys({ compromised: true })
  await expect(program.identity.authenticator.verify(token)).rejects.toMatchObject({ status: 401 })
  const after = await published()
  expect(after.map((key: { kid: string }) => key.kid)).not.toContain(before[0].kid)
  const fresh = await program.identity.issueToken(claims)
  await program.identity.authenticator.verify(fresh.token)
})

test('of two processes that rotate at once one does, and both sign with the same key', async () => {
  program.clock.advance(20 * MINUTE)
  const other = await startProgram({ besides: program })
  try {
    const outcomes = await Promise.allSettled([program.identity.rotateKeys(), other.identity.rotateKeys()])
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    program.clock.advance(MINUTE)
    const [mine, theirs] = await Promise.all([program, other].map((one) => one.identity.issueToken(claims)))
    expect(mine?.token.split('.')[0]).toBe(theirs?.token.split('.')[0])
  } finally {
    await other.close()
  }
})

test('with another secret nothing starts, and nothing is written that the others could not read', async () => {
  const { db, clock, log } = program
  const keys = deriveKeys(new Uint8Array(32).fill(8))
  const stranger = new KeyRing({ database: db.database, keys, clock, random: systemRandom, log })
  const before = await db.sql('select kid from stoa.signing_keys order by kid')
  await expect(stranger.start()).rejects.toMatchObject({ code: 'keys.secret_wrong' })
  await expect(stranger.rotate({ compromised: true })).rejects.toMatchObject({ code: 'keys.secret_wrong' })
  expect(await db.sql('select kid from stoa.signing_keys order by kid')).toEqual(before)
})

test('the key tells its age', async () => {
  const { since, ageDays } = await program.identity.keyStatus()
  program.clock.advance(75 * 86_400_000)
  expect(await program.identity.keyStatus()).toMatchObject({ since, ageDays: ageDays + 75 })
})
