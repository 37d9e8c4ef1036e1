import { BlockStorage } from '@stoa/reconcile'
import { authorOf, issueRecord, type ReadRecord } from '@stoa/records'
import { expect, test } from 'vitest'
import { nativeSignatures } from '../signatures.ts'
import { SimulatedCluster, type SimulatedNode } from './testing/cluster.ts'
import { heldOf, recordHolder, type SyncBehaviour } from './testing/record-holder.ts'
import { scriptedNode } from './testing/scripted-node.ts'

/** What a node says of how far it is behind, where peers say one thing and do another. */

function boardAt(createdAt: number, title: string): ReadRecord {
  const author = authorOf(new Uint8Array(32).fill(7))
  const head = { board: null, createdAt, after: [] }
  return issueRecord(author, head, { kind: 'board', title, access: 'open' }, nativeSignatures())
}

/** One node of the cluster, and others that behave as told. */
async function nodeBeside() {
  const cluster = new SimulatedCluster(1, 3)
  await cluster.start()
  const [here] = cluster.nodes as [SimulatedNode]
  const beside = async (name: string, sync: SyncBehaviour) => {
    const host = scriptedNode(cluster.network, name, { sync })
    await cluster.time.until(host.dial([`/memory/${here.name}/p2p/${here.name}`]))
  }
  const stateOf = (name: string) => here.plane!.states.all().find(({ peer }) => peer === name)
  return { cluster, here, beside, stateOf }
}

test('who is left alone is not compared with, and nothing says that it was', async () => {
  const { cluster, here, beside, stateOf } = await nodeBeside()
  await beside('garbles', () => Uint8Array.of(1))
  await cluster.time.advance(10_000)
  expect(here.plane!.scores.isAside('garbles', cluster.time.now())).toBe(true)
  await cluster.time.advance(300_000)
  expect(stateOf('garbles')).toMatchObject({ lastSyncAt: undefined, lastError: 'sync.malformed' })
})

test('with nobody but a liar there is a lag, and it grows', async () => {
  const { cluster, here, beside } = await nodeBeside()
  let honest = true
  const holder = recordHolder([])
  await beside('garbles', (request) => (honest ? holder(request) : Uint8Array.of(1)))
  await cluster.time.advance(5_000)
  expect(here.plane!.lagSeconds).toBe(0)
  honest = false
  await cluster.time.advance(120_000)
  const lag = here.plane!.lagSeconds
  expect(lag).toBeGreaterThan(80)
  await cluster.time.advance(60_000)
  expect(here.plane!.lagSeconds).toBe(lag! + 60)
})

test('once it lied about content, it is not in step any more, whatever it said before', async () => {
  const { cluster, here, beside } = await nodeBeside()
  await beside('turns', recordHolder([]))
  await cluster.time.advance(5_000)
  expect(here.plane!.lagOf('turns')).toBe(0)
  for (const deed of ['lied', 'lied'] as const) here.plane!.scores.note('turns', deed, cluster.time.now())
  await cluster.time.advance(60_000)
  expect(here.plane!.lagOf('turns')).toBeGreaterThanOrEqual(60)
})

test('what one that is gone had and another brought is not missing any more', async () => {
  const { cluster, here, beside, stateOf } = await nodeBeside()
  const record = boardAt(cluster.time.now(), 'Brought')
  const silent = () => new Promise<Uint8Array>(() => {})
  await beside('goes', recordHolder([heldOf(record)], { on: { records: silent } }))
  await cluster.time.advance(2_000)
  expect(here.plane!.missingRecords).toBe(1)
  cluster.network.stop('goes')
  expect(here.plane!.missingRecords).toBe(1)
  await beside('brings', recordHolder([heldOf(record)]))
  await cluster.time.advance(2_000)
  expect([stateOf('goes')?.missing, here.plane!.missingRecords, here.plane!.lagSeconds]).toEqual([1, 0, 0])
})

test('SYNC-5: records that are dated ahead are no error, and come when their time is there', async () => {
  const { cluster, here, beside, stateOf } = await nodeBeside()
  const dates = [0, 600_000, 601_000].map((ahead) => boardAt(cluster.time.now() + ahead, `+${ahead}`))
  await beside('ahead', recordHolder(dates.map(heldOf)))
  await cluster.time.advance(60_000)
  expect(here.shelves.size).toBe(1)
  expect(stateOf('ahead')).toMatchObject({ missing: 2, lastError: undefined })
  expect(here.plane!.lagSeconds).toBeGreaterThanOrEqual(60)
  await cluster.time.advance(300_000)
  expect([here.shelves.size, here.plane!.lagSeconds]).toEqual([3, 0])
})

test('records that are claimed and do not come are an error, be they few; what does come is kept', async () => {
  const { cluster, here, beside, stateOf } = await nodeBeside()
  const [lost, kept, ahead] = [0, 1000, 600_000].map((ms) =>
    heldOf(boardAt(cluster.time.now() + ms, `+${ms}`)),
  ) as [ReturnType<typeof heldOf>, ReturnType<typeof heldOf>, ReturnType<typeof heldOf>]
  const rest = recordHolder([kept, ahead])
  await beside('lost one', recordHolder([lost, kept, ahead], { on: { records: rest } }))
  await cluster.time.advance(120_000)
  expect(here.shelves.size).toBe(1)
  expect(stateOf('lost one')).toMatchObject({ missing: 2, lastError: 'sync.incomplete' })
  expect(here.plane!.scores.isAside('lost one', cluster.time.now())).toBe(false)
})

test('SYNC-3: a record from ahead of the clock that nobody asked for is one that nobody asked for', async () => {
  const { cluster, beside, stateOf } = await nodeBeside()
  const asked = heldOf(boardAt(cluster.time.now(), 'asked'))
  const other = recordHolder([heldOf(boardAt(cluster.time.now() + 600_000, 'other'))])
  const all: SyncBehaviour = (request) =>
    request.op === 'records' ? other({ op: 'records', ids: [otherId] }) : Uint8Array.of()
  const otherId = boardAt(cluster.time.now() + 600_000, 'other').id
  await beside('brings another', recordHolder([asked], { on: { records: all } }))
  await cluster.time.advance(2_000)
  expect(stateOf('brings another')).toMatchObject({ lastError: 'sync.not_asked' })
})

test('with a new node that has nothing yet it compares from time to time, not without end', async () => {
  const { cluster, here, beside, stateOf } = await nodeBeside()
  const index = new BlockStorage()
  for (let n = 0; n < 100_001; n++) {
    const id = new Uint8Array(32)
    new DataView(id.buffer).setUint32(0, n)
    index.insert(1_700_000_000 + n, id)
  }
  here.shelves.index = async () => index
  const holder = recordHolder([])
  const sessions = new Set<number>()
  await beside('new', (request) => {
    if (request.op === 'reconcile') sessions.add(request.session)
    return holder(request)
  })
  await cluster.time.advance(1_500)
  expect(sessions.size).toBe(1)
  // It is not known that nothing is missing.
  expect(stateOf('new')).toMatchObject({ inStep: false, missing: 1, lastError: undefined })
  await cluster.time.advance(3_000)
  expect([2, 3, 4]).toContain(sessions.size)
})
