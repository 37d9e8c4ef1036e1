import fc from 'fast-check'
import { expect, test } from 'vitest'
import { judgeBeat, MAX_BEAT_SECONDS, recordedAt } from './rules.ts'

const session = { lastBeatAt: 1_000_000, lastSequence: 3, ended: false }

test('counts active time up to the time that passed', () => {
  const beat = { sequence: 4, at: 1_030_000, activeSeconds: 45 }
  expect(judgeBeat(session, beat, 1_030_000)).toEqual({ kind: 'counted', seconds: 30, at: 1_030_000 })
})

test('a repeated beat changes nothing', () => {
  expect(judgeBeat(session, { sequence: 3, at: 1_030_000, activeSeconds: 30 }, 1_030_000)).toEqual({
    kind: 'repeated',
  })
})

test('refuses what comes after the end or from the future', () => {
  const beat = { sequence: 4, at: 1_030_000, activeSeconds: 30 }
  expect(judgeBeat({ ...session, ended: true }, beat, 1_030_000)).toEqual({
    kind: 'refused',
    reason: 'ended',
  })
  expect(judgeBeat(session, { ...beat, at: 9_000_000 }, 1_030_000)).toEqual({
    kind: 'refused',
    reason: 'in_future',
  })
})

test('whatever a device claims, a session never counts more than the time it spans', () => {
  const beats = fc.array(
    fc.record({
      step: fc.integer({ min: -60_000, max: 2_000_000 }),
      activeSeconds: fc.integer({ min: 0, max: 5000 }),
    }),
  )
  fc.assert(
    fc.property(beats, (claims) => {
      let state = { lastBeatAt: 0, lastSequence: 0, ended: false }
      let [counted, at] = [0, 0]
      for (const [index, { step, activeSeconds }] of claims.entries()) {
        at += step
        const verdict = judgeBeat(state, { sequence: index + 1, at, activeSeconds }, Number.MAX_SAFE_INTEGER)
        if (verdict.kind !== 'counted') continue
        expect(verdict.seconds).toBeLessThanOrEqual(MAX_BEAT_SECONDS)
        counted += verdict.seconds
        state = { lastBeatAt: verdict.at, lastSequence: index + 1, ended: false }
      }
      expect(counted).toBeLessThanOrEqual(state.lastBeatAt / 1000 + 1e-6)
    }),
    { seed: 7 },
  )
})

test('a fast clock cannot write into the future', () => {
  expect(recordedAt(500, 400)).toBe(400)
  expect(recordedAt(300, 400)).toBe(300)
})
