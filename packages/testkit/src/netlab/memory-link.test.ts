import { expect, test } from 'vitest'
import { type LinkOptions, MemoryLink, turnOneBit } from './memory-link.ts'
import { Simulation } from './simulation.ts'

interface Arrival {
  id: number
  at: number
}

function sendAll(options: LinkOptions, count: number, size = 1200, everyMs = 0.1) {
  const simulation = new Simulation()
  const arrivals: Arrival[] = []
  const link = new MemoryLink<number>(simulation, options, (id) => arrivals.push({ id, at: simulation.now }))
  for (let id = 0; id < count; id++) simulation.at(id * everyMs, () => link.send(id, size))
  simulation.run(Number.POSITIVE_INFINITY)
  return { arrivals, counts: link.counts }
}

test('events happen in order of time, then of asking; cancelled ones do not', () => {
  const simulation = new Simulation()
  const seen: string[] = []
  simulation.at(5, () => seen.push('b'))
  simulation.at(5, () => seen.push('c'))
  simulation.after(2, () => seen.push('a'))
  simulation.at(3, () => seen.push('never'))()
  simulation.at(9, () => seen.push('late'))
  expect(simulation.run(6)).toBe(6)
  expect(seen).toEqual(['a', 'b', 'c'])
})

test('delay and serialisation are exact, the queue drops its tail', () => {
  const { arrivals, counts } = sendAll({ seed: 1, delayMs: 20, rateMbit: 8, queueBytes: 5000 }, 10, 972, 0)
  expect(arrivals.map(({ at }) => at)).toEqual([21, 22, 23, 24, 25])
  expect(counts).toMatchObject({ offered: 10, queueDrops: 5, delivered: 5, maxQueueBytes: 5000 })
})

test.each([
  [0.01, 1],
  [0.05, 1],
  [0.05, 4],
  [0.1, 8],
])('loses a share of %f in runs of %f', (loss, burst) => {
  const count = 200_000
  const { arrivals } = sendAll({ seed: 7, delayMs: 1, loss, burst }, count, 100, 0.01)
  const got = new Set(arrivals.map(({ id }) => id))
  let runs = 0
  for (let id = 0; id < count; id++) if (!got.has(id) && (id === 0 || got.has(id - 1))) runs++
  const lost = count - got.size
  expect(lost / count / loss).toBeCloseTo(1, 0.5)
  expect(lost / runs / (burst <= 1 ? 1 / (1 - loss) : burst)).toBeCloseTo(1, 0.7)
})

test('the same seed gives the same link, another seed another', () => {
  const options = { delayMs: 5, jitterMs: 2, loss: 0.1, reorder: 0.1, duplicate: 0.1 }
  const run = (seed: number) => sendAll({ seed, ...options }, 500).arrivals
  expect(run(3)).toEqual(run(3))
  expect(run(3)).not.toEqual(run(4))
})

test('jitter alone keeps order; reordering does not', () => {
  const ids = (options: Partial<LinkOptions>) =>
    sendAll({ seed: 2, delayMs: 10, ...options }, 300).arrivals.map(({ id }) => id)
  expect(ids({ jitterMs: 3 })).toEqual(ids({}))
  expect(ids({ reorder: 0.2 })).not.toEqual(ids({}))
  expect(ids({ reorder: 0.2 }).sort((a, b) => a - b)).toEqual(ids({}))
})

test('corruption turns one bit of a copy', () => {
  const simulation = new Simulation()
  const original = new Uint8Array(32)
  const arrived: Uint8Array[] = []
  const options = { seed: 1, delayMs: 1, corrupt: 1 }
  const link = new MemoryLink<Uint8Array>(
    simulation,
    options,
    (packet) => {
      arrived.push(packet)
    },
    turnOneBit,
  )
  link.send(original, original.length)
  simulation.run(10)
  const turned = arrived[0]!.reduce((sum, byte) => sum + byte.toString(2).replaceAll('0', '').length, 0)
  expect(turned).toBe(1)
  expect(original.every((byte) => byte === 0)).toBe(true)
})
