import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { decodeFetchRequest, encodeFetchResponse } from '@stoa/server/capabilities/boards/plane/wire.ts'
import { PeerRefusal } from '@stoa/server/platform/peers/errors.ts'
import { MemoryNetwork } from '@stoa/server/platform/peers/memory-network.ts'
import type { PeerHost } from '@stoa/server/platform/peers/peers.ts'
import { type Scheduler, systemScheduler } from '@stoa/server/platform/peers/scheduler.ts'
import { type SignedTenant, signedTenant } from '@stoa/testkit/members'
import { startProgram, type TestProgram } from '@stoa/testkit/program'
import { until } from '@stoa/testkit/until'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'

/** Every cause that docs/runbook/boards.md names for "the detail does not open": made here, and found where it says. */
const scheduler: Scheduler = {
  now: () => systemScheduler.now(),
  after: (ms, run) => systemScheduler.after(ms / 20, run),
}
const network = new MemoryNetwork({ scheduler, latencyMs: [0, 1] })
const FETCH = '/aegis/content-fetch/1.0.0'
const LIMITS = { requestBytes: 4096, answerBytes: 4_194_304, concurrentPerPeer: 64, deadlineMs: 120_000 }

let stoa: TestProgram
let people: SignedTenant
let other: PeerHost
beforeAll(async () => {
  const host = network.node('here')
  const members = { isMember: () => true, onMembershipChange: () => () => {} }
  stoa = await startProgram({ overrides: { house: { boardNetwork: { network: host, members, scheduler } } } })
  people = await signedTenant(stoa, 'Ours')
  const replicating = async () => (await people.owner.client.call('getContentDiagnostics')).replicating
  await until('boards are replicated', replicating)
})
afterAll(() => stoa?.close())
afterEach(() => network.stop('there'))

async function connected(answer?: (body: Uint8Array) => Promise<Uint8Array>): Promise<void> {
  other = network.node('there')
  if (answer) other.handle(FETCH, ({ body }) => answer(body), LIMITS)
  await other.dial(['/memory/here/p2p/here'])
}

/** A post whose body this node has lost; 90 kB, so that it belongs into blob storage. */
async function lostPost() {
  const { client } = people.member
  const board = await client.call('createBoard', { body: { title: 'Reading group' } })
  const text = '书'.repeat(30_000)
  const post = await client.call('createPost', {
    path: { board_id: board.id },
    body: { title: 'Lost', text },
  })
  await stoa.db.sql('update stoa.content_blobs set bytes = null, whole = false, authored = false')
  const path = { board_id: board.id, post_id: post.id }
  return { path, cid: post.content_cid, text }
}

const open = (path: { board_id: string; post_id: string }) => people.member.client.call('fetchPost', { path })

const never = () => new Promise<Uint8Array>(() => {})
const refuse = (reason: string) => async (): Promise<Uint8Array> => {
  throw new PeerRefusal(reason, 'No.')
}
const answering = (sent: Uint8Array | undefined) => async (body: Uint8Array) =>
  encodeFetchResponse({ ...decodeFetchRequest(body), body: sent })

describe('the detail does not open', () => {
  test.each<[string, ((body: Uint8Array) => Promise<Uint8Array>) | undefined]>([
    ['not_found', answering(undefined)],
    ['wrong_bytes', answering(new Uint8Array(8))],
    ['too_large', async () => new Uint8Array(3_000_000)],
    ['timeout', never],
    ['refused', refuse('not_a_member')],
    ['busy', refuse('rate_limited')],
    ['failed', undefined],
  ])('%s', async (reason, behave) => {
    const { path, cid } = await lostPost()
    await connected(behave)
    const state = await until('the reason', async () => {
      const { state, reason } = await open(path)
      return state === 'unavailable' && reason !== 'no_peers' && { state, reason }
    })
    expect(state).toEqual({ state: 'unavailable', reason })
    const { items } = await people.owner.client.call('listContentFetches')
    const fetch = items.find((one) => one.content_cid === cid)
    expect(fetch).toMatchObject({ outcome: 'failed', reason })
    expect(fetch?.attempts[0]).toMatchObject({ peer_id: 'there', reason })
    const read = await people.member.client.call('getPost', { path })
    expect(read.body).toMatchObject({ state: 'unavailable', reason, text: null })
  })

  test('no_peers', async () => {
    const { path } = await lostPost()
    expect(await open(path)).toEqual({ state: 'unavailable', reason: 'no_peers' })
    const { peers, node_id } = await people.owner.client.call('getContentDiagnostics')
    expect([node_id, peers.every((one) => one.path === null)]).toEqual(['here', true])
  })

  test('deleted', async () => {
    const { path } = await lostPost()
    await people.member.client.call('deletePost', { path })
    expect(await open(path)).toEqual({ state: 'unavailable', reason: 'deleted' })
  })

  test('local_failure: it came, and the disk does not take it', async () => {
    const { path, text } = await lostPost()
    const blobs = join(stoa.dataDir, 'blobs')
    await rm(blobs, { recursive: true, force: true })
    await writeFile(blobs, 'not a folder')
    const bytes = new TextEncoder().encode(text)
    await connected(answering(bytes))
    expect(await open(path)).toEqual({ state: 'unavailable', reason: 'local_failure' })
    await rm(blobs)
    expect(await open(path)).toEqual({ state: 'present', reason: null })
    expect((await people.member.client.call('getPost', { path })).body.text).toBe(text)
  })
})

test('the runbook names every reason, and the alerts every series that there is', async () => {
  const file = (path: string) => readFile(new URL(`../../../${path}`, import.meta.url), 'utf8')
  const runbook = await file('docs/runbook/boards.md')
  const contract = await file('contracts/api/v1/boards.yaml')
  const reasons = /enum: \[ (no_peers[^\]]*) \]/.exec(contract)?.[1]?.split(', ') ?? []
  expect(reasons.length).toBeGreaterThan(8)
  for (const reason of reasons) expect(runbook).toContain(`\`${reason.trim()}\``)
  const answer = await fetch(new URL('/metrics', stoa.url))
  const series = await answer.text()
  for (const [name] of (await file('deploy/prometheus/boards.rules.yaml')).matchAll(/stoa_[a-z0-9_]+/g))
    expect(series).toContain(name)
})
