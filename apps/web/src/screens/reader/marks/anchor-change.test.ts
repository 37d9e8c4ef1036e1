import { expect, test } from 'vitest'
import { anchorChange } from './anchor-change.ts'

const stored = (anchor_status: 'exact' | 'repaired' | 'lost', cfi = 'epubcfi(/6/2!/4/2)', mine = true) => ({
  mine,
  anchor_status,
  locator: { type: 'epub' as const, cfi },
})
const found = (status: 'exact' | 'repaired' | 'approximate' | 'lost', cfi = 'epubcfi(/6/2!/4/6)') => ({
  id: 'h',
  status,
  score: 1,
  locator: status === 'lost' ? undefined : { type: 'epub' as const, cfi },
})

test('what stands where it is stored writes nothing', () => {
  expect(anchorChange(stored('exact'), found('exact'))).toBeUndefined()
  expect(anchorChange(stored('repaired'), found('exact'))).toBeUndefined()
  expect(anchorChange(stored('repaired', 'epubcfi(/6/2!/4/6)'), found('repaired'))).toBeUndefined()
  expect(anchorChange(stored('lost'), found('lost'))).toBeUndefined()
})

test('what moved is remembered where it is now', () => {
  const change = { anchor_status: 'repaired', locator: { type: 'epub', cfi: 'epubcfi(/6/2!/4/6)' } }
  expect(anchorChange(stored('exact'), found('repaired'))).toEqual(change)
  expect(anchorChange(stored('lost'), found('repaired'))).toEqual(change)
})

test('what is lost is said to be, and found again when it is', () => {
  expect(anchorChange(stored('exact'), found('lost'))).toEqual({ anchor_status: 'lost' })
  expect(anchorChange(stored('lost'), found('exact'))).toEqual({ anchor_status: 'exact' })
})

test("another's highlight is theirs to mend", () => {
  expect(anchorChange(stored('exact', undefined, false), found('lost'))).toBeUndefined()
})
