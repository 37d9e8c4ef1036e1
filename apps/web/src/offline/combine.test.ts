import { expect, test } from 'vitest'
import { combineWrites } from './combine.ts'
import type { NewHighlight, Write } from './types.ts'

const body: NewHighlight = {
  id: 'h',
  book_id: 'b',
  locator: { type: 'epub', cfi: 'epubcfi(/6/2!/4/2/1:0)' },
  quote: { exact: 'x', prefix: '', suffix: '' },
  color: 'amber',
  created_at: '2026-11-21T00:00:00Z',
}
const update = (changes: object, base: object = {}): Write => ({
  kind: 'highlight.update',
  id: 'h',
  version: 1,
  base,
  changes,
})

test('what was made and changed offline is made as it is now', () => {
  const made = combineWrites(
    { kind: 'highlight.create', body },
    update({ color: 'sky', note: 'seen', anchor_status: 'exact' }),
  )
  expect(made).toEqual({ kind: 'highlight.create', body: { ...body, color: 'sky', note: 'seen' } })
  const emptied = combineWrites(
    { kind: 'highlight.create', body: { ...body, note: 'seen' } },
    update({ note: null }),
  )
  expect(emptied).toEqual({ kind: 'highlight.create', body })
})

test('two changes become one over the first state', () => {
  const both = combineWrites(
    update({ color: 'sky' }, { color: 'amber' }),
    update({ color: 'rose', note: 'n' }, { color: 'sky', note: null }),
  )
  expect(both).toMatchObject({ base: { color: 'amber', note: null }, changes: { color: 'rose', note: 'n' } })
})

test('the later place replaces the earlier, whichever was written first', () => {
  const at = (recorded_at: string): Write => ({
    kind: 'position',
    bookId: 'b',
    place: { locator: body.locator, fraction: 0.5, device_id: 'd', device_name: 'D', recorded_at },
  })
  expect(combineWrites(at('2026-11-21T10:00:00Z'), at('2026-11-21T11:00:00Z'))).toEqual(
    at('2026-11-21T11:00:00Z'),
  )
  expect(combineWrites(at('2026-11-21T11:00:00Z'), at('2026-11-21T10:00:00Z'))).toEqual(
    at('2026-11-21T11:00:00Z'),
  )
})

test('what must each be sent is not combined', () => {
  expect(combineWrites(update({ color: 'sky' }), { kind: 'highlight.delete', id: 'h' })).toBeUndefined()
  const beat = (sequence: number): Write => ({
    kind: 'reading.beat',
    sessionId: 's',
    body: { sequence, at: '', active_seconds: 1 },
  })
  expect(combineWrites(beat(1), beat(2))).toBeUndefined()
})
