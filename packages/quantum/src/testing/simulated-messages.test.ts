import { expect, test } from 'vitest'
import { simulateMessages } from './simulated-messages.ts'

/** What the sweeping of memory does to both processes. */
const PAUSES = { everyMs: 400, forMs: 8 }

function measured(rttMs: number, loss: number) {
  const link = { delayMs: rttMs / 2, loss, rateMbit: 100 }
  const { latencies, mbit } = simulateMessages({
    ...{ link, seed: 3, seconds: 10 },
    besideBulk: true,
    pauses: PAUSES,
  })
  const late = lateness(latencies, rttMs)
  return { half: late(0.5), nearlyAll: late(0.99), mbit }
}

/** Milliseconds beyond the way itself that a share of the messages took at most. */
function lateness(latencies: readonly number[], rttMs: number): (share: number) => number {
  const ascending = latencies.toSorted((a, b) => a - b)
  return (share) => ascending[Math.floor(share * ascending.length)]! - rttMs / 2
}

// Milliseconds beyond the way itself. Loss takes its part of 98 Mbit/s, copies of messages 0.5.
test.each([
  [20, 0, 2, 10, 92],
  [40, 0.01, 2, 10, 90],
  [40, 0.05, 2, 10, 85],
  [40, 0.1, 2, 12, 80],
])(
  'CC-10 messages beside bulk, RTT %d ms, %d lost, processes that pause: p50 +%d ms, p99 +%d ms, %d Mbit/s',
  (rttMs, loss, half, nearlyAll, mbit) => {
    const result = measured(rttMs, loss)
    expect(result.half).toBeLessThan(half)
    expect(result.nearlyAll).toBeLessThan(nearlyAll)
    expect(result.mbit).toBeGreaterThan(mbit)
  },
)

test.each([
  [0.05, 4, 1],
  [0.05, 4, 2],
  [0.05, 8, 1],
  [0.05, 8, 2],
])(
  'CC-14 messages alone, %d lost in runs of %d (seed %d): a run stops none but its own',
  (loss, burst, seed) => {
    const link = { delayMs: 20, loss, burst, rateMbit: 100 }
    const { latencies, missing } = simulateMessages({ link, seed, seconds: 22, besideBulk: false })
    const late = lateness(latencies, 40)
    expect(missing).toBe(0)
    // A run of 12 packets, which is all that one message in a hundred may meet, takes 70 ms to pass.
    expect(late(0.99)).toBeLessThan(burst > 4 ? 90 : 60)
    expect(late(0.999)).toBeLessThan(400)
  },
)
