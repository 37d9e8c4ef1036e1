import { describe, expect, it } from 'vitest'
import { MembershipError } from './errors.ts'
import { issueHeartbeat, takeHeartbeat } from './heartbeat.ts'
import { Membership } from './membership.ts'
import { nextNodeState, nodeStateOf } from './node-state.ts'
import { REPLAY_WINDOW_MS, ReplayWindow } from './replay-window.ts'
import { at, CLUSTER, memberOf, NOW, peerOf, secretOf, snapshotOf, systemTrust } from './testing/cluster.ts'
import { compareTimestamps, isTimestamp, millisOf, timestampOf } from './timestamp.ts'

const codeOf = (act: () => unknown): string => {
  try {
    act()
  } catch (error) {
    if (error instanceof MembershipError) return error.code.slice('membership.'.length)
    throw error
  }
  return 'taken'
}
const membershipOf = (...names: string[]) => {
  const membership = new Membership({ clusterId: CLUSTER, trust: systemTrust })
  membership.apply(snapshotOf({ members: names.map(memberOf) }).bytes, NOW)
  return membership
}

describe('heartbeats', () => {
  const beat = (seconds: number) =>
    issueHeartbeat(
      { cluster_id: CLUSTER, sent_at: at(seconds), state: 'healthy', services: [], snapshot_hash: null },
      secretOf('alpha'),
    )

  it('BEAT-1: count once, and no more after the sender is revoked', () => {
    const membership = membershipOf('alpha', 'beta')
    const context = { from: peerOf('alpha'), membership, replays: new ReplayWindow(), now: NOW }
    expect(takeHeartbeat(beat(0), context).state).toBe('healthy')
    expect(codeOf(() => takeHeartbeat(beat(0), context))).toBe('replayed')
    expect(codeOf(() => takeHeartbeat(beat(30), { ...context, now: NOW + 30_000 }))).toBe('taken')
    const revoked = [{ peer_id: peerOf('alpha'), revoked_at: at(31), reason: '' }]
    membership.apply(snapshotOf({ issued_at: at(31), members: [memberOf('beta')], revoked }).bytes, NOW)
    expect(codeOf(() => takeHeartbeat(beat(60), context))).toBe('revoked')
  })

  it('refuses to write what no reader would take', () => {
    const services = [{ name: 'x'.repeat(65), endpoint: '' }]
    const fields = {
      cluster_id: CLUSTER,
      sent_at: at(0),
      state: 'healthy',
      services,
      snapshot_hash: null,
    } as const
    expect(codeOf(() => issueHeartbeat(fields, secretOf('alpha')))).toBe('malformed')
    expect(codeOf(() => issueHeartbeat({ ...fields, services: [], sent_at: 'now' }, secretOf('alpha')))).toBe(
      'malformed',
    )
  })
})

describe('the replay window', () => {
  it('REPLAY-1: takes what lies in five minutes on either side, in any order, once', () => {
    const window = new ReplayWindow()
    for (const seconds of [0, 299.999, -300, 12, -7])
      expect(codeOf(() => window.take('a', at(seconds), NOW))).toBe('taken')
    for (const seconds of [0, 12, -7])
      expect(codeOf(() => window.take('a', at(seconds), NOW))).toBe('replayed')
    expect(codeOf(() => window.take('b', at(0), NOW))).toBe('taken')
    expect(codeOf(() => window.take('b', at(300.001), NOW))).toBe('outside_window')
    expect(codeOf(() => window.take('b', at(-300.001), NOW))).toBe('outside_window')
  })

  it('REPLAY-2: what was forgotten is not taken again, not even after the clock went back', () => {
    const window = new ReplayWindow()
    window.take('a', at(0), NOW)
    window.take('a', at(400), NOW + 400_000)
    expect(codeOf(() => window.take('a', at(0), NOW))).toBe('replayed')
  })

  it('REPLAY-2: memory is bounded by times of a peer and by peers', () => {
    const window = new ReplayWindow({ maxPeers: 3, maxTimes: 4 })
    for (let second = 0; second < 200; second++) window.take('a', at(second), NOW)
    for (let second = 0; second < 200; second++)
      expect(codeOf(() => window.take('a', at(second), NOW))).toBe('replayed')
    for (const peer of ['b', 'c', 'd', 'e']) window.take(peer, at(201), NOW)
    expect(window.size).toBe(3)
    expect(codeOf(() => window.take('a', at(199), NOW))).toBe('replayed')
    expect(codeOf(() => window.take('a', at(202), NOW))).toBe('taken')
    expect(REPLAY_WINDOW_MS).toBe(300_000)
  })
})

