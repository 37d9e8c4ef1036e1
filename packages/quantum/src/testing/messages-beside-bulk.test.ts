import { expect, test } from 'vitest'
import { simulateBesideBulk } from './messages-beside-bulk.ts'

/** What the sweeping of memory does to both processes. */
const PAUSES = { everyMs: 400, forMs: 8 }

function measured(rttMs: number, loss: number) {
  const link = { delayMs: rttMs / 2, loss, rateMbit: 100 }
  const { latencies, mbit } = simulateBesideBulk({ link, seed: 3, seconds: 10, pauses: PAUSES })
  const ascending = latencies.toSorted((a, b) => a - b)
  const at = (share: number) => ascending[Math.floor(share * ascending.length)]! - rttMs / 2
  return { half: at(0.5), nearlyAll: at(0.99), mbit }
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
