import { describe, expect, test } from 'vitest'
import type { SimulatedNode } from './testing/cluster.ts'
import { silentCounters } from './testing/silent.ts'
import { begin, storm } from './testing/storm.ts'

/** SPEC A3: a node that was away converges by itself within five minutes. */
const BOUND_MS = 300_000

describe.each([
  [3, 11, 6],
  [3, 12, 6],
  [10, 21, 5],
  [30, 31, 3],
])('%i nodes, seed %i', (size, seed, rounds) => {
  test('show the same boards after partitions, restarts and wrong clocks', { timeout: 120_000 }, async () => {
    const { cluster, boardId } = await begin(size, seed)
    await storm(cluster, boardId, rounds)
    // Clocks up to two minutes ahead: what they date in our future is taken when it is not any more.
    const took = await cluster.converged(cluster.nodes, BOUND_MS)
    expect(took).toBeLessThanOrEqual(BOUND_MS)
    const [first] = cluster.nodes as [SimulatedNode]
    expect(first.shelves.size).toBeGreaterThan(rounds * 8)
    await cluster.time.advance(40_000)
    for (const node of cluster.nodes) expect(node.plane?.lagSeconds).toBe(0)
  })
})

test('a run is repeated exactly from its seed', { timeout: 60_000 }, async () => {
  const run = async () => {
    const { cluster, boardId } = await begin(3, 77)
    await storm(cluster, boardId, 3)
    const took = await cluster.converged(cluster.nodes, BOUND_MS)
    return [took, cluster.nodes[0]?.shelves.view()]
  }
  expect(await run()).toEqual(await run())
})

test('a node that was away for a week has it all within seconds, and its lag tells the truth', async () => {
  const { cluster, boardId, owner } = await begin(3, 5)
  const [, away] = cluster.nodes as [SimulatedNode, SimulatedNode]
  expect(away.plane?.lagSeconds).toBe(0)
  await cluster.time.advance(31_000)
  away.stop()
  for (let n = 0; n < 300; n++) await owner.post(boardId, `Post ${n}`)
  const week = 7 * 86_400_000
  cluster.time.after(week, () => {})
  // Nobody else needs to be looked at while nothing happens.
  for (const node of cluster.nodes) if (node !== away) node.stop()
  await cluster.time.advance(week)
  for (const node of cluster.nodes) await node.start()
  expect(away.plane?.lagSeconds).toBeGreaterThan(week / 1000 - 60)
  await cluster.connect()
  expect(away.plane?.lagSeconds).toBeGreaterThan(week / 1000 - 60)
  const took = await cluster.converged(cluster.nodes, BOUND_MS)
  expect(took).toBeLessThan(20_000)
  await cluster.time.advance(1_000)
  expect(away.plane?.lagSeconds).toBe(0)
})

test('SYNC-6: thousands of posts come by their range, each from one peer', async () => {
  const { cluster, boardId, owner } = await begin(3, 8)
  const [, away] = cluster.nodes as [SimulatedNode, SimulatedNode]
  await cluster.time.advance(31_000)
  away.stop()
  const before = away.shelves.size
  for (let n = 0; n < 2500; n++) await owner.post(boardId, `Post ${n}`)
  await cluster.time.advance(60_000)
  const came = { new: 0, known: 0, refused: 0, ahead: 0 }
  await away.start({
    ...silentCounters,
    received: (outcome, count) => {
      came[outcome] += count
    },
  })
  await cluster.connect()
  await cluster.converged(cluster.nodes, BOUND_MS)
  expect(away.shelves.size).toBe(owner.shelves.size)
  expect(came).toMatchObject({ new: owner.shelves.size - before, refused: 0, ahead: 0 })
  expect(came.known).toBeLessThan(100)
  await cluster.time.advance(10_000)
  expect(away.plane?.lagSeconds).toBe(0)
})

test('while another has not heard that a node is a member, the node does not say that it has all', async () => {
  const { cluster, boardId, owner } = await begin(2, 9)
  const [, joined] = cluster.nodes as [SimulatedNode, SimulatedNode]
  joined.stop()
  owner.notYetMembers.add(joined.name)
  await owner.post(boardId, 'Meanwhile')
  await joined.start()
  await cluster.connect()
  await cluster.time.advance(20_000)
  expect(joined.plane?.lagSeconds).toBeGreaterThanOrEqual(20)
  owner.notYetMembers.clear()
  await cluster.time.advance(5_000)
  expect(joined.shelves.view()).toEqual(owner.shelves.view())
  expect(joined.plane?.lagSeconds).toBe(0)
})

test('cut off, a node says how long it has been so', async () => {
  const { cluster, boardId, owner } = await begin(3, 6)
  const [, cut] = cluster.nodes as [SimulatedNode, SimulatedNode]
  await cluster.time.advance(60_000)
  cluster.network.partition([cut.name])
  await cluster.time.advance(120_000)
  await owner.post(boardId, 'Unheard')
  expect(cut.plane?.lagSeconds).toBeGreaterThan(80)
  cluster.network.heal()
  await cluster.connect()
  await cluster.converged(cluster.nodes, 30_000)
  await cluster.time.advance(1_000)
  expect(cut.plane?.lagSeconds).toBe(0)
})
