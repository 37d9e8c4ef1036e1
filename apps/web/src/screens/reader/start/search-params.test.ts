import { expect, test } from 'vitest'
import { validateReaderSearch } from './search-params.ts'

test('a link names a place, a page, a highlight and words', () => {
  const link = { cfi: 'epubcfi(/6/4!/4/2)', page: '12', highlight: 'h', q: 1984 }
  expect(validateReaderSearch(link)).toEqual({
    cfi: 'epubcfi(/6/4!/4/2)',
    page: 12,
    highlight: 'h',
    q: '1984',
  })
})

test('what makes no sense is left out', () => {
  expect(validateReaderSearch({ cfi: 'javascript:alert(1)', page: '0', highlight: '', q: {} })).toEqual({})
  expect(validateReaderSearch({ page: 'x' })).toEqual({})
})
