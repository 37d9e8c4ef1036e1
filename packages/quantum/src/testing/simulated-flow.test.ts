import type { LinkOptions } from '@stoa/testkit/netlab/memory-link'
import { Simulation } from '@stoa/testkit/netlab/simulation'
import { expect, test } from 'vitest'
import { bbr } from '../congestion/bbr/bbr.ts'
import type { Pauses } from './paused-host.ts'
import { SimulatedFlow, simulatedPath } from './simulated-flow.ts'

const MBIT_100: Pick<LinkOptions, 'seed' | 'rateMbit'> = { seed: 7, rateMbit: 100 }

/** Share of the link's rate that arrived, headers taken off, and packets that found the queue full, between 2 s and 6 s. */
function steadyShare(
  link: Omit<LinkOptions, 'seed'>,
  pauses?: Pauses,
): { share: number; queueDrops: number } {
  const simulation = new Simulation()
  const path = simulatedPath(simulation, { ...MBIT_100, ...link })
  const flow = new SimulatedFlow(path, bbr, { pauses })
  flow.start()
  simulation.run(2000)
  const before = flow.delivered
  const dropsBefore = path.forward.counts.queueDrops
  simulation.run(6000)
  const mbit = ((flow.delivered - before) * 8) / 4000 / 1000
  return { share: mbit / (link.rateMbit ?? 100), queueDrops: path.forward.counts.queueDrops - dropsBefore }
}

test.each<[string, Omit<LinkOptions, 'seed'>, number]>([
  ['a clean path', { delayMs: 20 }, 0.95],
  ['1 % loss', { delayMs: 20, loss: 0.01 }, 0.93],
  ['5 % loss', { delayMs: 20, loss: 0.05 }, 0.85],
  ['10 % loss', { delayMs: 20, loss: 0.1 }, 0.8],
  ['5 % loss in bursts', { delayMs: 20, loss: 0.05, burst: 4 }, 0.85],
  ['200 ms', { delayMs: 100 }, 0.9],
  ['200 ms and 5 % loss', { delayMs: 100, loss: 0.05 }, 0.85],
])('BBR fills %s', (_, link, least) => {
  expect(steadyShare(link).share).toBeGreaterThan(least)
})

test('BBR does not collapse at a shallow queue, nor drown it', () => {
  const { share, queueDrops } = steadyShare({ delayMs: 20, queueBytes: 125_000 })
  expect(share).toBeGreaterThan(0.9)
  expect(queueDrops).toBeLessThan(500)
})

test('a queue so shallow that nothing queues is congestion all the same', () => {
  const { share, queueDrops } = steadyShare({ delayMs: 20, queueBytes: 25_000 })
  expect(share).toBeGreaterThan(0.85)
  // Of about 35,000 packets.
  expect(queueDrops).toBeLessThan(1300)
})

// Means, of both processes: a busy machine, and one shared by too many.
test.each<[string, number, Pauses, number]>([
  ['2 ms every 20 ms', 0, { everyMs: 20, forMs: 2 }, 0.94],
  ['5 ms every 50 ms', 0, { everyMs: 50, forMs: 5 }, 0.94],
  ['5 ms every 50 ms, 5 % loss', 0.05, { everyMs: 50, forMs: 5 }, 0.88],
  ['10 ms every 50 ms', 0, { everyMs: 50, forMs: 10 }, 0.82],
])('CC-2 processes that pause for %s still fill the path', (_, loss, pauses, least) => {
  expect(steadyShare({ delayMs: 20, loss }, pauses).share).toBeGreaterThan(least)
})
