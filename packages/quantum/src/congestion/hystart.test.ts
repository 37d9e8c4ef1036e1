import { expect, test } from 'vitest'
import type { CongestionEvent } from './controller.ts'
import { HyStart } from './hystart.ts'

/** Ten acknowledgements of one round trip, each of 1000 bytes, all with the same RTT; the growth they bring. */
function round(hystart: HyStart, index: number, rttMs: number): number {
  let growth = 0
  for (let packet = 0; packet < 10; packet++) {
    const event: CongestionEvent = {
      now: 0,
      ackedBytes: 1000,
      lost: [],
      sample: {
        deliveryRate: 0,
        appLimited: false,
        priorDelivered: (index - 1) * 10_000,
        delivered: 0,
        lost: 0,
        inFlightAtSend: 0,
        phase: 0,
        sentAt: 0,
        rttMs,
      },
      totalDelivered: index * 10_000,
      totalLost: 0,
      bytesInFlight: 0,
      priorInFlight: 0,
      latestRttMs: rttMs,
      smoothedRttMs: rttMs,
      minRttMs: rttMs,
    }
    growth += hystart.growth(event)
  }
  return growth
}

test('slow start slows when the RTT grows, and ends when it stays so for five rounds', () => {
  const hystart = new HyStart()
  expect(round(hystart, 1, 40)).toBe(10_000)
  expect(round(hystart, 2, 41)).toBe(10_000)
  expect(round(hystart, 3, 60)).toBeLessThan(10_000)
  for (let index = 4; index < 8; index++) {
    expect(hystart.isOver).toBe(false)
    expect(round(hystart, index, 60)).toBe(2500)
  }
  round(hystart, 8, 60)
  expect(hystart.isOver).toBe(true)
})

test('an RTT that grew in passing ends nothing', () => {
  const hystart = new HyStart()
  round(hystart, 1, 40)
  round(hystart, 2, 60)
  round(hystart, 3, 40)
  expect(round(hystart, 4, 41)).toBe(10_000)
  expect(hystart.isOver).toBe(false)
})
