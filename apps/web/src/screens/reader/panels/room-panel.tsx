import { toast } from '@stoa/ui'
import { rooms as t } from '@stoa/ui/messages/rooms'
import { useNavigate } from '@tanstack/react-router'
import { RoomBeside } from '../../rooms/beside/room-beside.tsx'
import { addressOf, type Passage } from '../../rooms/stream/open-passage.ts'
import { citationOf } from '../marks/citation-of.ts'
import { fromWire } from '../place/wire-locator.ts'
import { useReader, useReaderState } from '../reader-store.ts'
import { goToTarget } from '../start/target.ts'

/** A room beside the book. */
export function RoomPanel({ onClose }: { onClose: () => void }) {
  const reader = useReader()
  const { book, view, store, flash } = reader
  const room = useReaderState((state) => state.room)
  const navigate = useNavigate()
  const show = async (passage: Passage) => {
    store.setState({ visiting: true })
    const { signal } = new AbortController()
    const found = await goToTarget(view, addressOf(passage), fromWire(passage.locator), signal)
    if (found) flash([found])
  }
  const open = (passage: Passage, roomId: string) => {
    if (passage.book_id === book.id) return void show(passage)
    const search = { ...addressOf(passage), room: roomId }
    void navigate({ to: '/books/$bookId', params: { bookId: passage.book_id }, search })
  }
  return (
    <RoomBeside
      book={book}
      roomId={room}
      onRoom={(next) => store.setState({ room: next })}
      passage={() => {
        const { selection } = store.getState()
        return selection ? citationOf(reader, selection) : undefined
      }}
      onQuotePassage={() => toast(t.selectFirst())}
      onOpenPassage={open}
      onClose={onClose}
    />
  )
}
