import { MemoryLink } from '@stoa/testkit/netlab/memory-link'
import { Simulation } from '@stoa/testkit/netlab/simulation'
import { expect, test } from 'vitest'
import { createThinFlowPolicy } from './thin-flow.ts'

const MESSAGE = 200
const EVERY_MS = 1000 / 60
const RTT_MS = 40
const HEADER = 64

/** 60 messages a second over an emulated link, in order, sent again one RTT and a bit after a loss when nothing else saved it. */
function messages(loss: number, burst: number, seconds: number) {
  const simulation = new Simulation()
  const policy = createThinFlowPolicy()
  const arrived: number[] = []
  const latencies: number[] = []
  let extra = 0
  let sent = 0
  let lost = 0
  let runs = 0
  let lastLost = -2
  const link = new MemoryLink<readonly number[]>(
    simulation,
    { seed: 1, delayMs: RTT_MS / 2, loss, burst },
    (ids) => {
      for (const id of ids) arrived[id] ??= simulation.now
    },
  )
  const packet = (ids: readonly number[], repeated: number) => {
    const before = link.counts.lossDrops
    link.send(ids, HEADER + ids.length * MESSAGE)
    if (link.counts.lossDrops > before) {
      lost++
      if (lastLost !== sent - 1) runs++
      lastLost = sent
    }
    sent++
    extra += repeated
    policy.onRepeated(simulation.now, 1, repeated)
  }
  const total = seconds * 60
  for (let id = 0; id < total; id++) {
    simulation.at(id * EVERY_MS, () => {
      policy.onLossEstimate(simulation.now, {
        rate: lost / Math.max(sent, 1),
        burst: lost / (runs || 1) || 1,
        samples: sent,
      })
      const { repeatInNext, copiesAfterMs } = policy.onFrame(simulation.now, 1, MESSAGE)
      const earlier = Array.from({ length: Math.min(id, repeatInNext) }, (_, index) => id - 1 - index)
      packet([id, ...earlier], earlier.length * MESSAGE)
      for (const after of copiesAfterMs) simulation.after(after, () => packet([id], MESSAGE + HEADER))
      simulation.after(1.2 * RTT_MS + EVERY_MS, () => {
        if (arrived[id] === undefined) packet([id], 0)
      })
    })
  }
  simulation.run(total * EVERY_MS + 1000)
  let latest = 0
  for (let id = 0; id < total; id++) {
    latest = Math.max(latest, arrived[id] ?? id * EVERY_MS + 150)
    latencies.push(latest - id * EVERY_MS)
  }
  latencies.sort((a, b) => a - b)
  return { p99: latencies[Math.floor(total * 0.99)]!, extraPerSecond: extra / seconds }
}

test.each([0.01, 0.05, 0.1])(
  'at %f loss 99 in 100 messages come within 10 ms of the path’s delay',
  (loss) => {
    const { p99, extraPerSecond } = messages(loss, 1, 60)
    expect(p99).toBeLessThanOrEqual(RTT_MS / 2 + 10)
    expect(extraPerSecond).toBeLessThanOrEqual(80_000)
  },
)

// A burst of 4 packets is 22 ms at this rate of packets: one in a hundred messages waits for the end of two in a row.
test.each([
  [3, RTT_MS],
  [4, RTT_MS + 10],
])('under bursts of %i 99 in 100 come within %i ms of it', (burst, most) => {
  const { p99, extraPerSecond } = messages(0.05, burst, 300)
  expect(p99).toBeLessThanOrEqual(RTT_MS / 2 + most)
  expect(extraPerSecond).toBeLessThanOrEqual(80_000)
})

test('FEC-3 on a clean path repetition fades', () => {
  expect(messages(0, 1, 60).extraPerSecond).toBeLessThanOrEqual(5_000)
})

test('FEC-3 a flow too thick for its budget is repeated less, never beyond it', () => {
  const policy = createThinFlowPolicy()
  let spent = 0
  for (let now = 0; now < 10_000; now += 5) {
    const { repeatInNext, copiesAfterMs } = policy.onFrame(now, 1, 1000)
    const bytes = repeatInNext * 1000 + copiesAfterMs.length * 1070
    spent += bytes
    policy.onRepeated(now, 1, bytes)
  }
  expect(spent / 10).toBeLessThanOrEqual(82_000)
  expect(spent / 10).toBeGreaterThan(40_000)
})
