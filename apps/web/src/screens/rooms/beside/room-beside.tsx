import '../rooms.css'
import { Avatar, Button, IconButton, Menu } from '@stoa/ui'
import { rooms as t } from '@stoa/ui/messages/rooms'
import { shell } from '@stoa/ui/messages/shell'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { ArrowRightLeft, Ellipsis, MessagesSquare, X } from 'lucide-react'
import { useState } from 'react'
import { type RoomInfo, roomMembersQuery, roomQuery } from '../../../data/rooms.ts'
import { LoadError } from '../../../frame/load-error.tsx'
import { OpenPassage, type Passage } from '../../../passages/open-passage.ts'
import type { DraftCitation } from '../composer/drafts.ts'
import { Conversation } from '../conversation.tsx'
import { GhostStream } from '../ghosts.tsx'
import { ThreadPanel } from '../side/thread-panel.tsx'
import { useTalk, useTalkState } from '../talk/use-talk.ts'
import { RoomChoice } from './room-choice.tsx'

export interface RoomBesideProps {
  readonly book: { readonly id: string; readonly title: string; readonly workspace_id: string }
  /** Undefined: it is to be chosen. */
  readonly roomId: string | undefined
  readonly onRoom: (roomId: string | undefined) => void
  /** The passage that is selected in the book. */
  readonly passage: () => DraftCitation | undefined
  /** The composer asks for a passage and none is selected. */
  readonly onQuotePassage: () => void
  readonly onOpenPassage: (passage: Passage, roomId: string) => void
  readonly onClose: () => void
}

/** A room beside the book that is open: one reads and talks on one screen. */
export function RoomBeside(props: RoomBesideProps) {
  const { roomId, onClose } = props
  if (roomId !== undefined) return <Loaded key={roomId} {...props} roomId={roomId} />
  return (
    <>
      <div className="rh">
        <div className="grow nm">{t.roomBeside()}</div>
        <IconButton icon={X} label={shell.closeSide()} onClick={onClose} />
      </div>
      <div className="scroll">
        <RoomChoice book={props.book} onPick={(room) => props.onRoom(room.id)} />
      </div>
    </>
  )
}

function Loaded(props: RoomBesideProps & { roomId: string }) {
  const room = useQuery(roomQuery(props.roomId))
  if (room.data) return <Talking {...props} room={room.data} />
  return (
    <>
      <div className="rh">
        <div className="grow nm">{t.roomBeside()}</div>
        <IconButton icon={X} label={shell.closeSide()} onClick={props.onClose} />
      </div>
      {room.isError ? (
        <div className="scroll">
          <LoadError error={room.error} retry={room.refetch} />
          <Button onClick={() => props.onRoom(undefined)}>{t.otherRoom()}</Button>
        </div>
      ) : (
        <GhostStream />
      )}
    </>
  )
}

function Talking({
  room,
  onRoom,
  passage,
  onQuotePassage,
  onOpenPassage,
  onClose,
}: RoomBesideProps & { room: RoomInfo }) {
  const talk = useTalk(room.id)
  const navigate = useNavigate()
  const [thread, setThread] = useState<string>()
  const open = (cited: Passage) => onOpenPassage(cited, room.id)
  if (thread !== undefined) {
    return (
      <OpenPassage value={open}>
        <ThreadPanel room={room} talk={talk} rootId={thread} onClose={() => setThread(undefined)} />
      </OpenPassage>
    )
  }
  const menu = [
    {
      label: t.openRoom(),
      icon: MessagesSquare,
      onSelect: () => void navigate({ to: '/rooms/$roomId', params: { roomId: room.id } }),
    },
    { label: t.otherRoom(), icon: ArrowRightLeft, onSelect: () => onRoom(undefined) },
  ]
  return (
    <OpenPassage value={open}>
      <div className="rh">
        <div className="grow">
          <div className="nm clip">{room.name}</div>
          <Sub room={room} />
        </div>
        <Here roomId={room.id} />
        <Menu trigger={<IconButton icon={Ellipsis} label={t.more()} />} items={menu} />
        <IconButton icon={X} label={shell.closeSide()} onClick={onClose} />
      </div>
      <Conversation {...{ room, talk, passage, onQuotePassage }} onThread={({ id }) => setThread(id)} />
    </OpenPassage>
  )
}

function Sub({ room }: { room: RoomInfo }) {
  const present = useTalkState(useTalk(room.id), (state) => state.present)
  const text = [
    room.kind === 'room' && t.members({ count: room.member_count }),
    present.size > 0 && t.hereCount({ count: present.size }),
  ]
  return <div className="sub clip">{text.filter(Boolean).join(' · ')}</div>
}

/** Faces of some who are here now. */
const FACES = 3

function Here({ roomId }: { roomId: string }) {
  const present = useTalkState(useTalk(roomId), (state) => state.present)
  const members = useQuery(roomMembersQuery(roomId)).data ?? []
  return (
    <span className="avs">
      {members
        .filter(({ person }) => present.has(person.account_id))
        .slice(0, FACES)
        .map(({ person }) => (
          <Avatar key={person.account_id} name={person.display_name} seed={person.account_id} size="s" />
        ))}
    </span>
  )
}
