import { Button, Pulse } from '@stoa/ui'
import { search as t } from '@stoa/ui/messages/search'
import clsx from 'clsx'
import { useRef } from 'react'
import type { SearchHit } from '../../data/search.ts'
import { useListEnd } from '../../frame/use-list-end.ts'
import { useListKeys } from '../../keyboard/use-list-keys.ts'
import { HitRow } from './hit-row.tsx'
import { useOpenHit } from './use-open-hit.ts'

export interface HitListProps {
  readonly hits: readonly SearchHit[]
  /** They belong to the words before. */
  readonly stale: boolean
  readonly hasMore: boolean
  readonly isFetching: boolean
  readonly onMore: () => void
}

/** The hits; the next ones come as the end draws near. `j`, `k`, `o` walk and open. */
export function HitList({ hits, stale, hasMore, isFetching, onMore }: HitListProps) {
  const open = useOpenHit()
  const list = useRef<HTMLOListElement>(null)
  const more = useListEnd(hasMore && !isFetching, onMore)
  const { cursor } = useListKeys({
    count: hits.length,
    onOpen: (index) => hits[index] && open(hits[index]),
    onMove: (index) => list.current?.children[index]?.scrollIntoView({ block: 'nearest' }),
  })
  return (
    <>
      <ol ref={list} className={clsx('hitlist', stale && 'stale')} aria-busy={stale || isFetching}>
        {hits.map((hit, index) => (
          <li key={`${hit.kind}-${hit.id}`}>
            <HitRow hit={hit} active={index === cursor} />
          </li>
        ))}
      </ol>
      <div ref={more} className="more">
        {isFetching ? <Pulse /> : hasMore && <Button onClick={onMore}>{t.more()}</Button>}
      </div>
    </>
  )
}