describe('node state', () => {
  const online =
    (...names: string[]) =>
    (peerId: string) =>
      names.map(peerOf).includes(peerId)

  it('STATE-1: unconfigured outside the table, healthy with a majority, else degraded', () => {
    const four = membershipOf('alpha', 'beta', 'gamma', 'delta')
    const state = (self: string, ...others: string[]) => nodeStateOf(four, peerOf(self), online(...others))
    expect(state('stranger', 'alpha', 'beta', 'gamma')).toEqual({
      name: 'unconfigured',
      online: 0,
      memberCount: 4,
    })
    expect(state('alpha')).toEqual({ name: 'degraded', online: 1, memberCount: 4 })
    expect(state('alpha', 'beta')).toEqual({ name: 'degraded', online: 2, memberCount: 4 })
    expect(state('alpha', 'beta', 'stranger').name).toBe('degraded')
    expect(state('alpha', 'beta', 'gamma')).toEqual({ name: 'healthy', online: 3, memberCount: 4 })
    expect(nodeStateOf(membershipOf('alpha'), peerOf('alpha'), online()).name).toBe('healthy')
    const empty = new Membership({ clusterId: CLUSTER, trust: systemTrust })
    expect(nodeStateOf(empty, peerOf('alpha'), online('alpha')).name).toBe('unconfigured')
  })

  it('STATE-2: knows since when it is so', () => {
    const first = nextNodeState(undefined, { name: 'degraded', online: 1, memberCount: 3 }, 10)
    const second = nextNodeState(first, { name: 'degraded', online: 1, memberCount: 4 }, 20)
    const third = nextNodeState(second, { name: 'healthy', online: 3, memberCount: 4 }, 30)
    expect([first.since, second.since, third.since]).toEqual([10, 10, 30])
    expect(second.memberCount).toBe(4)
  })
})

describe('TIME-1: timestamps', () => {
  it('have one form', () => {
    for (const good of ['2026-11-22T10:00:00Z', '2026-11-22T10:00:00.5Z', '2024-02-29T00:00:00.000000001Z'])
      expect(isTimestamp(good)).toBe(true)
    for (const bad of [
      '',
      '2026-11-22T10:00:00',
      '2026-11-22T10:00:00.0Z',
      '2026-13-01T00:00:00Z',
      '2025-02-29T00:00:00Z',
      '2026-11-22T24:00:00Z',
      '2026-11-22T10:00:00.1234567891Z',
    ])
      expect(isTimestamp(bad)).toBe(false)
  })

  it('go to and from milliseconds, and sort to the nanosecond', () => {
    for (const millis of [0, 5, 999, NOW, NOW + 120]) {
      expect(isTimestamp(timestampOf(millis))).toBe(true)
      expect(millisOf(timestampOf(millis))).toBe(millis)
    }
    expect(millisOf('1970-01-01T00:00:00.123456789Z')).toBe(123)
    const order = [
      '2026-11-22T10:00:00Z',
      '2026-11-22T10:00:00.000000001Z',
      '2026-11-22T10:00:00.09Z',
      '2026-11-22T10:00:00.1Z',
    ]
    expect(order.toReversed().sort(compareTimestamps)).toEqual(order)
    expect(compareTimestamps(order[0]!, order[0]!)).toBe(0)
  })
})
