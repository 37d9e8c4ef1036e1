import { Button, Input, Pulse } from '@stoa/ui'
import { reader as t } from '@stoa/ui/messages/reader'
import { Search } from 'lucide-react'
import { useState } from 'react'
import { useReader } from '../reader-store.ts'
import { groupHits, MOST_HITS, useBookSearch } from './use-book-search.ts'
import { useJump } from './use-jump.ts'

/** Every place where some words stand, as they are found. */
export function SearchPanel() {
  const { view, book } = useReader()
  const [query, setQuery] = useState('')
  const { hits, searching } = useBookSearch(query)
  const jump = useJump()
  const [chosen, setChosen] = useState<number>()
  const asked = query.trim() !== ''
  const count = hits.length
  return (
    <div className="panel-body search-panel">
      <div className="panel-head">
        <Input
          look="quiet"
          icon={Search}
          type="search"
          aria-label={t.search()}
          placeholder={t.searchPlaceholder()}
          value={query}
          autoFocus
          maxLength={200}
          onChange={(event) => {
            setQuery(event.target.value)
            setChosen(undefined)
          }}
          end={
            asked && (
              <Button variant="ghost" size="sm" onClick={() => setQuery('')}>
                {t.clear()}
              </Button>
            )
          }
        />
        <p className="muted row" role="status">
          {searching && <Pulse />}
          {!asked
            ? t.searchHint()
            : count >= MOST_HITS
              ? t.hitsMany({ count })
              : count > 0
                ? t.hits({ count })
                : searching
                  ? t.searching()
                  : t.noHits()}
        </p>
      </div>
      {groupHits(hits).map(({ label, from, hits }) => (
        <section key={`${from}-${label}`} className="panel-section" lang={book.language ?? undefined}>
          {label && <h3 className="label clip">{label}</h3>}
          {hits.map((hit, index) => (
            <button
              // biome-ignore lint/suspicious/noArrayIndexKey: hits only ever come at the end
              key={from + index}
              type="button"
              className="hit-row"
              aria-current={chosen === from + index || undefined}
              onClick={() => {
                setChosen(from + index)
                jump(hit.locator)
                view.setMarks([hit.locator])
              }}
            >
              {hit.excerpt.before}
              <mark>{hit.excerpt.match}</mark>
              {hit.excerpt.after}
            </button>
          ))}
        </section>
      ))}
    </div>
  )
}
