import { describe, expect, it } from 'vitest'
import { readAddress, searchFor, toggleKind } from './address.ts'

const book = '018f0000-0000-7000-8000-000000000001'

describe('the address of a search', () => {
  it('keeps what makes sense and drops the rest', () => {
    expect(readAddress({ q: 1984, kinds: 'note,passage,posts', book })).toEqual({
      q: '1984',
      kinds: 'passage,note',
      book,
    })
    expect(readAddress({ q: '  ', kinds: 'posts', book: '../etc' })).toEqual({})
    expect(readAddress({ q: 'a'.repeat(500) }).q).toHaveLength(400)
  })

  it('asks the server for all of it', () => {
    expect(searchFor({ q: ' 路 ', kinds: 'tag', book })).toEqual({ q: '路', kinds: ['tag'], bookId: book })
    expect(searchFor({})).toEqual({ q: '' })
  })

  it('adds a kind, and leaves the kinds out when the last one goes', () => {
    const one = toggleKind({ q: 'path', book }, 'note')
    expect(one).toEqual({ q: 'path', book, kinds: 'note' })
    expect(toggleKind(one, 'book').kinds).toBe('book,note')
    expect(toggleKind(one, 'note')).toEqual({ q: 'path', book })
  })
})
