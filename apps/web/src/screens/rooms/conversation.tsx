import { Banner, Button } from '@stoa/ui'
import { formatList } from '@stoa/ui/messages'
import { rooms as t } from '@stoa/ui/messages/rooms'
import { type ReactNode, useState } from 'react'
import { client } from '../../data/api.ts'
import { type Message, type RoomInfo, refreshRooms } from '../../data/rooms.ts'
import { useSyncSummary } from '../../data/sync.ts'
import { topics } from '../../data/topics.ts'
import { ErrorNote, LoadError } from '../../frame/load-error.tsx'
import { useActions } from '../../keyboard/actions.ts'
import { usePlaceKey } from '../../offline/place-key.ts'
import { Composer } from './composer/composer.tsx'
import { type DraftCitation, draftKey } from './composer/drafts.ts'
import { GhostStream } from './ghosts.tsx'
import { NamesContext, useNames, useRoomNames } from './names.ts'
import { SendToRoom, type ToSend } from './send-to-room.tsx'
import { Stream } from './stream/stream.tsx'
import { type Opening, useOpening } from './stream/use-opening.ts'
import { useRowActs } from './stream/use-row-acts.ts'
import type { Talk } from './talk/talk.ts'
import { useAway, useTalkState, useTimeline } from './talk/use-talk.ts'

export interface ConversationProps {
  readonly room: RoomInfo
  readonly talk: Talk
  /** The message that the address names. */
  readonly message?: string | undefined
  /** Opens the thread of a message. */
  readonly onThread: (message: Message) => void
  readonly passage?: (() => DraftCitation | undefined) | undefined
  readonly onQuotePassage?: (() => void) | undefined
  /** It has the keys `j`, `k`, `r`, `e`: not beside a book. */
  readonly keys?: boolean
  /** Told how to go to places of the room. */
  readonly bind?: (opening: Opening) => void
}

/** The messages of a room with the box to write in: on its own screen, or beside a book. */
export function Conversation(props: ConversationProps) {
  const { room, talk, message, onThread, passage, onQuotePassage, keys = false, bind } = props
  const names = useRoomNames(room.id)
  const key = usePlaceKey()
  const [readUntil] = useState(() => (room.unread_count > 0 ? room.membership?.read_sequence : undefined))
  const opening = useOpening(talk, { message, unread: room.unread_count > 0 })
  const [toSend, setToSend] = useState<ToSend>()
  const drafting = draftKey(key, room.id)
  const { acts, editing, editLast } = useRowActs({ talk, room, drafting, onThread, onElsewhere: setToSend })
  bind?.(opening)
  useActions(
    keys
      ? [{ id: 'rooms.write', group: 'act', label: t.keyCompose(), shortcut: 'c', run: focusComposer }]
      : [],
  )
  return (
    <NamesContext value={names}>
      {opening.status === 'loading' ? (
        <GhostStream />
      ) : opening.status === 'failed' ? (
        <div className="scroll">
          <LoadError error={opening.error} retry={opening.retry} />
        </div>
      ) : (
        <Stream
          {...{ talk, room, acts, readUntil, editing, keys, target: opening.target }}
          onNewest={() => void opening.go('newest')}
        />
      )}
      <Foot
        talk={talk}
        error={opening.status === 'ready' ? opening.error : undefined}
        retry={opening.retry}
      />
      <MayWrite room={room}>
        <Composer
          key={room.id}
          talk={talk}
          roomId={room.id}
          draftKey={drafting}
          placeholder={t.messageTo({ name: room.name })}
          people={[...names.people.values()].filter(({ account_id }) => account_id !== names.accountId)}
          passage={passage}
          onQuotePassage={onQuotePassage}
          onEditLast={editLast}
        />
      </MayWrite>
      <SendToRoom what={toSend} onClose={() => setToSend(undefined)} />
    </NamesContext>
  )
}

const focusComposer = () => document.querySelector<HTMLElement>('.stage .comp textarea')?.focus()

/** Between messages and box: who writes, and whether the network is away. */
function Foot({ talk, error, retry }: { talk: Talk; error: unknown; retry: () => void }) {
  const { online } = useSyncSummary()
  const unreached = useAway()
  const waiting = useTimeline(talk).rows.filter(
    (row) => row.kind === 'pending' && row.pending.state === 'waiting',
  ).length
  // A server that is started again is gone for a moment only: said to who waits for it.
  const away = !online || (unreached && waiting > 0)
  const tryNow = () => {
    topics.reconnect()
    void talk.flush()
    void talk.catchUp().catch(() => {})
  }
  return (
    <>
      <Typing talk={talk} />
      {away ? (
        <div className="ob">
          <Banner
            action={
              <Button size="sm" onClick={tryNow}>
                {t.tryNow()}
              </Button>
            }
          >
            {waiting > 0 ? t.offlineWaiting({ count: waiting }) : t.offlineNone()}
          </Banner>
        </div>
      ) : (
        error !== undefined && (
          <div className="ob">
            <ErrorNote error={error} retry={retry} />
          </div>
        )
      )}
    </>
  )
}

function Typing({ talk }: { talk: Talk }) {
  const typing = useTalkState(talk, (state) => state.typing)
  const nameOf = useNames()
  const names = typing.map(nameOf)
  return (
    <div className="typing" role="status">
      {names.length === 1 && t.typingOne({ name: names[0] ?? '' })}
      {names.length > 1 && t.typingMany({ names: formatList(names), count: names.length })}
    </div>
  )
}

/** The box, or why there is none and what to do. */
function MayWrite({ room, children }: { room: RoomInfo; children: ReactNode }) {
  if (room.can.post) return children
  const join = async () => {
    await client.call('joinRoom', { path: { room_id: room.id } })
    await refreshRooms()
  }
  const text =
    room.archived_at !== null ? t.archivedHere() : room.can.join ? t.joinToWrite() : t.moderatorsOnly()
  return (
    <div className="no-write" role="note">
      <span className="grow">{text}</span>
      {room.can.join && <Button onClick={() => void join()}>{t.join()}</Button>}
    </div>
  )
}
