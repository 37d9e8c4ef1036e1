import { createHash } from 'node:crypto'
import { BlockStorage, Initiator } from '@stoa/reconcile'
import { decodeCanonical, encodeCanonical } from '@stoa/records'
import { expect, test } from 'vitest'
import { Budget } from './budget.ts'
import { SyncServer } from './sync-server.ts'
import { SimulatedCluster, type SimulatedNode } from './testing/cluster.ts'
import { MemoryShelves } from './testing/memory-shelves.ts'
import { recordHolder } from './testing/record-holder.ts'
import { scriptedNode } from './testing/scripted-node.ts'
import { silentCounters } from './testing/silent.ts'
import { decodeRecords, encodeSyncRequest, SYNC_PROTOCOL } from './wire.ts'

const IDS = 8000
const MILLION = 1_000_000
/** LIMIT-3 of reconcile. */
const MOST_LISTED = 131_072

/** A frame that lists ids of everything there is, none of which anybody has: ids from `from` on. */
function listing(from: number): Uint8Array {
  const frame = new Uint8Array(6 + IDS * 32)
  frame.set([0x61, 0, 0, 2, 0x80 | (IDS >> 7), IDS & 0x7f])
  const view = new DataView(frame.buffer)
  for (let n = 0; n < IDS; n++) view.setUint32(6 + n * 32, from + n)
  return frame
}

const asking = (session: number, message: Uint8Array) =>
  encodeSyncRequest({ op: 'reconcile', session, message })

/** Everything that can be reached: each number, text and byte counts as one. */
function held(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1
  if (ArrayBuffer.isView(value)) return value.byteLength
  const parts = value instanceof Map || value instanceof Set ? [...value] : Object.values(value)
  return parts.reduce<number>((sum, part) => sum + held(part), 0)
}

function server() {
  const lies: string[] = []
  const shelves = new MemoryShelves('here')
  const server = new SyncServer({
    ...{ records: shelves, counters: silentCounters, scheduler: { now: () => 0, after: () => () => {} } },
    members: { isMember: (peer) => peer !== 'stranger', onMembershipChange: () => () => {} },
    budget: new Budget(() => ({ requestsPerSecond: 1e6, bytesPerSecond: 1e12 })),
    onPushed: async () => {},
    onReaches: async () => {},
    onLie: (peer, reason) => lies.push(`${peer}: ${reason}`),
  })
  const ask = (peer: string, body: Uint8Array) =>
    server.handle({ peer, body, signal: new AbortController().signal })
  return { server, shelves, lies, ask }
}

test('SYNC-2: ranges are over seconds and ids, in frames of 64 KiB; another number is another session', async () => {
  const { server: asked, shelves, ask } = server()
  const index = new BlockStorage()
  const theirs = new BlockStorage()
  for (let n = 0; n < 20_000; n++) {
    const id = new Uint8Array(createHash('sha256').update(`${n}`).digest())
    ;(n % 8 === 0 ? index : theirs).insert(1_700_000_000 + n, id)
  }
  shelves.index = async () => index
  const initiator = new Initiator(theirs, { frameLimit: 65_536 })
  const sizes: number[] = []
  let need = 0
  for (let message: Uint8Array | undefined = initiator.initiate(); message; ) {
    const { message: answer } = decodeCanonical(await ask('asks', asking(5, message)), 1e6) as {
      message: Uint8Array
    }
    sizes.push(message.length, answer.length)
    const progress = initiator.reconcile(answer)
    need += progress.need.length
    message = progress.message
  }
  expect(need).toBe(2_500)
  expect(Math.max(...sizes)).toBeLessThanOrEqual(65_536)
  expect(Math.max(...sizes)).toBeGreaterThan(60_000)
  expect(asked.sessions.get('asks')).toMatchObject({ id: 5, tally: { rounds: sizes.length / 2 } })
  await ask('asks', asking(6, Uint8Array.of(0x61)))
  expect(asked.sessions.get('asks')).toEqual({ id: 6, tally: { rounds: 1, listed: 0 } })
})

test('SYNC-3: records by their ids: what is not here is left out, what does not fit into 512 KiB is for the next time', async () => {
  const { shelves, ask } = server()
  const records = new Map(
    Array.from({ length: 40 }, (_, n) => [`${n}`.padStart(64, '0'), new Uint8Array(16_000).fill(n)]),
  )
  shelves.read = async (ids) => ids.flatMap((id) => records.get(id) ?? [])
  const answered = async (ids: readonly string[]) =>
    decodeRecords(await ask('asks', encodeSyncRequest({ op: 'records', ids })))
  const ids = [...records.keys()]
  const first = await answered(['f'.repeat(64), ...ids])
  expect(first).toEqual([...records.values()].slice(0, 32))
  expect(first.reduce((sum, { length }) => sum + length, 0)).toBeLessThanOrEqual(524_288)
  expect(await answered(ids.slice(first.length))).toEqual([...records.values()].slice(32))
})

