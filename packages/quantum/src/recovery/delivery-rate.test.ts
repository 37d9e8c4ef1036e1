import { expect, test } from 'vitest'
import { DeliveryRate } from './delivery-rate.ts'
import { recordOf } from './sent-packets.ts'

const SIZE = 1000

function packetAt(rate: DeliveryRate, number: number, now: number, inFlight: number) {
  const packet = { number, size: SIZE, ackEliciting: true, inFlight: true, content: undefined }
  const record = recordOf(packet, now)
  rate.onSent(record, now, inFlight)
  return record
}

test('CC-3 a sample is what was delivered since a packet left, over the longer of sending and acknowledging', () => {
  const rate = new DeliveryRate()
  const packets = [0, 1, 2, 3].map((at) => packetAt(rate, at, at, at * SIZE))
  rate.onAcked(packets[0]!, 40)
  expect(rate.take(40, 40)).toMatchObject({ deliveryRate: SIZE / 40, delivered: SIZE, appLimited: false })
  // One by one, 10 ms apart, although they left 1 ms apart: the acknowledgements tell the rate.
  for (const [i, at] of [50, 60, 70].entries()) {
    rate.onAcked(packets[1 + i]!, at)
    const sample = rate.take(40, 40)!
    expect(sample.delivered).toBe((2 + i) * SIZE)
    expect(sample.deliveryRate).toBeCloseTo(((2 + i) * SIZE) / at)
  }
  const late = packetAt(rate, 4, 100, 0)
  rate.onAcked(late, 110)
  // Shorter than the path's RTT: compressed acknowledgements tell nothing.
  expect(rate.take(40, 10)?.deliveryRate).toBe(0)
})

test('CC-3 samples of phases limited by the application are marked, until what was in flight then is delivered', () => {
  const rate = new DeliveryRate()
  const first = packetAt(rate, 0, 0, 0)
  rate.setAppLimited(SIZE)
  const [second, third] = [packetAt(rate, 1, 5, SIZE), packetAt(rate, 2, 6, 2 * SIZE)]
  rate.onAcked(first, 40)
  expect(rate.take(40, 40)?.appLimited).toBe(false)
  rate.onAcked(second, 45)
  expect(rate.take(40, 40)?.appLimited).toBe(true)
  const fourth = packetAt(rate, 3, 46, SIZE)
  rate.onAcked(third, 47)
  rate.onAcked(fourth, 90)
  expect(rate.take(40, 40)?.appLimited).toBe(false)
})
