import { expect, test } from 'vitest'
import { type RateLimitRules, type RateLimits, rateLimitRules } from './rate-limits.ts'

export const acceptanceRules: RateLimitRules = {
  ...rateLimitRules,
  'signin.code.address': { points: 2, perSeconds: 3600 },
}
/** Five in a second, so that the suite need not wait long. */
const fast = { name: 'fast', points: 5, perSeconds: 1 }

/** The rules every limiter keeps. `pass` lets so many milliseconds go by, on whatever clock it lives by. */
export function rateLimitsAcceptance(
  open: () => Promise<{ limits: RateLimits; pass(milliseconds: number): Promise<void> }>,
): void {
  test('allows as many as the rule has, then refuses and says how long', async () => {
    const { limits } = await open()
    expect(await limits.consume('signin.code.address', 'a')).toMatchObject({ allowed: true, remaining: 1 })
    expect(await limits.consume('signin.code.address', 'a')).toMatchObject({ allowed: true, remaining: 0 })
    const refused = await limits.consume('signin.code.address', 'a')
    expect(refused).toMatchObject({ allowed: false, remaining: 0 })
    expect(refused.resetMs).toBeGreaterThan(1_790_000)
    expect(refused.resetMs).toBeLessThanOrEqual(1_800_000)
  })

  test('points come back evenly: after the time it said, exactly one', async () => {
    const { limits, pass } = await open()
    // At once: one after the other, a point may be back before the last.
    const decisions = await Promise.all(Array.from({ length: 6 }, () => limits.consume(fast, 'a')))
    const refused = decisions.filter(({ allowed }) => !allowed)
    expect(refused).toHaveLength(1)
    await pass(refused[0]?.resetMs ?? 0)
    expect((await limits.consume(fast, 'a')).allowed).toBe(true)
    await pass(1_000)
    expect(await limits.consume(fast, 'a', 5)).toMatchObject({ allowed: true, remaining: 0 })
  })

  test('keys and names count apart', async () => {
    const { limits } = await open()
    await limits.consume('signin.code.address', 'a', 2)
    expect((await limits.consume('signin.code.address', 'a')).allowed).toBe(false)
    expect((await limits.consume('signin.code.address', 'b')).allowed).toBe(true)
    expect((await limits.consume('signin.verify.address', 'a')).allowed).toBe(true)
  })

  test('a call for several points takes all or none', async () => {
    const { limits } = await open()
    expect((await limits.consume('signin.code.address', 'a', 3)).allowed).toBe(false)
    expect((await limits.consume('signin.code.address', 'a', 2)).allowed).toBe(true)
  })

  test('callers at once share the points', async () => {
    const { limits } = await open()
    const decisions = await Promise.all(
      Array.from({ length: 20 }, () => limits.consume('signin.code.address', 'a')),
    )
    expect(decisions.filter((one) => one.allowed)).toHaveLength(2)
  })

  test('any text is a key', async () => {
    const { limits } = await open()
    for (const key of ['', '::1/64', '读者@例子.cn', 'x'.repeat(10_000), 'a\r\nb\0']) {
      expect((await limits.consume('signin.code.address', key)).allowed).toBe(true)
    }
  })
}