test('SYNC-8: asked about a million ids that nobody has, it keeps three numbers, and refuses at the limit', async () => {
  const { server: asked, lies, ask } = server()
  let [listed, most] = [0, 0]
  let refused: unknown
  while (listed < MILLION && !refused) {
    await ask('asks', asking(1, listing(listed))).catch((error: unknown) => {
      refused = error
    })
    listed += IDS
    most = Math.max(most, held(asked.sessions))
  }
  expect(refused).toMatchObject({ reason: 'limit_exceeded' })
  expect(listed).toBeGreaterThan(MOST_LISTED)
  expect(listed).toBeLessThanOrEqual(MOST_LISTED + IDS)
  // Its name and three numbers.
  expect(most).toBe(4)
  expect(asked.sessions.size).toBe(0)
  expect(lies).toEqual(['asks: reconcile.limit_exceeded'])
})

test('SYNC-8: what it holds itself may be listed to it as well', async () => {
  const { shelves, ask, lies } = server()
  const index = new BlockStorage()
  shelves.index = async () => index
  for (let n = 0; n < 20_000; n++)
    index.insert(1_700_000_000 + n, new Uint8Array(createHash('sha256').update(`${n}`).digest()))
  const frames = Math.floor((MOST_LISTED + 20_000) / IDS)
  for (let n = 0; n < frames; n++) await ask('asks', asking(1, listing(n * IDS)))
  expect(lies).toEqual([])
  await expect(ask('asks', asking(1, listing(0)))).rejects.toMatchObject({ reason: 'limit_exceeded' })
})

test('SYNC-8: rounds without end and frames that are too long are refused, and no more peers are remembered than 256', async () => {
  const { server: asked, lies, ask } = server()
  const nothing = Uint8Array.of(0x61)
  for (let round = 0; round < 4096; round++) await ask('asks', asking(1, nothing))
  await expect(ask('asks', asking(1, nothing))).rejects.toMatchObject({ reason: 'limit_exceeded' })
  const long = new Uint8Array(262_145).fill(0x61)
  await expect(ask('shouts', asking(1, long))).rejects.toMatchObject({ reason: 'limit_exceeded' })
  expect(lies).toEqual(['asks: reconcile.limit_exceeded', 'shouts: reconcile.limit_exceeded'])
  for (let n = 0; n < 300; n++) await ask(`peer ${n}`, asking(n, nothing))
  expect(asked.sessions.size).toBe(256)
  expect(held(asked.sessions)).toBe(256 * 4)
})

test('SYNC-8: noise in place of a message is refused, and no lie: it may be a newer build', async () => {
  const { lies, ask } = server()
  await expect(ask('asks', asking(1, Uint8Array.of(0x61, 0xff)))).rejects.toMatchObject({
    reason: 'malformed',
  })
  await expect(ask('asks', encodeCanonical({ op: 'sing' }))).rejects.toMatchObject({ reason: 'malformed' })
  expect(lies).toEqual([])
})

test('SYNC-8: a session goes on with what the peer may see now', async () => {
  const { shelves, ask } = server()
  const id = new Uint8Array(32).fill(1)
  const everything = Uint8Array.of(0x61, 0, 0, 2, 0)
  const [open, closed] = [new BlockStorage(), new BlockStorage()]
  open.insert(1_700_000_000, id)
  shelves.index = async () => open
  const seen = async () => Buffer.from(await ask('stranger', asking(1, everything))).includes(Buffer.from(id))
  expect(await seen()).toBe(true)
  shelves.index = async () => closed
  expect(await seen()).toBe(false)
})

test('SYNC-8: the score of who asks so falls, and diagnostics say why; of a stranger they say nothing', async () => {
  const cluster = new SimulatedCluster(1, 3)
  await cluster.start()
  const [here] = cluster.nodes as [SimulatedNode]
  const flood = async (name: string) => {
    const host = scriptedNode(cluster.network, name, { sync: recordHolder([]) })
    await cluster.time.until(host.dial([`/memory/${here.name}/p2p/${here.name}`]))
    await cluster.time.advance(5_000)
    const ask = (from: number) => host.request(here.name, SYNC_PROTOCOL, asking(7, listing(from)))
    for (let from = 0; from < MILLION; from += IDS) {
      const error = await cluster.time.until(
        ask(from).then(
          () => undefined,
          (thrown: unknown) => thrown,
        ),
      )
      if (error) return error
      await cluster.time.advance(1_000)
    }
    return undefined
  }
  const stateOf = (name: string) => here.plane!.states.all().find(({ peer }) => peer === name)
  const refused = { code: 'peers.refused', details: { reason: 'limit_exceeded' } }
  expect(await flood('floods')).toMatchObject(refused)
  expect(here.plane!.scores.scoreOf('floods')).toBe(-10)
  expect(stateOf('floods')).toMatchObject({ lastError: 'reconcile.limit_exceeded' })
  expect(here.lines.find(({ action }) => action === 'sync_refused')).toEqual({
    ...{ action: 'sync_refused', peer: 'floods', reason: 'reconcile.limit_exceeded' },
  })
  cluster.strangers.add('stranger')
  expect(await flood('stranger')).toMatchObject(refused)
  expect(here.plane!.scores.scoreOf('stranger')).toBe(-10)
  expect(stateOf('stranger')).toBeUndefined()
})
