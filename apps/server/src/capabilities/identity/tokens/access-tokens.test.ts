import { createHmac, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { ManualClock } from '@stoa/kernel'
import {
  exportJWK,
  exportSPKI,
  importJWK,
  type JWTHeaderParameters,
  type JWTPayload,
  SignJWT,
  UnsecuredJWT,
} from 'jose'
import { beforeAll, describe, expect, test } from 'vitest'
import { AccessTokens } from './access-tokens.ts'

const NOW = Date.parse('2026-11-21T08:00:00Z')
const ISSUER = 'https://read.example'
const ACCOUNT = '0193b2f0-0000-7000-8000-000000000001'
const SESSION = '0193b2f0-0000-7000-8000-000000000002'
const TENANT = '0193b2f0-0000-7000-8000-000000000003'
const claims = { accountId: ACCOUNT, sessionId: SESSION, tenant: { id: TENANT, role: 'member' as const } }

const ours = generateKeyPairSync('rsa', { modulusLength: 2048 })
const theirs = generateKeyPairSync('rsa', { modulusLength: 2048 })
const clock = new ManualClock(NOW)
let publicKey: Awaited<ReturnType<typeof importJWK>>
let tokens: AccessTokens

beforeAll(async () => {
  publicKey = await importJWK(await exportJWK(ours.publicKey), 'RS256')
  tokens = new AccessTokens({
    keys: {
      signer: async () => ({ kid: 'ours', key: ours.privateKey }),
      verifier: async (kid) => (kid === 'ours' ? publicKey : undefined),
    },
    ...{ clock, issuer: ISSUER },
  })
})

const seconds = NOW / 1000
const good: JWTPayload = {
  ...{ iss: ISSUER, aud: 'stoa', sub: ACCOUNT, sid: SESSION, tid: TENANT, role: 'member' },
  ...{ iat: seconds, exp: seconds + 900 },
}
const header: JWTHeaderParameters = { alg: 'RS256', typ: 'at+jwt', kid: 'ours' }

const sign = (
  payload: JWTPayload,
  change: Partial<JWTHeaderParameters> = {},
  key: KeyObject = ours.privateKey,
) => new SignJWT(payload).setProtectedHeader({ ...header, ...change }).sign(key)
const without = (...names: string[]): JWTPayload =>
  Object.fromEntries(Object.entries(good).filter(([name]) => !names.includes(name)))
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

test('what was issued is understood', async () => {
  const { token, expiresAt } = await tokens.issue(claims)
  expect(await tokens.verify(token)).toEqual(claims)
  expect(expiresAt.getTime()).toBe(NOW + 15 * 60_000)
  const [head = ''] = token.split('.')
  expect(JSON.parse(Buffer.from(head, 'base64url').toString())).toEqual(header)
})

test('a token without an organisation says so', async () => {
  const { token } = await tokens.issue({ ...claims, tenant: undefined })
  expect(await tokens.verify(token)).toEqual({ ...claims, tenant: undefined })
})

test('it expires after fifteen minutes, with five seconds for clocks that differ', async () => {
  const { token } = await tokens.issue(claims)
  try {
    clock.set(NOW + 904_000)
    expect(await tokens.verify(token)).toEqual(claims)
    clock.set(NOW + 906_000)
    await expect(tokens.verify(token)).rejects.toMatchObject({ status: 401, code: 'token.expired' })
  } finally {
    clock.set(NOW)
  }
})

test('a token that was seen before is refused as soon as its key is withdrawn or another', async () => {
  let key: typeof publicKey | undefined = publicKey
  const withdrawing = new AccessTokens({
    keys: { signer: async () => ({ kid: 'ours', key: ours.privateKey }), verifier: async () => key },
    ...{ clock, issuer: ISSUER },
  })
  const { token } = await withdrawing.issue(claims)
  for (let times = 0; times < 2; times++) expect(await withdrawing.verify(token)).toEqual(claims)
  key = await importJWK(await exportJWK(theirs.publicKey), 'RS256')
  await expect(withdrawing.verify(token)).rejects.toMatchObject({ code: 'token.invalid' })
  key = undefined
  await expect(withdrawing.verify(token)).rejects.toMatchObject({ code: 'token.invalid' })
})

describe('refused', () => {
  const forged: Record<string, () => Promise<string> | string> = {
    'no token': () => '',
    'not a token': () => 'a.b.c',
    'alg none': () => new UnsecuredJWT(good).encode(),
    'alg none with our header': () => `${encode({ ...header, alg: 'none' })}.${encode(good)}.`,
    'HS256 with the public key as secret': async () => {
      const secret = await exportSPKI(ours.publicKey as unknown as Parameters<typeof exportSPKI>[0])
      const signed = `${encode({ ...header, alg: 'HS256' })}.${encode(good)}`
      return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`
    },
    'another RSA algorithm with our key': () => sign(good, { alg: 'PS256' }),
    'another key under our kid': () => sign(good, {}, theirs.privateKey),
    'an unknown kid': () => sign(good, { kid: 'theirs' }, theirs.privateKey),
    'no kid': () => sign(good, { kid: undefined }),
    'a key in the header (jwk)': async () =>
      sign(good, { jwk: await exportJWK(theirs.publicKey), kid: undefined }, theirs.privateKey),
    'a key in the header under our kid': async () =>
      sign(good, { jwk: await exportJWK(theirs.publicKey) }, theirs.privateKey),
    'an address of keys (jku)': () =>
      sign(good, { jku: 'https://evil.example/jwks.json', kid: 'theirs' }, theirs.privateKey),
    'an address of certificates (x5u)': () =>
      sign(good, { x5u: 'https://evil.example/cert.pem', kid: 'theirs' }, theirs.privateKey),
    'a kid that is a path': () => sign(good, { kid: '../../dev/null' }, theirs.privateKey),
    'typ of an id token': () => sign(good, { typ: 'JWT' }),
    'no typ': () => sign(good, { typ: undefined }),
    'another issuer': () => sign({ ...good, iss: 'https://evil.example' }),
    'another audience': () => sign({ ...good, aud: 'elsewhere' }),
    'no expiry': () => sign(without('exp')),
    'no time of issue': () => sign(without('iat')),
    'no account': () => sign(without('sub')),
    'no session': () => sign(without('sid')),
    'an expiry far away': () => sign({ ...good, iat: seconds - 3600, exp: seconds + 86_400 }),
    'issued in the future': () => sign({ ...good, iat: seconds + 60, exp: seconds + 900 }),
    'not valid yet': () => sign({ ...good, nbf: seconds + 60 }),
    'a role that does not exist': () => sign({ ...good, role: 'root' }),
    'an organisation without role': () => sign(without('role')),
    'an account that is no id': () => sign({ ...good, sub: "' or 1=1" }),
    'a critical extension nobody knows': () =>
      `${encode({ ...header, crit: ['x'], x: 1 })}.${encode(good)}.AAAA`,
    'a changed payload': async () => {
      const [head, , signature] = (await sign(good)).split('.')
      return `${head}.${encode({ ...good, role: 'owner' })}.${signature}`
    },
    'a cut signature': async () => (await sign(good)).slice(0, -10),
  }
  test.each(Object.entries(forged))('%s', async (_, make) => {
    const token = await make()
    await expect(tokens.verify(token)).rejects.toMatchObject({ status: 401 })
  })
})

test('a failure to read the keys is ours, not the token’s', async () => {
  const broken = new AccessTokens({
    keys: {
      signer: async () => ({ kid: 'ours', key: ours.privateKey }),
      verifier: async () => {
        throw new Error('no database')
      },
    },
    ...{ clock, issuer: ISSUER },
  })
  const { token } = await broken.issue(claims)
  await expect(broken.verify(token)).rejects.toThrow('no database')
})
