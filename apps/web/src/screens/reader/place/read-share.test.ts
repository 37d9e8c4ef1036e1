import { describe, expect, test } from 'vitest'
import type { RelocateReason } from '../../../reader/engine/index.ts'
import { type ReadShare, readShare } from './read-share.ts'

const at = (share: ReadShare, reason: RelocateReason, fraction: number) => share.at({ reason, fraction })

describe('the share of a book that was read', () => {
  test('is the kept one while the book opens, however it is laid out meanwhile', () => {
    const share = readShare(0.075)
    expect(at(share, 'jump', 0)).toBe(0.075)
    expect(at(share, 'jump', 0.06)).toBe(0.075)
    share.opened()
    expect(at(share, 'layout', 0.08)).toBe(0.075)
  })

  test('is the kept one again when a layout on the way was far from it', () => {
    const share = readShare(0.5)
    expect(at(share, 'jump', 0)).toBe(0)
    expect(at(share, 'jump', 0.52)).toBe(0.5)
  })

  test('is where the book stands when the kept place is not in it', () => {
    const share = readShare(0.5)
    expect(at(share, 'jump', 0.01)).toBe(0.01)
    share.opened()
    expect(at(share, 'layout', 0.02)).toBe(0.02)
  })

  test('of a book nobody has opened before is what the screen shows in the end', () => {
    const share = readShare(undefined)
    expect(at(share, 'jump', 0.01)).toBe(0.01)
    share.opened()
    expect(at(share, 'layout', 0.03)).toBe(0.03)
  })

  test.each<RelocateReason>(['page', 'scroll', 'jump'])(
    'changes with a %s, and not with a new layout after it',
    (reason) => {
      const share = readShare(0.5)
      at(share, 'jump', 0.51)
      share.opened()
      expect(at(share, reason, 0.53)).toBe(0.53)
      expect(at(share, 'layout', 0.56)).toBe(0.53)
      expect(at(share, reason, 0.51)).toBe(0.51)
    },
  )
})
