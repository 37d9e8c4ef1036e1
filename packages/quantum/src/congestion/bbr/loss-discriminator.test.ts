import { expect, test } from 'vitest'
import { lossEvent, PACKET } from '../../testing/congestion-events.ts'
import { GENTLE, LossDiscriminator, PUSHING, STEADY } from './loss-discriminator.ts'

const RTT = 40

/** Packets of one round trip, acknowledged and lost apart from each other, at this RTT. */
function send(on: LossDiscriminator, push: number, acked: number, lost: number, rttMs = RTT) {
  on.onEvent(lossEvent({ push, acked, lost, rttMs }), RTT)
}

function trained(): LossDiscriminator {
  const discriminator = new LossDiscriminator(PACKET)
  send(discriminator, GENTLE, 950, 50)
  discriminator.endRound()
  return discriminator
}

test('CC-5 what is lost while sending gently without a long queue is the random loss, up to 20 %', () => {
  expect(trained().randomLoss).toBeCloseTo(0.05)
  const bad = new LossDiscriminator(PACKET)
  send(bad, GENTLE, 300, 300)
  expect(bad.randomLoss).toBe(0.2)
  const queued = trained()
  send(queued, GENTLE, 0, 200, 3 * RTT)
  expect(queued.randomLoss).toBeCloseTo(0.05)
})

test('CC-5 steady sending near the least RTT adds to it, by one standard deviation at most', () => {
  const discriminator = trained()
  send(discriminator, STEADY, 990, 10)
  expect(discriminator.randomLoss).toBeCloseTo(60 / 2000)
  send(discriminator, STEADY, 0, 500)
  expect(discriminator.randomLoss).toBeCloseTo(0.05 + Math.sqrt((0.05 * 0.95) / 1000))
  for (const [push, rttMs] of [
    [STEADY, RTT * 1.11],
    [PUSHING, RTT],
  ] as const) {
    const other = trained()
    send(other, push, 0, 500, rttMs)
    expect(other.randomLoss).toBeCloseTo(0.05)
  }
})

test('CC-6 congestive is what exceeds random loss by three standard deviations and three packets', () => {
  const congestive = (lost: number) => {
    const discriminator = trained()
    send(discriminator, PUSHING, 100 - lost, lost)
    return discriminator.endRound().congestive
  }
  const forgiven = 100 * (0.05 + 3 * Math.sqrt((0.05 * 0.95) / 100)) + 3
  expect(congestive(Math.floor(forgiven))).toBe(0)
  expect(congestive(20)).toBeCloseTo((20 - forgiven) / 100)
})

test('CC-6 before 100 packets only loss while a queue stands counts', () => {
  const congestive = (rttMs: number) => {
    const discriminator = new LossDiscriminator(PACKET)
    send(discriminator, PUSHING, 70, 30, rttMs)
    return discriminator.endRound().congestive
  }
  expect(congestive(RTT)).toBe(0)
  expect(congestive(2 * RTT)).toBeCloseTo((30 - 3) / 100)
})
