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

/** After so many pauses of 20 ms: how far above the rate the next 20 ms are. */
function pauseAnd(sensitive: boolean, pauses: number): number {
  const pacer = new Pacer(DATAGRAM, BURST_MS)
  pacer.setLatencySensitive(sensitive)
  const sendFrom = (start: number) =>
    sendAt(
      pacer,
      every(1, 21).map((time) => start + time),
    ).bytes
  sendFrom(0)
  let sent = 0
  for (let pause = 1; pause <= pauses; pause++) sent = sendFrom(40 * pause)
  return sent / (20 * RATE + BURST_MS * RATE)
}

test('CC-2 beside messages what late timers lost is given up, up to 3 % of the rate, not made good', () => {
  const after = (sensitive: boolean) => pauseAnd(sensitive, 1)
  expect(after(false)).toBeGreaterThan(1.4)
  expect(after(true)).toBeLessThan(1.1)
})

test('CC-2 a process that is late all the time makes it good beside messages too', () => {
  expect(pauseAnd(true, 10)).toBeGreaterThan(1.4)
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
