import { Simulation } from '@stoa/testkit/netlab/simulation'
import { expect, test } from 'vitest'
import { eventOf, lostAt, PACKET } from '../testing/congestion-events.ts'
import { SimulatedFlow, simulatedPath } from '../testing/simulated-flow.ts'
import type { SentState } from './controller.ts'
import { cubic } from './cubic.ts'

const MBIT = 20

/** Mbit/s of one flow between 2 s and 8 s. */
function rateOf(loss: number): number {
  const simulation = new Simulation()
  const path = simulatedPath(simulation, { seed: 3, rateMbit: MBIT, delayMs: 20, loss })
  const flow = new SimulatedFlow(path, cubic)
  flow.start()
  simulation.run(2000)
  const before = flow.delivered
  simulation.run(8000)
  return ((flow.delivered - before) * 8) / 6000 / 1000
}

test('Cubic fills a clean path, and takes random loss for congestion', () => {
  expect(rateOf(0)).toBeGreaterThan(0.85 * MBIT)
  expect(rateOf(0.02)).toBeLessThan(0.4 * MBIT)
})

const event = (now: number, lost: readonly SentState[]) =>
  eventOf({ now, ackedBytes: 0, lost, priorInFlight: 1e9 })

test('one decrease by three tenths a round trip, taken back when the loss was none', () => {
  const controller = cubic({ datagramSize: PACKET, now: 0, random: () => 0.5 })
  const before = controller.windowBytes()
  controller.onEvent(event(50, [lostAt(10), lostAt(11)]))
  expect(controller.windowBytes()).toBeCloseTo(0.7 * before)
  controller.onEvent(event(60, [lostAt(12)]))
  expect(controller.windowBytes()).toBeCloseTo(0.7 * before)
  controller.onSpuriousLoss(70)
  expect(controller.windowBytes()).toBe(before)
  controller.onPersistentCongestion(80)
  expect(controller.windowBytes()).toBe(2 * PACKET)
})
