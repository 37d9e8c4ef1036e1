import { search as t } from '@stoa/ui/messages/search'
import { Search } from 'lucide-react'
import { SEARCH_KINDS, type SearchHit, type SearchResults, searchOnce } from '../data/search.ts'
import { kindName } from '../screens/search/address.ts'
import { KIND_ICONS, placeText } from '../screens/search/hit-words.ts'
import { SnippetText } from '../screens/search/snippet-text.tsx'
import { prefixQuery } from './prefix-query.ts'
import type { Answer, Hit, HitGroup, SearchProvider } from './providers.ts'

/** Hits the palette asks for. */
const LIMIT = 8

export interface SearchEverything {
  readonly onOpen: (hit: SearchHit) => void
  /** Shows all results for a text on the search screen. */
  readonly onAll: (q: string) => void
  readonly ask?: typeof searchOnce
}

/** What the server finds, for the palette: by kind in the order of the best hit of each, then the way to all of them. */
export function searchEverything({ onOpen, onAll, ask = searchOnce }: SearchEverything): SearchProvider {
  return {
    id: 'everything',
    async search(query, signal) {
      const q = prefixQuery(query)
      const results = await ask({ q }, { limit: LIMIT, signal })
      return answerOf(results, onOpen, () => onAll(q))
    },
  }
}

function answerOf(
  { items, facets, took_ms }: SearchResults,
  onOpen: (hit: SearchHit) => void,
  onAll: () => void,
): Answer {
  const totals = new Map(facets.kinds.map(({ kind, count }) => [kind, count]))
  const best = (kind: SearchHit['kind']) => items.findIndex((hit) => hit.kind === kind)
  const groups = SEARCH_KINDS.filter((kind) => best(kind) >= 0)
    .sort((a, b) => best(a) - best(b))
    .map((kind): HitGroup => {
      const total = totals.get(kind)
      return {
        id: kind,
        label: kindName[kind](),
        ...(total !== undefined && { total }),
        hits: items.filter((hit) => hit.kind === kind).map((hit) => paletteHit(hit, onOpen)),
      }
    })
  const count = [...totals.values()].reduce((sum, each) => sum + each, 0)
  const all: Hit = { id: 'all', icon: Search, title: t.allResults({ count }), open: onAll }
  return {
    groups: count === 0 ? [] : [...groups, { id: 'results', label: t.results(), hits: [all] }],
    note: (
      <span key="took" className="num">
        {t.took({ count: took_ms })}
      </span>
    ),
  }
}

function paletteHit(hit: SearchHit, onOpen: (hit: SearchHit) => void): Hit {
  return {
    id: hit.id,
    icon: KIND_ICONS[hit.kind],
    title: hit.book_title ?? hit.title,
    ...(hit.language !== null && { language: hit.language }),
    meta: placeText(hit),
    ...(hit.kind !== 'book' &&
      hit.kind !== 'tag' && { excerpt: <SnippetText of={hit.snippet} />, isPassage: hit.kind !== 'note' }),
    open: () => onOpen(hit),
  }
}
