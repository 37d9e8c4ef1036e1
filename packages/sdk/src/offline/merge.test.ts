import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mergeChanges } from './merge.ts'

interface Mark {
  color: string
  note: string | null
  tags: string[]
}
const base: Mark = { color: 'amber', note: null, tags: ['a', 'b'] }

test('changes to different fields go together', () => {
  expect(mergeChanges<Mark>(base, { color: 'sky' }, { ...base, note: 'theirs' })).toEqual({
    changes: { color: 'sky' },
    conflicts: [],
  })
})

test('the same field changed to the same thing is settled', () => {
  expect(mergeChanges<Mark>(base, { color: 'sky' }, { ...base, color: 'sky' })).toEqual({
    changes: {},
    conflicts: [],
  })
})

test('the same field changed to different things needs a person', () => {
  expect(mergeChanges<Mark>(base, { note: 'mine' }, { ...base, note: 'theirs' })).toEqual({
    changes: {},
    conflicts: ['note'],
  })
})

test('tags of both sides go together', () => {
  const { changes } = mergeChanges<Mark>(
    base,
    { tags: ['b', 'mine'] },
    { ...base, tags: ['a', 'b', 'theirs'] },
  )
  expect(changes.tags).toEqual(['b', 'theirs', 'mine'])
})

test('without changes by others, mine is what is sent; and a merge never loses a tag that somebody added', () => {
  const tag = fc.constantFrom('a', 'b', 'c', 'd', 'e')
  const mark = fc.record({
    color: fc.constantFrom('amber', 'sky'),
    note: fc.option(fc.string(), { nil: null }),
    tags: fc.uniqueArray(tag),
  })
  fc.assert(
    fc.property(mark, mark, mark, (before, mine, theirs) => {
      const alone = mergeChanges<Mark>(before, mine, before)
      expect({ ...before, ...alone.changes }).toEqual(mine)
      expect(alone.conflicts).toEqual([])
      const merged = { ...theirs, ...mergeChanges<Mark>(before, mine, theirs).changes }
      const added = [...mine.tags, ...theirs.tags].filter((item) => !before.tags.includes(item))
      for (const item of added) expect(merged.tags).toContain(item)
      const removed = before.tags.filter((item) => !mine.tags.includes(item))
      for (const item of removed) expect(merged.tags).not.toContain(item)
    }),
    { seed: 2, numRuns: 500 },
  )
})
