import { expect, test } from 'vitest'
import { writeAck } from '../wire/write-frames.ts'
import { ACK_SCRATCH, AckState, ReceivedNumbers } from './acks.ts'

const MAX_DELAY = 25

test('ACK-2 every second packet is acknowledged at once, one alone within parameter 6', () => {
  const acks = new AckState(MAX_DELAY)
  acks.onReceived(0, true, 100)
  expect(acks.isDue(100)).toBe(false)
  expect(acks.deadline).toBe(100 + MAX_DELAY)
  acks.onReceived(1, true, 110)
  expect(acks.isDue(110)).toBe(true)
  acks.onSent()
  acks.onReceived(2, false, 120)
  expect(acks.deadline).toBe(Number.POSITIVE_INFINITY)
})

test('ACK-2 a packet that leaves a gap or fills one, and each of the Initial space, at once', () => {
  const acks = new AckState(MAX_DELAY)
  for (const number of [0, 2, 1, 3]) {
    acks.onReceived(number, true, 100)
    expect(acks.isDue(100)).toBe(number === 2 || number === 1)
    acks.onSent()
  }
  const initial = new AckState(0)
  initial.onReceived(0, true, 100)
  expect(initial.isDue(100)).toBe(true)
})

test.each([
  [64, 40],
  [65, 10],
])(
  'ACK-2 every eighth packet when more than 64 came within 25 ms: after %i, of 80 packets %i',
  (came, told) => {
    const acks = new AckState(MAX_DELAY)
    let number = 0
    const sent = (packets: number, from: number, everyMs = 0.1) => {
      let count = 0
      for (let i = 0; i < packets; i++) {
        const now = from + i * everyMs
        acks.onReceived(number++, true, now)
        if (!acks.isDue(now)) continue
        acks.onSent()
        count++
      }
      return count
    }
    sent(1, 25)
    sent(came - 1, 25.1, 0.3)
    expect(sent(80, 50)).toBe(told)
  },
)

test('ACK-3 the 48 newest ranges are told; those that an acknowledged ACK has told are forgotten', () => {
  const received = new ReceivedNumbers()
  for (let number = 0; number < 200; number += 2) received.add(number)
  expect(received.fill(ACK_SCRATCH)).toBe(48)
  expect([...ACK_SCRATCH.subarray(0, 4)]).toEqual([198, 198, 196, 196])
  expect([...ACK_SCRATCH.subarray(94)]).toEqual([104, 104])
  received.add(210)
  received.forget(198)
  expect(received.fill(ACK_SCRATCH)).toBe(1)
  expect([...ACK_SCRATCH.subarray(0, 2)]).toEqual([210, 210])
})

test('ACK-5 the delay is that of the newest packet, in microseconds', () => {
  const acks = new AckState(MAX_DELAY)
  acks.onReceived(0, true, 100)
  acks.onReceived(5, true, 110)
  acks.onReceived(3, true, 115)
  expect(acks.delay(117.5)).toBe(7500)
  const out = new Uint8Array(64)
  const count = acks.received.fill(ACK_SCRATCH)
  writeAck(out, 0, out.length, ACK_SCRATCH, count, acks.delay(117.5))
  expect([...out.subarray(0, 4)]).toEqual([2, 5, 0x40 | (7500 >> 8), 7500 & 0xff])
})

test('PKT-8 all numbers below the ranges that are remembered count as seen', () => {
  const received = new ReceivedNumbers()
  for (let number = 0; number < 2 * 512; number += 2) received.add(number)
  expect([received.has(1), received.has(1023)]).toEqual([false, false])
  for (let i = 0; i < 100; i++) received.add(10_000 + 2 * i)
  for (const number of [0, 1, 150, 197]) expect(received.has(number), `${number}`).toBe(true)
  for (const number of [1023, 9999, 10_001]) expect(received.has(number), `${number}`).toBe(false)
})
