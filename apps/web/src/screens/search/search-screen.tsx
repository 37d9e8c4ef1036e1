import './search.css'
import { Banner, Button, EmptyState, Rich, Skeleton } from '@stoa/ui'
import { formatNumber } from '@stoa/ui/messages'
import { search as t } from '@stoa/ui/messages/search'
import { shell } from '@stoa/ui/messages/shell'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { LibraryBig } from 'lucide-react'
import { useRef } from 'react'
import { ApiError } from '../../data/problem.ts'
import { facetsQuery, searchQuery } from '../../data/search.ts'
import { TopBar } from '../../frame/bars.tsx'
import { LoadError } from '../../frame/load-error.tsx'
import { Page } from '../../frame/page.tsx'
import { useActions } from '../../keyboard/actions.ts'
import { type SearchAddress, searchFor } from './address.ts'
import { BookFacets, KindChips } from './facets.tsx'
import { HitList } from './hit-list.tsx'
import { SearchBox } from './search-box.tsx'

/** One box over books, passages, highlights, notes and tags. */
export function SearchScreen() {
  const address = useSearch({ from: '/signed-in/frame/search' })
  const navigate = useNavigate()
  const box = useRef<HTMLInputElement>(null)
  const go = (search: SearchAddress) => void navigate({ to: '/search', search, replace: true })
  const what = searchFor(address)
  const found = useInfiniteQuery(searchQuery(what))
  const facets = useFacets(address)
  useActions([
    {
      id: 'search.focus',
      group: 'act',
      label: t.focus(),
      shortcut: '/',
      keysOnly: true,
      run: () => box.current?.select(),
    },
  ])
  const first = found.data?.pages[0]
  const hits = what.q === '' ? [] : (found.data?.pages ?? []).flatMap(({ items }) => items)
  const total = facets?.kinds.reduce((sum, { count }) => sum + count, 0)
  return (
    <Page
      {...(what.q !== '' && {
        list: <BookFacets facets={facets?.books ?? []} address={address} />,
        listTitle: t.books(),
      })}
    >
      <TopBar
        title={shell.search()}
        sub={what.q !== '' && total !== undefined && formatNumber(total)}
        flush
      />
      <div className="srch scroll">
        <div className="srch-in">
          <SearchBox
            ref={box}
            q={address.q ?? ''}
            onQuery={(q) => {
              const { q: _, ...rest } = address
              go(q === '' ? rest : { ...rest, q })
            }}
          />
          {what.q !== '' && facets && <KindChips facets={facets.kinds} address={address} onGo={go} />}
          {what.q !== '' && first?.indexing && <Banner icon={LibraryBig}>{t.indexing()}</Banner>}
          {what.q === '' ? (
            <EmptyState title={t.startTitle()}>{t.startText()}</EmptyState>
          ) : found.isPending ? (
            <Ghosts />
          ) : found.isError && hits.length === 0 ? (
            <Failed error={found.error} retry={found.refetch} />
          ) : hits.length === 0 ? (
            <Nothing address={address} onGo={go} />
          ) : (
            <HitList
              key={JSON.stringify(what)}
              hits={hits}
              stale={found.isPlaceholderData}
              hasMore={found.hasNextPage}
              isFetching={found.isFetchingNextPage}
              onMore={() => void found.fetchNextPage()}
            />
          )}
        </div>
      </div>
    </Page>
  )
}

/** Counts as if nothing of their own sort were chosen: kinds within the book, books with no book chosen. */
function useFacets(address: SearchAddress) {
  const { q = '', bookId } = searchFor(address)
  const words = { q }
  const enabled = q !== ''
  const inBook = useQuery({
    ...facetsQuery(bookId === undefined ? words : { ...words, bookId }),
    enabled,
  }).data
  const anywhere = useQuery({ ...facetsQuery(words), enabled }).data
  return enabled && inBook && anywhere ? { kinds: inBook.kinds, books: anywhere.books } : undefined
}

function Ghosts() {
  return (
    <div className="ghosts" aria-hidden="true">
      {['a', 'b', 'c', 'd', 'e', 'f'].map((key) => (
        <Skeleton key={key} height={64} />
      ))}
    </div>
  )
}

function Failed({ error, retry }: { error: unknown; retry: () => unknown }) {
  if (error instanceof ApiError && error.status === 422) {
    return (
      <EmptyState title={t.nothingToFind()}>
        <Hints />
      </EmptyState>
    )
  }
  return <LoadError error={error} retry={retry} />
}

function Nothing({ address, onGo }: { address: SearchAddress; onGo: (address: SearchAddress) => void }) {
  const { q = '', kinds, book } = address
  const narrowed = kinds !== undefined || book !== undefined
  return (
    <EmptyState
      title={t.nothing({ query: q })}
      action={narrowed && <Button onClick={() => onGo({ q })}>{t.searchAll()}</Button>}
    >
      {narrowed ? t.nothingNarrowed() : t.nothingText()}
      {!narrowed && <Hints />}
    </EmptyState>
  )
}

function Hints() {
  return (
    <span className="hints">
      {[t.hintPhrase(), t.hintStar(), t.hintChinese()].map((text) => (
        <span key={text}>
          <Rich text={text} as={{ b: (content) => <b>{content}</b> }} />
        </span>
      ))}
    </span>
  )
}
