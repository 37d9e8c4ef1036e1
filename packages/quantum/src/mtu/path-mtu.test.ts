import { expect, test } from 'vitest'
import { createPathMtu } from './path-mtu.ts'

/** Probes until the search rests; the path passes `limit` bytes and loses every third probe besides. */
function search(limit: number, losesSome = false) {
  const mtu = createPathMtu()
  const probes: number[] = []
  for (let now = 0; now < 100; now++) {
    const size = mtu.probeSize(now)
    if (size === 0) break
    probes.push(size)
    mtu.onProbeSent(now, size)
    expect(mtu.probeSize(now)).toBe(0)
    if (size <= limit && !(losesSome && probes.length % 3 === 1)) mtu.onProbeAcked(now, size)
    else mtu.onProbeLost(now, size)
  }
  return { mtu, probes }
}

test('an Ethernet path is known after one probe', () => {
  const { mtu, probes } = search(1472)
  expect(mtu.current).toBe(1472)
  expect(probes).toEqual([1472])
})

test.each([1464, 1440, 1372, 1300, 1210])('a path of %i bytes is found to within 16', (limit) => {
  const { mtu } = search(limit)
  expect(mtu.current).toBeLessThanOrEqual(limit)
  expect(mtu.current).toBeGreaterThan(limit - 17)
})

test('a lost probe is not held against its size at once', () => {
  expect(search(1472, true).mtu.current).toBe(1472)
})

test('after ten minutes a larger size is looked for again', () => {
  const { mtu } = search(1372)
  expect(mtu.probeSize(1000)).toBe(0)
  expect(mtu.probeSize(600_200)).toBe(1472)
})

test('a path that shrank is noticed, a burst of loss is not taken for it', () => {
  const { mtu } = search(1472)
  for (let index = 0; index < 30; index++) mtu.onPacketLost(1000 + index, 1472)
  expect(mtu.current).toBe(1472)
  mtu.onPacketAcked(1472)
  for (let index = 0; index < 30; index++) mtu.onPacketLost(2000 + 50 * index, 1472)
  expect(mtu.current).toBe(1200)
  expect(mtu.probeSize(4000)).toBeGreaterThan(1200)
  expect(mtu.probeSize(4000)).toBeLessThan(1472)
  mtu.reset(5000)
  expect(mtu.probeSize(5000)).toBe(1472)
})
