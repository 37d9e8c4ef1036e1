import { describe, expect, it, vi } from 'vitest'
import type { SearchHit, SearchResults } from '../data/search.ts'
import { prefixQuery } from './prefix-query.ts'
import { searchEverything } from './search-everything.tsx'

const hit = (kind: SearchHit['kind'], id: string): SearchHit => ({
  ...{ kind, id, score: 1, title: id, snippet: [{ text: 'path', mark: true }], book_id: 'b' },
  ...{ book_title: 'Walden', book_authors: ['Thoreau'], cover: null, chapter: 'Conclusion', locator: null },
  ...{ quote: null, color: null, author: null, language: 'en', updated_at: null },
})

const results: SearchResults = {
  items: [hit('note', 'n1'), hit('passage', 'p1'), hit('note', 'n2')],
  next_cursor: null,
  facets: {
    kinds: [
      { kind: 'passage', count: 21 },
      { kind: 'note', count: 2 },
    ],
    books: [],
  },
  took_ms: 12,
  indexing: false,
}

describe('what is typed', () => {
  it('ends in the beginning of a word, where the script has words', () => {
    expect(prefixQuery('the pond pa')).toBe('the pond pa*')
    expect(prefixQuery('路 path')).toBe('路 path*')
    expect(prefixQuery('крит')).toBe('крит*')
  })

  it('stays as it is otherwise', () => {
    for (const text of ['走的人多了', 'path*', '"the path"', '"the pa', '1984', 'C++', ''])
      expect(prefixQuery(text)).toBe(text)
  })
})

describe('the palette', () => {
  const onOpen = vi.fn()
  const onAll = vi.fn()
  const ask = vi.fn(async () => results)
  const provider = searchEverything({ onOpen, onAll, ask })

  it('asks for eight with a prefix, and can be told to stop', async () => {
    const { signal } = new AbortController()
    await provider.search('pa', signal)
    expect(ask).toHaveBeenLastCalledWith({ q: 'pa*' }, { limit: 8, signal })
  })

  it('groups hits by kind, the kind of the best hit first, and opens them', async () => {
    const { groups } = await provider.search('pa', new AbortController().signal)
    expect(groups.map(({ label, total, hits }) => [label, total, hits.length])).toEqual([
      ['Notes', 2, 2],
      ['Passages', 21, 1],
      ['Results', undefined, 1],
    ])
    groups[1]?.hits[0]?.open()
    expect(onOpen).toHaveBeenCalledWith(results.items[1])
    groups[2]?.hits[0]?.open()
    expect(onAll).toHaveBeenCalledWith('pa*')
  })

  it('offers nothing where nothing was found', async () => {
    ask.mockResolvedValueOnce({ ...results, items: [], facets: { kinds: [], books: [] } })
    expect((await provider.search('zz', new AbortController().signal)).groups).toEqual([])
  })
})
