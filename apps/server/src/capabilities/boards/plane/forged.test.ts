import { createHash } from 'node:crypto'
import { authorOf, decodeCanonical, encodeCanonical, issueRecord } from '@stoa/records'
import { expect, test } from 'vitest'
import { nativeSignatures } from '../signatures.ts'
import { SimulatedCluster, type SimulatedNode } from './testing/cluster.ts'
import { type Held, heldOf, recordHolder, type SyncBehaviour } from './testing/record-holder.ts'
import { scriptedNode } from './testing/scripted-node.ts'
import { encodeSyncRequest, SYNC_PROTOCOL } from './wire.ts'

const signatures = nativeSignatures()
const author = authorOf(new Uint8Array(32).fill(11))

function genuine(createdAt: number, title = `at ${createdAt}`): Held {
  const head = { board: null, createdAt, after: [] }
  return heldOf(issueRecord(author, head, { kind: 'board', title, access: 'open' }, signatures))
}

const named = (createdAt: number, bytes: Uint8Array): Held => ({
  ...{ bytes, createdAt },
  id: createHash('sha256').update(bytes).digest('hex'),
})

/** The same record with another title, under the signature that it had. */
function forged(createdAt: number): Held {
  const { bytes } = genuine(createdAt)
  const fields = decodeCanonical(bytes, bytes.length) as Record<string, never>
  return named(createdAt, encodeCanonical({ ...fields, title: 'Signed by nobody' }))
}

async function nodeBeside(seed = 3) {
  const cluster = new SimulatedCluster(1, seed)
  await cluster.start()
  const [here] = cluster.nodes as [SimulatedNode]
  const plane = here.plane!
  const beside = async (name: string, sync: SyncBehaviour) => {
    const host = scriptedNode(cluster.network, name, { sync })
    await cluster.time.until(host.dial([`/memory/${here.name}/p2p/${here.name}`]))
    return host
  }
  return {
    ...{ cluster, here, beside },
    stateOf: (name: string) => plane.states.all().find(({ peer }) => peer === name),
    scoreOf: (name: string) => plane.scores.scoreOf(name),
    isAside: (name: string) => plane.scores.isAside(name, cluster.time.now()),
  }
}

const SECONDS = Array.from({ length: 600 }, (_, n) => n * 1000)

test.each([
  ['by its id', []],
  ['by the range', SECONDS],
])('SYNC-5: who brings a forged record %s loses by it, and what is genuine stays', async (_, more) => {
  const { cluster, here, beside, stateOf, scoreOf, isAside } = await nodeBeside()
  const now = cluster.time.now() - 1_000_000
  const good = [...more, 700_000].map((ms) => genuine(now + ms))
  const bad = forged(now + 710_000)
  let asked = 0
  const held = recordHolder([...good, bad])
  await beside('forges', (request) => {
    if (request.op === 'records' && request.ids.includes(bad.id)) asked++
    return held(request)
  })
  await cluster.time.advance(900)
  expect(stateOf('forges')).toMatchObject({ lastError: 'sync.forged' })
  expect(scoreOf('forges')).toBe(-10)
  expect(here.lines.filter(({ action }) => action === 'records_refused')).toEqual([
    { action: 'records_refused', peer: 'forges', count: 1, first: bad.id },
  ])
  await cluster.time.advance(60_000)
  expect(here.shelves.size).toBe(good.length)
  expect([asked, scoreOf('forges')]).toEqual([more.length > 0 ? 0 : 1, -10])
  expect(isAside('forges')).toBe(false)
})

test('SYNC-5: who forges again and again is left alone, and each time the first of many is enough', async () => {
  const { cluster, here, beside, stateOf, isAside } = await nodeBeside()
  const now = cluster.time.now() - 1_000_000
  const bad = Array.from({ length: 2500 }, (_, n) => named(now + n, new TextEncoder().encode(`noise ${n}`)))
  // As few as are asked for by their ids.
  const held = recordHolder(bad, { hello: { records: 100 } })
  let questions = 0
  await beside('forges', (request) => {
    if (request.op === 'records') questions++
    return held(request)
  })
  await cluster.time.advance(30_000)
  expect(stateOf('forges')).toMatchObject({ lastError: 'sync.forged' })
  expect(isAside('forges')).toBe(true)
  expect(here.shelves.size).toBe(0)
  // Two are on their way at once.
  expect(questions).toBe(4)
})

test('SYNC-4: who pushes forged records loses by it, and diagnostics say so', async () => {
  const { cluster, beside, stateOf, scoreOf } = await nodeBeside()
  const host = await beside('pushes', recordHolder([]))
  await cluster.time.advance(5_000)
  const records = [forged(cluster.time.now()).bytes]
  await cluster.time.until(host.request('node-0', SYNC_PROTOCOL, encodeSyncRequest({ op: 'push', records })))
  expect(stateOf('pushes')).toMatchObject({ lastError: 'sync.forged' })
  expect(scoreOf('pushes')).toBe(-10)
})

test('SYNC-5: the forged beginning of a board is held against who brings it', async () => {
  const { cluster, beside, stateOf } = await nodeBeside()
  const now = cluster.time.now() - 1_000_000
  const bad = forged(now)
  const on = { board: bad.id, createdAt: now + 1000, after: [] }
  const post = heldOf(issueRecord(author, on, { kind: 'delete', target: bad.id }, signatures))
  await beside('forges', recordHolder([post], { on: { records: recordHolder([post, bad]) } }))
  await cluster.time.advance(900)
  expect(stateOf('forges')).toMatchObject({ lastError: 'sync.forged' })
})

test('SYNC-5: records of a later version are passed over, and are no lie', async () => {
  const { cluster, here, beside, stateOf, scoreOf } = await nodeBeside()
  const now = cluster.time.now() - 1_000_000
  const later = [1, 2, 3].map((n) => named(now, encodeCanonical({ v: 2, kind: 'poll', n })))
  const held = [genuine(now + 1000), ...later]
  const host = await beside('newer', recordHolder(held))
  const records = later.map(({ bytes }) => bytes)
  await cluster.time.until(host.request('node-0', SYNC_PROTOCOL, encodeSyncRequest({ op: 'push', records })))
  await cluster.time.advance(60_000)
  expect(here.shelves.size).toBe(1)
  expect(stateOf('newer')).toMatchObject({ lastError: undefined })
  expect(scoreOf('newer')).toBe(0)
})

test('who is slow, silent or fails for an hour is not put aside for it', async () => {
  const { cluster, beside, isAside, scoreOf } = await nodeBeside()
  const nothing = recordHolder([], { hello: { fingerprint: 'f'.repeat(32), records: 1 } })
  const later = (ms: number) => new Promise<void>((resolve) => void cluster.time.after(ms, () => resolve()))
  await beside('slow', (request) => later(14_000).then(() => nothing(request)))
  await beside('too slow', (request) => later(16_000).then(() => nothing(request)))
  await beside('silent', () => new Promise<never>(() => {}))
  await beside('fails', () => {
    throw new Error('Its database is gone.')
  })
  const everAside = new Set<string>()
  const names = ['slow', 'too slow', 'silent', 'fails']
  for (let minute = 0; minute < 60; minute++) {
    await cluster.time.advance(60_000)
    for (const name of names) if (isAside(name)) everAside.add(name)
  }
  expect([...everAside]).toEqual([])
  for (const name of names) expect(scoreOf(name), name).toBeGreaterThanOrEqual(-9)
})
