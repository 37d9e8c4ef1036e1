import { describe, expect, test } from 'vitest'
import {
  isPublished,
  isRotationDue,
  type KeyTimes,
  PUBLISH_LEAD_MS,
  planRotation,
  RETIRE_AFTER_MS,
  ROTATE_AFTER_MS,
} from './keys.ts'

const key = (
  kid: string,
  state: KeyTimes['state'],
  publishedAt: number,
  activatedAt: number | null = null,
): KeyTimes => ({
  ...{ kid, state, publishedAt: new Date(publishedAt), retiresAt: null },
  activatedAt: activatedAt === null ? null : new Date(activatedAt),
})
const keys = [key('a', 'current', 0, 0), key('b', 'next', 0)]

describe('rotation', () => {
  test('waits until the next key has been published for long enough', () => {
    expect(planRotation(keys, PUBLISH_LEAD_MS - 1)).toEqual({ wait: new Date(PUBLISH_LEAD_MS) })
    expect(planRotation(keys, PUBLISH_LEAD_MS)).toEqual({
      rotate: { promote: 'b', retire: 'a', retiresAt: new Date(PUBLISH_LEAD_MS + RETIRE_AFTER_MS) },
    })
  })

  test('of a compromised key waits for nothing, and refuses the old key at once', () => {
    expect(planRotation(keys, 5, true)).toEqual({
      rotate: { promote: 'b', retire: 'a', retiresAt: new Date(5) },
    })
  })

  test('needs both keys', () => {
    expect(planRotation([], 0)).toBeUndefined()
    expect(planRotation(keys.slice(0, 1), 0)).toBeUndefined()
  })

  test('is due by itself before the limit of ninety days', () => {
    expect(isRotationDue(keys, ROTATE_AFTER_MS - 1)).toBe(false)
    expect(isRotationDue(keys, ROTATE_AFTER_MS)).toBe(true)
    expect(ROTATE_AFTER_MS).toBeLessThan(90 * 86_400_000)
  })
})

test('a replaced key is published until it retires', () => {
  const previous = { ...key('a', 'previous', 0, 0), retiresAt: new Date(1000) }
  expect([isPublished(previous, 999), isPublished(previous, 1000)]).toEqual([true, false])
})
