import { describe, expect, it } from 'vitest'
import { searchText } from './search-text.ts'

const found = (text: string, query: string) =>
  Array.from(searchText({ text }, query), ({ start, end }) => text.slice(start, end))

describe('searchText', () => {
  it.each([
    ['Café CAFE café', 'cafe', ['Café', 'CAFE', 'café']],
    ['“So,” she said', '"so," SHE', ['“So,” she']],
    ['ﬁnd the ﬂow', 'find the flow', ['ﬁnd the ﬂow']],
    ['图 书 馆在 河', '图书馆', ['图 书 馆']],
    ['２０２６年', '2026年', ['２０２６年']],
    ['İstanbul is İSTANBUL', 'is', ['is']],
    ['ss ß', 'ß', ['ß']],
    ['aaaa', 'aa', ['aa', 'aa']],
    ['over a\n   line', 'over a line', ['over a\n   line']],
    ['nothing', '  ', []],
  ])('in %j finds %j', (text, query, expected) => {
    expect(found(text, query)).toEqual(expected)
  })

  it('shows whole words around a hit', () => {
    const text = `${'lorem ipsum '.repeat(20)}needle${' dolor sit'.repeat(20)}`
    const [hit] = searchText({ text }, 'needle')
    expect(hit?.excerpt.before).toMatch(/^…(?:lorem|ipsum) .*ipsum $/)
    expect(hit?.excerpt.after).toMatch(/^ dolor .*(?:dolor|sit)…$/)
    expect((hit?.excerpt.before.length ?? 99) + (hit?.excerpt.after.length ?? 99)).toBeLessThanOrEqual(100)
  })
})
