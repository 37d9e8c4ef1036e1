import { ManualClock } from '@stoa/kernel'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { acceptanceRules, rateLimitsAcceptance } from '../rate-limits.acceptance.ts'
import { MemoryRateLimits } from './memory-rate-limits.ts'

describe('rate limits in memory', () => {
  rateLimitsAcceptance(async () => {
    const clock = new ManualClock(1_700_000_000_000)
    const limits = new MemoryRateLimits({ rules: acceptanceRules, clock })
    return { limits, pass: async (milliseconds) => clock.advance(milliseconds) }
  })

  test('a key never gets more than its points at once and its rate in the long run', async () => {
    const steps = fc.array(fc.tuple(fc.nat(400), fc.integer({ min: 1, max: 3 })), {
      minLength: 1,
      maxLength: 200,
    })
    await fc.assert(
      fc.asyncProperty(steps, fc.integer({ min: 1, max: 7 }), async (calls, points) => {
        const clock = new ManualClock()
        const limits = new MemoryRateLimits({ rules: acceptanceRules, clock })
        let granted = 0
        for (const [wait, wanted] of calls) {
          clock.advance(wait)
          const { allowed } = await limits.consume({ name: 'x', points, perSeconds: 1 }, 'key', wanted)
          if (allowed) granted += wanted
          expect(granted).toBeLessThanOrEqual(points + (clock.now() / 1000) * points + 1e-6)
        }
      }),
      { numRuns: 100, seed: 1 },
    )
  })

  test('the table of keys is bounded', async () => {
    const limits = new MemoryRateLimits({ rules: acceptanceRules, clock: new ManualClock(), maxKeys: 2 })
    const allowed = async (key: string) => (await limits.consume('signin.code.address', key, 2)).allowed
    expect(await allowed('a')).toBe(true)
    expect(await allowed('b')).toBe(true)
    expect(await allowed('c')).toBe(true)
    expect(await allowed('c')).toBe(false)
    expect(await allowed('a')).toBe(true)
  })
})
