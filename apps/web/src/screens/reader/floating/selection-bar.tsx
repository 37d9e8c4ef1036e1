import { Icon, InkBar } from '@stoa/ui'
import { reader as t } from '@stoa/ui/messages/reader'
import { rooms } from '@stoa/ui/messages/rooms'
import { Copy, type LucideIcon, MessageSquareQuote, PencilLine, Quote } from 'lucide-react'
import { useState } from 'react'
import { usePlaceKey } from '../../../offline/place-key.ts'
import { attributesOf } from '../../documents/nodes/passage-of.ts'
import { quoteInDocument } from '../../documents/quoting/quoted.ts'
import { citeInDraft, draftKey } from '../../rooms/composer/drafts.ts'
import { SendToRoom, type ToSend } from '../../rooms/send-to-room.tsx'
import { citationOf } from '../marks/citation-of.ts'
import { useMarkActs } from '../marks/use-mark-acts.ts'
import { useReader, useReaderState } from '../reader-store.ts'
import { Near } from './near.tsx'

/** Inks and acts for the words that are selected. */
export function SelectionBar() {
  const selection = useReaderState((state) => state.selection)
  const acts = useMarkActs()
  const reader = useReader()
  const place = usePlaceKey()
  const { store, view } = reader
  const [toSend, setToSend] = useState<ToSend>()
  const beside = (room: string) => {
    view.clearSelection()
    store.setState({ selection: null, panel: 'room', room })
  }
  const besideDocument = (document: string) => {
    view.clearSelection()
    store.setState({ selection: null, panel: 'document', document })
  }
  const dialog = (
    <SendToRoom
      what={toSend}
      onClose={() => setToSend(undefined)}
      onSent={({ id }) => beside(id)}
      onQuoted={besideDocument}
    />
  )
  if (!selection || toSend) return dialog
  /** Into the room or document that is open beside, else into the one that is chosen. */
  const quoteTo = () => {
    const { panel, room, document } = store.getState()
    const citation = citationOf(reader, selection)
    if (panel === 'document' && document !== undefined) {
      quoteInDocument(place, document, attributesOf(citation))
      return besideDocument(document)
    }
    if (panel !== 'room' || room === undefined) return setToSend({ kind: 'cite', ...citation })
    citeInDraft(draftKey(place, room), citation)
    beside(room)
  }
  return (
    <Near target={selection.rect} role="toolbar" label={t.selection()} className="selbar">
      <InkBar onPick={(ink) => void acts.highlight(selection, ink)} />
      <hr />
      <Act icon={PencilLine} label={t.note()} onClick={() => void acts.annotate(selection)} />
      <Act icon={MessageSquareQuote} label={rooms.quoteTo()} onClick={quoteTo} />
      <Act icon={Copy} label={t.copy()} onClick={() => void acts.copy(selection)} />
      <Act icon={Quote} label={t.quote()} onClick={() => void acts.quote(selection)} />
    </Near>
  )
}

const Act = ({ icon, label, onClick }: { icon: LucideIcon; label: string; onClick: () => void }) => (
  <button type="button" className="a" onClick={onClick}>
    <Icon of={icon} />
    {label}
  </button>
)
