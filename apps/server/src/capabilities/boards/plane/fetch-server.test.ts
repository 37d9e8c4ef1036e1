import { encodeCanonical } from '@stoa/records'
import { expect, test } from 'vitest'
import { Budget } from './budget.ts'
import { fetchServer } from './fetch-server.ts'
import { contentOf } from './testing/cluster.ts'
import { MemoryShelves } from './testing/memory-shelves.ts'
import { silentCounters } from './testing/silent.ts'
import { decodeFetchResponse, encodeFetchRequest } from './wire.ts'

/** A node that gives one peer two requests and a thousand bytes a second, and what it answers to whom. */
function giver() {
  const shelves = new MemoryShelves('here')
  const clock = { now: 0 }
  const handle = fetchServer({
    blobs: shelves,
    members: { isMember: (peer) => peer === 'member', onMembershipChange: () => () => {} },
    budget: new Budget(() => ({ requestsPerSecond: 2, bytesPerSecond: 1000 })),
    counters: silentCounters,
    scheduler: { now: () => clock.now, after: () => () => {} },
  })
  const send = (peer: string, body: Uint8Array) =>
    handle({ peer, body, signal: new AbortController().signal })
  const ask = async (peer: string, digest: string) => {
    const answer = await send(peer, encodeFetchRequest({ digest, requestId: 1 }))
    return decodeFetchResponse(new Uint8Array(Buffer.concat([answer].flat())))
  }
  const has = (bytes: Uint8Array) => {
    const { content, manifest } = contentOf(bytes)
    shelves.add(bytes, content, manifest)
    return { ...content, manifest }
  }
  return { clock, send, ask, has }
}

test('FETCH-1: content up to 1 MiB is given whole; larger by its manifest', async () => {
  const { ask, has, clock } = giver()
  const small = has(new Uint8Array([1, 2, 3]))
  expect((await ask('member', small.digest)).body).toEqual(Uint8Array.of(1, 2, 3))
  clock.now += 1_000
  const large = has(new Uint8Array(1_048_577))
  expect((await ask('member', large.digest)).body).toEqual(large.manifest)
})

test('FETCH-4: members are given what is here; others are told of what no public board names as of what is not here', async () => {
  const { ask, has } = giver()
  const { digest } = has(new Uint8Array([1, 2, 3]))
  const nowhere = 'f'.repeat(64)
  expect((await ask('member', digest)).body).toHaveLength(3)
  expect((await ask('member', nowhere)).body).toBeUndefined()
  expect(await ask('stranger', digest)).toEqual({ digest, requestId: 1, body: undefined })
  expect(await ask('stranger', nowhere)).toEqual({ digest: nowhere, requestId: 1, body: undefined })
})

test('FETCH-5: beyond the budget for a peer, in requests or in bytes, it refuses until that is made good', async () => {
  const { ask, has, clock } = giver()
  const { digest } = has(new Uint8Array(2_500))
  const limited = { reason: 'rate_limited' }
  expect((await ask('greedy', digest)).body).toBeUndefined()
  expect((await ask('greedy', digest)).body).toBeUndefined()
  await expect(ask('greedy', digest)).rejects.toMatchObject(limited)
  expect((await ask('member', digest)).body, 'another peer has a budget of its own').toHaveLength(2_500)
  clock.now += 1_000
  expect((await ask('greedy', digest)).body).toBeUndefined()
  await expect(ask('member', digest)).rejects.toMatchObject(limited)
  clock.now += 1_000
  expect((await ask('member', digest)).body).toHaveLength(2_500)
})

test('FETCH-5: what is no request is refused as malformed', async () => {
  const { send } = giver()
  for (const body of [new Uint8Array(0), Uint8Array.of(0xff), encodeCanonical({ content_cid: 'x' })])
    await expect(send('member', body)).rejects.toMatchObject({ reason: 'malformed' })
})
