import { expect, test } from 'vitest'
import { Pacer } from './pacer.ts'

const DATAGRAM = 1000
const RATE = 10_000
const BURST_MS = 1.5

/** Sends all it may, at the given times; bytes in all and the largest burst. */
function sendAt(pacer: Pacer, times: readonly number[]) {
  let bytes = 0
  let largest = 0
  for (const now of times) {
    let burst = 0
    for (let room = pacer.allowance(now, RATE); room >= DATAGRAM; room -= DATAGRAM) {
      pacer.onSent(DATAGRAM)
      burst += DATAGRAM
    }
    bytes += burst
    largest = Math.max(largest, burst)
  }
  return { bytes, largest }
}

const every = (step: number, count: number) => Array.from({ length: count }, (_, index) => index * step)

test('CC-2 bytes leave at the rate, in bursts of a millisecond and a half', () => {
  const { bytes, largest } = sendAt(new Pacer(DATAGRAM, BURST_MS), every(1, 1001))
  expect(bytes / 1000 / RATE).toBeCloseTo(1, 1)
  expect(largest).toBeLessThanOrEqual(RATE * BURST_MS)
})

test('CC-2 timers that come late now and then cost no rate, and make no longer bursts', () => {
  const times = every(1, 1001).filter((time) => time % 20 !== 1 && time % 20 !== 2)
  const { bytes, largest } = sendAt(new Pacer(DATAGRAM, BURST_MS), times)
  expect(bytes / 1000 / RATE).toBeGreaterThan(0.97)
  expect(largest).toBeLessThanOrEqual(RATE * BURST_MS)
})

test('CC-2 what late timers lost is made good at half above the rate, beside messages at a fiftieth', () => {
  const afterPause = (sensitive: boolean) => {
    const pacer = new Pacer(DATAGRAM, BURST_MS)
    pacer.setLatencySensitive(sensitive)
    sendAt(pacer, every(1, 100))
    // The bucket is full and 18.5 ms are owed.
    sendAt(pacer, [119])
    return sendAt(
      pacer,
      every(1, 20).map((time) => 120 + time),
    ).bytes
  }
  expect(afterPause(false) / (20 * RATE)).toBeCloseTo(1.5, 1)
  expect(afterPause(true) / (20 * RATE)).toBeCloseTo(1.02, 1)
})

test('CC-2 idle time earns one burst, not more', () => {
  const pacer = new Pacer(DATAGRAM, BURST_MS)
  sendAt(pacer, every(1, 100))
  pacer.allowance(1000, RATE)
  pacer.onIdle()
  const { bytes } = sendAt(pacer, [1000, 1001, 1002, 1003])
  expect(bytes).toBeLessThanOrEqual((3 + BURST_MS) * RATE)
})

test('the next datagram’s time is when the bucket holds one', () => {
  const pacer = new Pacer(DATAGRAM, BURST_MS)
  sendAt(pacer, [0, 10])
  expect(pacer.nextTime(10, RATE)).toBeCloseTo(10.1)
  expect(pacer.allowance(10.05, RATE)).toBe(0)
  expect(pacer.allowance(10.11, RATE)).toBeGreaterThanOrEqual(DATAGRAM)
})
