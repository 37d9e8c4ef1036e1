import { expect, test } from 'vitest'
import { bbr } from '../congestion/bbr/bbr.ts'
import { createRecovery } from './recovery.ts'
import { APPLICATION_SPACE, INITIAL_SPACE, type OutgoingPacket } from './types.ts'

type Fate = ['acked' | 'lost' | 'spurious', number]

function setUp() {
  const recovery = createRecovery<string>({ controller: bbr, datagramSize: 1200, initialRttMs: 100 })
  recovery.confirmHandshake()
  const fates: Fate[] = []
  const handler = {
    acked: (packet: OutgoingPacket<string>) => fates.push(['acked', packet.number]),
    lost: (packet: OutgoingPacket<string>) => fates.push(['lost', packet.number]),
    spurious: (packet: OutgoingPacket<string>) => fates.push(['spurious', packet.number]),
  }
  const send = (now: number, ...numbers: number[]) => {
    for (const number of numbers) {
      const packet = { number, size: 1200, ackEliciting: true, inFlight: true, content: `#${number}` }
      recovery.onPacketSent(APPLICATION_SPACE, packet, now)
    }
  }
  const ack = (now: number, ...ranges: number[]) => {
    recovery.onAck(APPLICATION_SPACE, ranges, ranges.length / 2, 0, now, handler)
    return fates.splice(0)
  }
  const deadline = () => {
    const at = recovery.deadline()
    return { at, probes: recovery.onDeadline(at, handler), fates: fates.splice(0) }
  }
  return { recovery, send, ack, deadline, handler, fates }
}

test('an acknowledged packet is told once and leaves the flight', () => {
  const { recovery, send, ack } = setUp()
  send(0, 0, 1)
  expect(recovery.statistics().bytesInFlight).toBe(2400)
  expect(ack(50, 0, 1)).toEqual([
    ['acked', 0],
    ['acked', 1],
  ])
  expect(ack(51, 0, 1)).toEqual([])
  expect(recovery.statistics()).toMatchObject({ bytesInFlight: 0, packetsAcked: 2, minRttMs: 50 })
  expect(recovery.deadline()).toBe(Number.POSITIVE_INFINITY)
})

test('LOSS-2 three later packets, skipped numbers or not, make a packet lost', () => {
  const { send, ack } = setUp()
  send(0, 0, 2, 5)
  expect(ack(50, 5, 5)).toEqual([
    ['acked', 5],
    ['lost', 0],
    ['lost', 2],
  ])
})

test('LOSS-2 one later packet makes it lost after nine eighths of the RTT', () => {
  const { send, ack, deadline } = setUp()
  send(0, 0)
  ack(40, 0, 0)
  send(40, 1)
  send(41, 2)
  expect(ack(81, 2, 2)).toEqual([['acked', 2]])
  expect(deadline()).toEqual({ at: 85, probes: 0, fates: [['lost', 1]] })
})

test('LOSS-3 a packet that comes after all is spurious and widens the threshold', () => {
  const { recovery, send, ack } = setUp()
  send(0, 0, 1, 2, 3, 4)
  expect(ack(40, 4, 4, 1, 1)).toEqual([
    ['acked', 1],
    ['acked', 4],
    ['lost', 0],
  ])
  expect(ack(41, 0, 4)).toEqual([
    ['spurious', 0],
    ['acked', 2],
    ['acked', 3],
  ])
  expect(recovery.statistics()).toMatchObject({ packetsSpurious: 1, packetsLost: 0 })
  send(50, 5, 6, 7, 8, 9)
  expect(ack(90, 8, 8)).toEqual([['acked', 8]])
})

test('LOSS-6 without any answer probes are asked for, ever more rarely', () => {
  const { send, ack, deadline, recovery } = setUp()
  send(0, 0)
  ack(40, 0, 0)
  send(100, 1, 2)
  const first = deadline()
  expect(first).toMatchObject({ at: 100 + 40 + 80 + 25, probes: 2, fates: [] })
  expect(deadline().at - 100).toBe(2 * (first.at - 100))
  expect(recovery.statistics().probeTimeouts).toBe(2)
})

test('a packet rebuilt by FEC is delivered, and a loss for statistics (LOSS-8, ACK-4)', () => {
  const { recovery, send, handler, fates } = setUp()
  send(0, 0, 1)
  recovery.onRecovered(0, 45, handler)
  expect(fates).toEqual([['acked', 0]])
  expect(recovery.statistics()).toMatchObject({ packetsRecovered: 1, packetsLost: 1, bytesInFlight: 1200 })
  expect(recovery.lossEstimate().rate).toBe(1)
})

test('LOSS-8 a lost MTU probe is no loss of the path', () => {
  const { recovery, send, ack } = setUp()
  const probe = { number: 0, size: 1452, ackEliciting: true, inFlight: true, mtuProbe: true, content: '' }
  recovery.onPacketSent(APPLICATION_SPACE, probe, 0)
  send(0, 1, 2, 3)
  expect(ack(40, 1, 3)).toContainEqual(['lost', 0])
  expect(recovery.statistics()).toMatchObject({ packetsLost: 0, bytesInFlight: 0 })
})

test('a discarded space and a new path leave nothing in flight (LOSS-9)', () => {
  const { recovery, send, ack } = setUp()
  const hello = { number: 0, size: 1200, ackEliciting: true, inFlight: true, content: 'hello' }
  recovery.onPacketSent(INITIAL_SPACE, hello, 0)
  recovery.discard(INITIAL_SPACE)
  expect(recovery.statistics().bytesInFlight).toBe(0)
  send(0, 0, 1)
  recovery.migrate(10)
  expect(recovery.statistics()).toMatchObject({ bytesInFlight: 0, minRttMs: 0 })
  expect(ack(50, 0, 1)).toEqual([
    ['acked', 0],
    ['acked', 1],
  ])
  expect(recovery.statistics()).toMatchObject({ bytesInFlight: 0, minRttMs: 0 })
})

test('pacing spreads packets over time', () => {
  const { recovery, send, ack } = setUp()
  send(0, ...Array.from({ length: 32 }, (_, index) => index))
  ack(40, 0, 31)
  const allowance = recovery.sendAllowance(41)
  expect(allowance).toBeGreaterThan(1200)
  expect(allowance).toBeLessThan(20 * 1200)
  send(41, ...Array.from({ length: Math.ceil(allowance / 1200) }, (_, index) => 32 + index))
  expect(recovery.sendAllowance(41)).toBe(0)
  expect(recovery.nextSendTime(41)).toBeGreaterThan(41)
  expect(recovery.nextSendTime(41)).toBeLessThan(43)
})

test('memory stays bounded when a peer acknowledges only the newest packet', () => {
  const { recovery, send, ack } = setUp()
  for (let number = 0; number < 20_000; number++) {
    send(number, number)
    ack(number, number, number)
  }
  for (let number = 20_000; number < 40_000; number += 4) {
    send(number, number, number + 1, number + 2, number + 3)
    ack(number + 1, number + 3, number + 3)
  }
  expect(recovery.statistics().bytesInFlight).toBeLessThan(4 * 1200)
})
