import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { excerptOf, isDueForVersion, mentionsIn, rightsIn, type Standing, wordChanges } from './rules.ts'

const seeded = { seed: 20_261_122, numRuns: 500 }
const standing: fc.Arbitrary<Standing> = fc.record({
  visibility: fc.constantFrom('workspace' as const, 'private' as const),
  workspaceAccess: fc.constantFrom('read' as const, 'comment' as const, 'write' as const),
  documentRole: fc.constantFrom(
    'owner' as const,
    'writer' as const,
    'commenter' as const,
    'reader' as const,
    null,
  ),
  role: fc.constantFrom('owner' as const, 'admin' as const, 'member' as const, 'guest' as const),
  trashed: fc.boolean(),
})

describe('rights', () => {
  test('who writes also comments; nobody does either in the trash', () => {
    fc.assert(
      fc.property(standing, (one) => {
        const { comment, write } = rightsIn(one)
        if (write) expect(comment).toBe(true)
        if (one.trashed) expect([comment, write]).toEqual([false, false])
      }),
      seeded,
    )
  })

  test('of the organisation reach nothing private: only who was named there', () => {
    fc.assert(
      fc.property(standing, (one) => {
        const here = rightsIn({ ...one, visibility: 'private', documentRole: null })
        expect(here).toEqual({ comment: false, write: false, manage: false })
      }),
      seeded,
    )
  })

  test('grow with the role and with what the workspace may, and are never less for being named', () => {
    const order = ['reader', 'commenter', 'writer', 'owner'] as const
    fc.assert(
      fc.property(standing, (one) => {
        const by = (documentRole: Standing['documentRole']) =>
          Object.values(rightsIn({ ...one, documentRole })).filter(Boolean).length
        const counts = [null, ...order].map(by)
        expect(counts).toEqual(counts.toSorted((a, b) => a - b))
      }),
      seeded,
    )
  })

  test('of guests are to read, unless they were named', () => {
    const guest = {
      visibility: 'workspace',
      workspaceAccess: 'write',
      role: 'guest',
      trashed: false,
    } as const
    expect(rightsIn({ ...guest, documentRole: null })).toEqual({
      comment: false,
      write: false,
      manage: false,
    })
    expect(rightsIn({ ...guest, documentRole: 'writer' })).toEqual({
      comment: true,
      write: true,
      manage: false,
    })
  })
})

test('words are counted both ways, whatever their order', () => {
  expect(wordChanges(['one two', '慢读'], ['two one', '慢慢读 three'])).toEqual({ added: 2, removed: 0 })
  fc.assert(
    fc.property(fc.array(fc.string()), fc.array(fc.string()), (a, b) => {
      const [there, back] = [wordChanges(a, b), wordChanges(b, a)]
      expect([there.added, there.removed]).toEqual([back.removed, back.added])
      expect(wordChanges(a, a)).toEqual({ added: 0, removed: 0 })
    }),
    seeded,
  )
})

test('a version is due after a pause, and now and then without one; never twice of the same text', () => {
  const minute = 60_000
  const at = (now: number, seen: number, kept: number) =>
    isDueForVersion({ now: now * minute, seen: seen * minute, kept: kept * minute })
  expect(at(5, 4, 0)).toBe(false)
  expect(at(15, 4, 0)).toBe(true)
  expect(at(31, 30, 0)).toBe(true)
  expect(at(100, 4, 5)).toBe(false)
})

test('mentions are those of the documented form; excerpts are one line and whole characters', () => {
  const id = '0197a000-0000-7000-8000-000000000001'
  expect(mentionsIn(`[@Maya](stoa:account/${id.toUpperCase()}) [@x](stoa:account/1) @${id}`)).toEqual([id])
  expect(excerptOf(['a  b', 'c\nd'], 20)).toBe('a b c d')
  expect(excerptOf(['😀😀😀'], 4).isWellFormed()).toBe(true)
})
