import { expect, test } from 'vitest'
import { bbr } from '../congestion/bbr/bbr.ts'
import { cubic } from '../congestion/cubic.ts'
import { createRecovery } from './recovery.ts'
import { ReorderingTolerance } from './reordering.ts'
import { APPLICATION_SPACE, INITIAL_SPACE, type PacketFateHandler } from './types.ts'

const SIZE = 1200

function setUp(controller = bbr, confirmed = true) {
  const recovery = createRecovery<undefined>({ controller, datagramSize: SIZE, initialRttMs: 100 })
  if (confirmed) recovery.confirmHandshake()
  const fates: string[] = []
  const handler: PacketFateHandler<undefined> = {
    acked: ({ number }) => fates.push(`acked ${number}`),
    lost: ({ number }) => fates.push(`lost ${number}`),
    spurious: ({ number }) => fates.push(`spurious ${number}`),
  }
  const send = (
    now: number,
    numbers: readonly number[],
    ackEliciting = true,
    space: 0 | 1 = APPLICATION_SPACE,
  ) => {
    for (const number of numbers) {
      const packet = { number, size: SIZE, ackEliciting, inFlight: ackEliciting, content: undefined }
      recovery.onPacketSent(space, packet, now)
    }
  }
  const ack = (now: number, ranges: readonly number[], delayMs = 0) => {
    recovery.onAck(APPLICATION_SPACE, ranges, ranges.length / 2, delayMs, now, handler)
    return fates.splice(0)
  }
  const rtt = () => {
    const { smoothedRttMs, rttVariationMs } = recovery.statistics()
    return [smoothedRttMs, rttVariationMs]
  }
  return { recovery, send, ack, rtt, handler, fates }
}

const numbers = (from: number, count: number) => Array.from({ length: count }, (_, i) => from + i)

test('LOSS-1 srtt and rttvar follow RFC 9002; the delay counts up to parameter 6, and not below the least RTT', () => {
  const { send, ack, rtt } = setUp()
  send(0, [0])
  ack(40, [0, 0], 10)
  expect(rtt()).toEqual([40, 20])
  send(100, [1])
  ack(160, [1, 1], 10)
  expect(rtt()).toEqual([0.875 * 40 + 0.125 * 50, 0.75 * 20 + 0.25 * 10])
  const [srtt, rttvar] = rtt()
  send(200, [2])
  ack(300, [2, 2], 70)
  expect(rtt()).toEqual([0.875 * srtt! + 0.125 * 75, 0.75 * rttvar! + 0.25 * (75 - srtt!)])
})

test('LOSS-1 no sample without the largest number, or a packet that asks for an acknowledgement, newly acknowledged', () => {
  const { send, ack, rtt } = setUp()
  send(0, [0, 1])
  ack(40, [1, 1])
  const before = rtt()
  ack(90, [0, 1])
  expect(rtt()).toEqual(before)
  send(100, [2], false)
  ack(300, [2, 2])
  expect(rtt()).toEqual(before)
  send(400, [3])
  send(401, [4], false)
  ack(450, [3, 4])
  expect(rtt()).not.toEqual(before)
})

test('LOSS-3 the tolerance rises with what was spurious, within bounds, and falls after 16 calm episodes', () => {
  const tolerance = new ReorderingTolerance()
  expect([tolerance.packets, tolerance.lossDelay(80, 40), tolerance.lossDelay(0.1, 0.1)]).toEqual([3, 90, 1])
  tolerance.onSpurious(9)
  expect([tolerance.packets, tolerance.lossDelay(40, 80)]).toEqual([10, 100])
  for (let i = 0; i < 20; i++) tolerance.onSpurious(2000)
  expect([tolerance.packets, tolerance.lossDelay(80, 80)]).toEqual([500, 160])
  for (let i = 0; i < 15; i++) tolerance.onCalmEpisode()
  tolerance.onSpurious(1)
  for (let i = 0; i < 15; i++) tolerance.onCalmEpisode()
  expect(tolerance.packets).toBe(500)
  tolerance.onCalmEpisode()
  expect([tolerance.packets, tolerance.lossDelay(80, 80)]).toEqual([3, 90])
})

test('LOSS-4 the response to an episode is taken back when all of its losses were spurious, not before', () => {
  const { recovery, send, ack } = setUp(cubic)
  send(0, numbers(0, 10))
  const before = recovery.statistics().windowBytes
  expect(ack(40, [5, 5])).toEqual(['acked 5', 'lost 0', 'lost 1', 'lost 2'])
  const reduced = recovery.statistics().windowBytes
  expect(reduced).toBeLessThan(0.75 * before)
  ack(41, [0, 1])
  expect(recovery.statistics().windowBytes).toBeLessThanOrEqual(reduced)
  expect(ack(42, [2, 2])).toEqual(['spurious 2'])
  expect(recovery.statistics().windowBytes).toBeGreaterThanOrEqual(before)
})

