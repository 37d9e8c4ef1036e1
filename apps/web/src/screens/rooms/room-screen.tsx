import './rooms.css'
import { Button, EmptyState } from '@stoa/ui'
import { rooms as t } from '@stoa/ui/messages/rooms'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useRef } from 'react'
import { ApiError } from '../../data/problem.ts'
import { type RoomInfo, roomQuery } from '../../data/rooms.ts'
import { TopBar } from '../../frame/bars.tsx'
import { LoadError } from '../../frame/load-error.tsx'
import { Page } from '../../frame/page.tsx'
import { useActions } from '../../keyboard/actions.ts'
import { addressOf, OpenPassage, type Passage } from '../../passages/open-passage.ts'
import type { RoomAddress } from './address.ts'
import { Conversation } from './conversation.tsx'
import { GhostStream } from './ghosts.tsx'
import { RoomColumn } from './list/room-column.tsx'
import { RoomBar } from './room-bar.tsx'
import { PeoplePanel } from './side/people-panel.tsx'
import { SearchPanel } from './side/search-panel.tsx'
import { ThreadPanel } from './side/thread-panel.tsx'
import type { Opening } from './stream/use-opening.ts'
import { useTalk } from './talk/use-talk.ts'

/** Brings the editor: only for who writes beside a room. */
const DocumentBeside = lazy(() => import('../documents/beside/document-beside.tsx'))

const SIDE = 380
/** A text wants wider lines. */
const WIDE_SIDE = 460

/** A room: its messages, and beside them a thread, the people or what is looked for. */
export function RoomScreen() {
  const { roomId } = useParams({ from: '/signed-in/frame/rooms/$roomId' })
  const room = useQuery(roomQuery(roomId))
  // What was held of a room that may not be read any more is not shown.
  if (room.data && !isGone(room.error)) return <OpenRoom key={roomId} room={room.data} />
  return (
    <Page list={<RoomColumn current={roomId} />} listTitle={t.rooms()} deep>
      <Absent error={room.error} retry={room.refetch} />
    </Page>
  )
}

const isGone = (error: unknown) => error instanceof ApiError && error.status === 404

function Absent({ error, retry }: { error: unknown; retry: () => unknown }) {
  const navigate = useNavigate()
  const gone = isGone(error)
  return (
    <>
      <TopBar title={gone ? t.roomGone() : t.rooms()} onBack={() => void navigate({ to: '/rooms' })} />
      {gone ? (
        <EmptyState
          title={t.roomGone()}
          action={
            <Button asChild>
              <Link to="/rooms">{t.backToRooms()}</Link>
            </Button>
          }
        >
          {t.roomGoneText()}
        </EmptyState>
      ) : error ? (
        <div className="scroll">
          <LoadError error={error} retry={retry} />
        </div>
      ) : (
        <GhostStream />
      )}
    </>
  )
}

function OpenRoom({ room }: { room: RoomInfo }) {
  const address = useSearch({ from: '/signed-in/frame/rooms/$roomId' })
  const navigate = useNavigate()
  const talk = useTalk(room.id)
  const opening = useRef<Opening>(undefined)
  const go = (search: RoomAddress) =>
    void navigate({ to: '/rooms/$roomId', params: { roomId: room.id }, search, replace: true })
  const close = () => go({})
  const open = ({ book_id, ...passage }: Passage) =>
    void navigate({
      to: '/books/$bookId',
      params: { bookId: book_id },
      search: { ...addressOf({ book_id, ...passage }), room: room.id },
    })
  const sided = address.thread !== undefined || address.panel !== undefined || address.document !== undefined
  useActions(
    sided
      ? [
          {
            id: 'rooms.close',
            group: 'act',
            label: t.cancel(),
            shortcut: 'escape',
            keysOnly: true,
            run: close,
          },
        ]
      : [],
  )
  const side = address.thread ? (
    <ThreadPanel key={address.thread} {...{ room, talk }} rootId={address.thread} onClose={close} />
  ) : address.panel === 'people' ? (
    <PeoplePanel room={room} talk={talk} onClose={close} />
  ) : address.panel === 'search' ? (
    <SearchPanel room={room} onClose={close} />
  ) : address.document ? (
    <Suspense>
      <DocumentBeside
        documentId={address.document}
        onDocument={(document) => go(document ? { document } : {})}
        onOpenPassage={open}
        onClose={close}
      />
    </Suspense>
  ) : undefined
  return (
    <OpenPassage value={open}>
      <Page
        list={<RoomColumn current={room.id} />}
        listTitle={t.rooms()}
        side={side}
        sideWidth={address.document ? WIDE_SIDE : SIDE}
        onCloseSide={close}
        deep
      >
        <RoomBar
          room={room}
          panel={address.panel}
          onPanel={(panel) => go(panel ? { panel } : {})}
          opening={opening}
        />
        <Conversation
          {...{ room, talk }}
          message={address.message}
          keys
          bind={(bound) => {
            opening.current = bound
          }}
          onThread={({ id }) => go({ thread: id })}
          {...(room.book && { onQuotePassage: () => openBook(room) })}
        />
      </Page>
    </OpenPassage>
  )

  function openBook({ book, id }: RoomInfo) {
    if (book) void navigate({ to: '/books/$bookId', params: { bookId: book.id }, search: { room: id } })
  }
}
