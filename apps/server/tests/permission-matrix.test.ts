import { permissions } from '@stoa/contracts'
import type { OperationId } from '@stoa/sdk'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fixtures } from './permission-fixtures.ts'
import { ask } from './permissions/ask.ts'
import type { Call, Fixture, PrivateFixture, PublicFixture } from './permissions/fixture.ts'
import { type Caller, World } from './permissions/world.ts'

/**
 * Every operation of the contract × everybody who could call it, on the whole program: allowed callers succeed, all others
 * are refused in the way the contract says.
 */
const ROLES = ['owner', 'admin', 'member', 'guest'] as const
const ids = Object.keys(permissions) as OperationId[]
const members = ids.filter((id) => !permissions[id].public)
const everybody = ids.filter((id) => permissions[id].public)

let world: World
beforeAll(async () => {
  world = await World.create()
})
afterAll(() => world?.stoa.close())

const fixtureOf = (id: OperationId) => fixtures[id] as Fixture<OperationId>
const prepare = (id: OperationId, caller: Caller) =>
  fixtureOf(id).call(world, caller) as Promise<Call<OperationId>>
const send = (id: OperationId, call: Call<OperationId>, token: string | undefined) =>
  ask(world.stoa.url, id, call.input, token)

test('every operation of the contract has a row', () => {
  expect(ids.filter((id) => fixtures[id] === undefined)).toEqual([])
})

describe.each(members)('%s', (id) => {
  const access = permissions[id]
  const roles = access.public ? [] : access.roles

  test('nobody without a valid token', async () => {
    const call = await prepare(id, world.ours.owner)
    const answers = [
      await send(id, call, undefined),
      await send(id, call, 'garbage'),
      await send(id, call, `${world.ours.owner.token.slice(0, -8)}AAAAAAAA`),
      await send(id, call, world.expired),
    ]
    expect(answers.map(({ status, code }) => [status, code])).toEqual([
      [401, 'token.missing'],
      [401, 'token.invalid'],
      [401, 'token.invalid'],
      [401, 'token.expired'],
    ])
  })

  test("another organisation's owner", async () => {
    const call = await prepare(id, world.ours.owner)
    const { status, text } = await send(id, call, world.stranger.token)
    for (const secret of world.secrets()) if (!mentions(call, secret)) expect(text).not.toContain(secret)
    if ((fixtureOf(id) as PrivateFixture<OperationId>).stranger === 'not found') expect(status).toBe(404)
    else expect([status < 400 || status === 409, text]).toEqual([true, text])
  })

  test.each(ROLES.map((role) => [role, roles.includes(role)] as const))(
    '%s: allowed %s',
    async (role, allowed) => {
      const caller = world.ours[role]
      const call = await prepare(id, allowed ? caller : world.ours.owner)
      const { status, code, text } = await send(id, call, (allowed ? (call.as ?? caller) : caller).token)
      if (allowed) expect([status < 400, text]).toEqual([true, text])
      else expect([status, code]).toEqual([403, 'access.denied'])
    },
  )
})

describe.each(everybody)('%s is public', (id) => {
  test('the token makes no difference', async () => {
    const tokens = [undefined, 'garbage', world.expired, world.stranger.token, world.ours.guest.token]
    for (const token of tokens) {
      const call = await prepare(id, world.ours.owner)
      const { status, text } = await send(id, call, token)
      expect([status, text]).toEqual([(fixtureOf(id) as PublicFixture<OperationId>).answers, text])
    }
  })
})

/** What the request itself says may come back. */
function mentions(call: Call<OperationId>, id: string): boolean {
  return JSON.stringify(call.input).includes(id)
}
