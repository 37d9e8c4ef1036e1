import { Dialog, Input, toast } from '@stoa/ui'
import { rooms as t } from '@stoa/ui/messages/rooms'
import { shell } from '@stoa/ui/messages/shell'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Search } from 'lucide-react'
import { useState } from 'react'
import { joinedRoomsQuery, type RoomInfo } from '../../data/rooms.ts'
import { LoadError } from '../../frame/load-error.tsx'
import { usePlaceKey } from '../../offline/place-key.ts'
import { DocumentTargets } from '../documents/quoting/document-targets.tsx'
import {
  citeInDraft,
  type DraftCitation,
  type DraftQuote,
  draftKey,
  quoteInDraft,
} from './composer/drafts.ts'
import { RoomIcon } from './room-icon.tsx'

/** A passage or something written, on its way into a draft. */
export type ToSend = ({ readonly kind: 'cite' } & DraftCitation) | ({ readonly kind: 'quote' } & DraftQuote)

interface SendToRoomProps {
  /** Undefined: closed. */
  readonly what: ToSend | undefined
  readonly onClose: () => void
  /** Instead of a word with a way to the room. */
  readonly onSent?: (room: RoomInfo) => void
  /** Instead of a word with a way to the document. */
  readonly onQuoted?: (documentId: string) => void
}

/** Asks for a room, or for a passage also for a document, and puts it into what is being written there. */
export function SendToRoom({ what, onClose, ...rest }: SendToRoomProps) {
  return (
    <Dialog
      open={what !== undefined}
      onOpenChange={onClose}
      title={t.sendToRoom()}
      description={t.sendToRoomText()}
    >
      {what && <Rooms what={what} onClose={onClose} {...rest} />}
    </Dialog>
  )
}

function Rooms({ what, onClose, onSent, onQuoted }: SendToRoomProps & { what: ToSend }) {
  const rooms = useQuery(joinedRoomsQuery)
  const place = usePlaceKey()
  const navigate = useNavigate()
  const [find, setFind] = useState('')
  const wanted = find.trim().toLowerCase()
  const shown = (rooms.data ?? []).filter((room) => room.can.post && room.name.toLowerCase().includes(wanted))
  const take = (room: RoomInfo) => {
    const key = draftKey(place, room.id)
    if (what.kind === 'cite') citeInDraft(key, what)
    else quoteInDraft(key, what)
    onClose()
    if (onSent) return onSent(room)
    const run = () => navigate({ to: '/rooms/$roomId', params: { roomId: room.id } })
    toast({ text: t.putIn({ name: room.name }), action: { label: t.openTheRoom(), run } })
  }
  return (
    <>
      <Input
        look="quiet"
        icon={Search}
        placeholder={t.findRoom()}
        aria-label={t.findRoom()}
        value={find}
        onChange={({ target }) => setFind(target.value)}
        onKeyDown={({ key }) => key === 'Enter' && shown[0] && take(shown[0])}
        autoFocus
      />
      <div className="pick-list">
        {rooms.isError && <LoadError error={rooms.error} retry={rooms.refetch} />}
        {shown.map((room) => (
          <button key={room.id} type="button" className="li" onClick={() => take(room)}>
            <RoomIcon room={room} />
            <span className="clip grow">{room.name}</span>
          </button>
        ))}
        {what.kind === 'cite' && (
          <DocumentTargets passage={what} find={wanted} onDone={onClose} {...(onQuoted && { onQuoted })} />
        )}
        {rooms.isSuccess && shown.length === 0 && what.kind !== 'cite' && (
          <p className="muted">{shell.paletteNothing()}</p>
        )}
      </div>
    </>
  )
}
