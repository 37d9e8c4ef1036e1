import type { LinkOptions } from '@stoa/testkit/netlab/memory-link'
import { Simulation } from '@stoa/testkit/netlab/simulation'
import { expect, test } from 'vitest'
import { bbrV1 } from '../testing/bbr-v1.ts'
import { SimulatedFlow, simulatedPath } from '../testing/simulated-flow.ts'
import { bbr } from './bbr/bbr.ts'
import type { ControllerFactory } from './controller.ts'
import { cubic } from './cubic.ts'

type Starts = [controller: ControllerFactory, atMs: number][]

const SETTLED_MS = 8000
const END_MS = 26_000
const BDP = 500_000

/** Each flow's rate as a multiple of its fair share, and the use made of a link of 100 Mbit/s and RTT 40 ms. */
function sharesOf(starts: Starts, link: Partial<LinkOptions>, seed: number) {
  const simulation = new Simulation()
  const path = simulatedPath(simulation, { seed, rateMbit: 100, delayMs: 20, queueBytes: BDP, ...link })
  const flows = starts.map(([controller, at], index) => {
    const flow = new SimulatedFlow(path, controller, { seed: 10 * seed + index })
    simulation.at(at, () => flow.start())
    return flow
  })
  simulation.run(SETTLED_MS)
  const before = flows.map(({ delivered }) => delivered)
  simulation.run(END_MS)
  const rates = flows.map(({ delivered }, index) => delivered - before[index]!)
  const sum = rates.reduce((total, rate) => total + rate, 0)
  const use = (sum * 8) / (END_MS - SETTLED_MS) / 1000 / 100
  return { shares: rates.map((rate) => (rate / sum) * rates.length), use }
}

const late: [ControllerFactory, number] = [bbr, 2000]
const first: [ControllerFactory, number] = [bbr, 0]

/** Others may get less beside this controller than it gets; they must not starve. */
const STARVED = 0.3

test.each<[string, Starts, Partial<LinkOptions>]>([
  ['a late flow beside its like', [late, [bbr, 0]], {}],
  ['a late flow beside its like at 5 % loss', [late, [bbr, 0]], { loss: 0.05 }],
  ['a late flow beside its like at a shallow queue', [late, [bbr, 0]], { queueBytes: BDP / 4 }],
  ['three that start one after the other', [late, [bbr, 1000], [bbr, 0]], {}],
  ['a late flow beside Cubic', [late, [cubic, 0]], {}],
  ['an early flow beside Cubic', [first, [cubic, 2000]], {}],
  ['an early flow beside Cubic at a deep queue', [first, [cubic, 2000]], { queueBytes: 4 * BDP }],
  ['beside its like and Cubic', [late, [bbr, 0], [cubic, 0]], {}],
  ['an early flow beside BBR version 1', [first, [bbrV1, 2000]], {}],
])(
  'CC-9 fair share: %s',
  (_, starts, link) => {
    const { shares, use } = sharesOf(starts, link, 1)
    for (const [index, share] of shares.entries()) {
      expect(share).toBeGreaterThan(starts[index]?.[0] === bbr ? 0.5 : STARVED)
      expect(share).toBeLessThan(2)
    }
    expect(use).toBeGreaterThan(0.87)
  },
  60_000,
)

// Version 1 answers no loss, keeps its queue full, and leaves Cubic next to nothing: what this flow gets is what is asked here.
test.each<[string, Starts, number]>([
  ['beside BBR version 1 and Cubic', [first, [bbrV1, 0], [cubic, 0]], 0.5],
  ['a late flow beside BBR version 1 alone', [late, [bbrV1, 0]], 0.33],
])(
  'CC-9 fair share: %s',
  (_, starts, least) => {
    const [ours] = sharesOf(starts, {}, 1).shares
    expect(ours).toBeGreaterThan(least)
    expect(ours).toBeLessThan(2)
  },
  60_000,
)
