import { toast } from '@stoa/ui'
import { rooms as t } from '@stoa/ui/messages/rooms'
import { useNavigate } from '@tanstack/react-router'
import { addressOf, type Passage } from '../../../passages/open-passage.ts'
import { RoomBeside } from '../../rooms/beside/room-beside.tsx'
import { citationOf } from '../marks/citation-of.ts'
import { useReader, useReaderState } from '../reader-store.ts'
import { useShowPassage } from './use-show-passage.ts'

/** A room beside the book. */
export function RoomPanel({ onClose }: { onClose: () => void }) {
  const reader = useReader()
  const { book, store } = reader
  const room = useReaderState((state) => state.room)
  const navigate = useNavigate()
  const show = useShowPassage()
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
