import { Chip, ListRow, ListSection } from '@stoa/ui'
import { formatNumber } from '@stoa/ui/messages'
import { search as t } from '@stoa/ui/messages/search'
import { Link } from '@tanstack/react-router'
import { Library } from 'lucide-react'
import { SEARCH_KINDS, type SearchResults } from '../../data/search.ts'
import { ListColumn } from '../../frame/bars.tsx'
import { kindName, kindsOf, type SearchAddress, toggleKind } from './address.ts'

type Facets = SearchResults['facets']

/** Chips with counts: all, or some of the kinds. */
export function KindChips({
  facets,
  address,
  onGo,
}: {
  facets: Facets['kinds']
  address: SearchAddress
  onGo: (address: SearchAddress) => void
}) {
  const chosen = kindsOf(address.kinds)
  const counts = new Map(facets.map(({ kind, count }) => [kind, count]))
  const total = facets.reduce((sum, { count }) => sum + count, 0)
  const { kinds: _, ...all } = address
  return (
    <fieldset className="kinds" aria-label={t.kinds()}>
      <Chip on={chosen.length === 0} count={formatNumber(total)} onClick={() => onGo(all)}>
        {t.all()}
      </Chip>
      {SEARCH_KINDS.filter((kind) => counts.has(kind) || chosen.includes(kind)).map((kind) => (
        <Chip
          key={kind}
          on={chosen.includes(kind)}
          count={formatNumber(counts.get(kind) ?? 0)}
          onClick={() => onGo(toggleKind(address, kind))}
        >
          {kindName[kind]()}
        </Chip>
      ))}
    </fieldset>
  )
}

/** The column of books with passages that match. */
export function BookFacets({ facets, address }: { facets: Facets['books']; address: SearchAddress }) {
  const { book, ...anywhere } = address
  return (
    <ListColumn title={t.results()}>
      <ListRow
        icon={Library}
        label={t.allBooks()}
        on={book === undefined}
        as={<Link to="/search" search={anywhere} replace />}
      />
      {facets.length > 0 && <ListSection label={t.books()} />}
      {facets.map(({ book_id, title, count }) => (
        <ListRow
          key={book_id}
          label={title}
          end={formatNumber(count)}
          on={book_id === book}
          as={<Link to="/search" search={{ ...anywhere, book: book_id }} replace />}
        />
      ))}
    </ListColumn>
  )
}
