import { accessToken, accessTokens, addMember, createTenant } from '@stoa/testkit/identity'
import { startProgram, type TestProgram } from '@stoa/testkit/program'
import { afterAll, beforeAll, expect, test } from 'vitest'

let stoa: TestProgram
beforeAll(async () => {
  stoa = await startProgram({ overrides: { partial: true } })
})
afterAll(() => stoa.close())

const account = (token: string) =>
  fetch(`${stoa.url}/api/v1/account`, { headers: { authorization: `Bearer ${token}` } })

test('every role of a made organisation has a token that the program takes', async () => {
  const tenant = await createTenant(stoa.db)
  const tokens = await accessTokens(stoa, tenant)
  for (const role of ['owner', 'admin', 'member', 'guest'] as const) {
    const reply = await account(tokens[role])
    expect([reply.status, await reply.json()]).toMatchObject([200, { id: tenant[role].accountId }])
  }
  const another = await addMember(stoa.db, { tenantId: tenant.tenantId, role: 'member' })
  expect((await account(await accessToken(stoa, another))).status).toBe(200)
})

test('a token of a session that was never opened is refused', async () => {
  const { owner } = await createTenant(stoa.db)
  const sessionId = '00000000-0000-7000-8000-000000000000'
  const forged = await accessToken(stoa, { ...owner, context: { ...owner.context, sessionId } })
  expect((await account(forged)).status).toBe(401)
})