test('LOSS-5 a lost packet is remembered for three probe timeouts', () => {
  const late = (now: number) => {
    const { send, ack } = setUp()
    send(0, numbers(0, 5))
    ack(40, [1, 4])
    // 40 + max(4 × 20, 1) + 25, three times, behind 40.
    send(now - 40, [5])
    ack(now, [5, 5])
    return ack(now + 1, [0, 0])
  }
  expect(late(40 + 3 * 145 - 60)).toEqual(['spurious 0'])
  expect(late(40 + 3 * 145 + 5)).toEqual([])
})

test('LOSS-5 of lost packets 1024 are remembered', () => {
  const { send, ack } = setUp()
  send(0, numbers(0, 1200))
  ack(40, [1199, 1199])
  send(41, [1200])
  ack(60, [1200, 1200])
  expect(ack(61, [0, 171])).toEqual([])
  const spurious = ack(62, [0, 1199]).filter((fate) => fate.startsWith('spurious'))
  expect(spurious).toHaveLength(1024)
})

test('LOSS-6 the probe timeout doubles up to 2^6; one or two probes leave and nothing is taken for lost', () => {
  const { recovery, send, ack, handler, fates } = setUp()
  send(0, [0])
  ack(40, [0, 0])
  send(100, [1])
  const timeout = 40 + 4 * 20 + 25
  const factors = numbers(0, 9).map(() => {
    const at = recovery.deadline()
    expect(recovery.onDeadline(at, handler)).toBe(1)
    return (at - 100) / timeout
  })
  expect(factors).toEqual([1, 2, 4, 8, 16, 32, 64, 64, 64])
  send(5000, [2])
  expect(recovery.deadline()).toBe(5000 + 64 * timeout)
  expect(recovery.onDeadline(recovery.deadline(), handler)).toBe(2)
  expect(fates).toEqual([])
})

test('LOSS-6 it is not armed before the handshake is confirmed, nor while the time threshold runs', () => {
  const { recovery, send, ack } = setUp(bbr, false)
  send(0, [0])
  expect(recovery.deadline()).toBe(Number.POSITIVE_INFINITY)
  send(5, [0], true, INITIAL_SPACE)
  expect(recovery.deadline()).toBe(5 + 100 + 200)
  recovery.discard(INITIAL_SPACE)
  recovery.confirmHandshake()
  expect(recovery.deadline()).toBe(0 + 100 + 200 + 25)
  send(0, [1, 2])
  ack(40, [2, 2])
  expect(recovery.deadline()).toBe((40 * 9) / 8)
})

/** Packets at these times, of which some arrive; all that was sent before the last is judged. */
function persistent(times: readonly number[], arrived: readonly number[] = []): number {
  const { recovery, send, ack } = setUp()
  send(0, [0])
  ack(40, [0, 0])
  for (const [i, at] of times.entries()) send(at, [1 + i])
  const last = times.length + 3
  const end = times.at(-1)! + 1
  send(end, [last - 2, last - 1, last])
  const ranges = arrived.flatMap((i) => [1 + i, 1 + i]).reverse()
  ack(end + 40, [last - 2, last, ...ranges])
  return recovery.statistics().persistentCongestions
}

test('LOSS-7 losses that span more than three probe timeouts, none acknowledged between, are persistent', () => {
  // The RTT of the acknowledgement that shows the losses is known already.
  const three = 3 * (40 + 4 * 15 + 25)
  expect(persistent([100, 200, 100 + three + 1])).toBe(1)
  expect(persistent([100, 200, 100 + three])).toBe(0)
  expect(persistent([100, 300, 100 + three + 1], [1])).toBe(0)
  expect(persistent([100, 150, 200, 200 + three + 1], [1])).toBe(1)
})

test('LOSS-7 three timeouts in succession without an answer are persistent', () => {
  const { recovery, send, ack, handler } = setUp()
  send(0, [0])
  ack(40, [0, 0])
  send(100, [1])
  const counts = numbers(0, 4).map(() => {
    recovery.onDeadline(recovery.deadline(), handler)
    return recovery.statistics().persistentCongestions
  })
  expect(counts).toEqual([0, 0, 1, 1])
  expect(recovery.statistics().windowBytes).toBe(4 * SIZE)
})

test('CC-1 packets that ask for acknowledgements count against the window; probes may exceed it', () => {
  const { recovery, send, ack, handler } = setUp()
  send(0, [0])
  ack(40, [0, 0])
  send(41, [1], false)
  expect(recovery.statistics().bytesInFlight).toBe(0)
  for (let number = 2; recovery.statistics().bytesInFlight < recovery.statistics().windowBytes; number++)
    send(50, [number])
  expect(recovery.sendAllowance(500)).toBe(0)
  expect(recovery.nextSendTime(500)).toBe(Number.POSITIVE_INFINITY)
  expect(recovery.onDeadline(recovery.deadline(), handler)).toBe(2)
  const { bytesInFlight, windowBytes } = recovery.statistics()
  send(600, [900])
  expect(recovery.statistics().bytesInFlight).toBe(bytesInFlight + SIZE)
  expect(bytesInFlight).toBeGreaterThanOrEqual(windowBytes)
})
