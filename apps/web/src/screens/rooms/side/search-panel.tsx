import { Input, Pulse } from '@stoa/ui'
import { rooms as t } from '@stoa/ui/messages/rooms'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Search } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import { client } from '../../../data/api.ts'
import type { RoomInfo } from '../../../data/rooms.ts'
import type { SearchHit } from '../../../data/search.ts'
import { SidePanel } from '../../../frame/bars.tsx'
import { LoadError } from '../../../frame/load-error.tsx'
import { shortTime } from '../../../text/times.ts'
import { SnippetText } from '../../search/snippet-text.tsx'

const MOST = 50

/** Finds messages of the room; a hit leads to where it stands. */
export function SearchPanel({ room, onClose }: { room: RoomInfo; onClose: () => void }) {
  const [typed, setTyped] = useState('')
  const q = useDeferredValue(typed.trim())
  const found = useQuery({
    queryKey: ['search', 'room', room.id, q],
    enabled: q !== '',
    queryFn: ({ signal }) =>
      client.call('search', { query: { q, kinds: ['message'], room_id: room.id, limit: MOST } }, { signal }),
    placeholderData: (before) => before,
  })
  const hits = q === '' ? [] : (found.data?.items ?? [])
  return (
    <SidePanel title={t.searchRoom()} sub={room.name} onClose={onClose}>
      <div className="find-box">
        <Input
          look="quiet"
          icon={Search}
          type="search"
          placeholder={t.findInRoom({ name: room.name })}
          aria-label={t.findInRoom({ name: room.name })}
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
          autoFocus
        />
      </div>
      {q === '' && <p className="none muted">{t.foundHint()}</p>}
      {found.isError && <LoadError error={found.error} retry={found.refetch} />}
      {found.isFetching && hits.length === 0 && (
        <p className="none">
          <Pulse />
        </p>
      )}
      {found.isSuccess && q !== '' && hits.length === 0 && (
        <p className="none muted">{t.nothingFound({ query: q })}</p>
      )}
      <div className="found">
        {hits.map((hit) => (
          <Hit key={hit.id} hit={hit} roomId={room.id} />
        ))}
      </div>
    </SidePanel>
  )
}

function Hit({ hit, roomId }: { hit: SearchHit; roomId: string }) {
  const thread = hit.message?.thread_root_id ?? undefined
  return (
    <Link
      to="/rooms/$roomId"
      params={{ roomId }}
      search={{ message: thread ?? hit.id, ...(thread ? { thread } : { panel: 'search' as const }) }}
      className="found-row"
    >
      <span className="row">
        <b className="clip">{hit.author?.display_name}</b>
        {hit.updated_at && <time>{shortTime(Date.parse(hit.updated_at), Date.now())}</time>}
      </span>
      <span className="clip2">
        <SnippetText of={hit.snippet} />
      </span>
    </Link>
  )
}
