import { Sheet } from '@stoa/ui'
import { documents } from '@stoa/ui/messages/documents'
import { reader as t } from '@stoa/ui/messages/reader'
import { rooms } from '@stoa/ui/messages/rooms'
import { SidePanel } from '../../../frame/bars.tsx'
import { NARROW, PHONE, useMedia } from '../../../frame/use-media.ts'
import { type ReaderPanel, useReader, useReaderState } from '../reader-store.ts'
import { ContentsPanel } from './contents-panel.tsx'
import { DocumentPanel } from './document-panel.tsx'
import { MarksPanel } from './marks-panel.tsx'
import { RoomPanel } from './room-panel.tsx'
import { SearchPanel } from './search-panel.tsx'

const PANELS: Record<
  Exclude<ReaderPanel, 'room' | 'document'>,
  { title: () => string; Body: () => React.ReactNode }
> = {
  contents: { title: t.contents, Body: ContentsPanel },
  search: { title: t.search, Body: SearchPanel },
  marks: { title: t.marks, Body: MarksPanel },
}

/** Contents, search or marks beside the text; over it where there is no room for both. */
export function SidePanels() {
  const { store, view } = useReader()
  const panel = useReaderState((state) => state.panel)
  const narrow = useMedia(NARROW)
  const phone = useMedia(PHONE)
  const close = () => {
    store.setState({ panel: undefined })
    view.element.focus()
  }
  if (panel === 'room' || panel === 'document')
    return <Beside what={panel} narrow={narrow} phone={phone} onClose={close} />
  const open = panel && PANELS[panel]
  if (narrow) {
    return (
      <Sheet
        open={open !== undefined}
        onOpenChange={close}
        title={open?.title() ?? ''}
        from={phone ? 'bottom' : 'right'}
        className="reader-sheet"
      >
        {open && <open.Body />}
      </Sheet>
    )
  }
  return (
    open && (
      <aside className="side" aria-label={open.title()}>
        <SidePanel title={open.title()} onClose={close}>
          <open.Body />
        </SidePanel>
      </aside>
    )
  )
}

const BESIDE = {
  room: { title: rooms.roomBeside, Body: RoomPanel },
  document: { title: documents.documentBeside, Body: DocumentPanel },
} as const

interface BesideProps {
  readonly what: keyof typeof BESIDE
  readonly narrow: boolean
  readonly phone: boolean
  readonly onClose: () => void
}

/** A room or a document brings its own head. */
function Beside({ what, narrow, phone, onClose }: BesideProps) {
  const { title, Body } = BESIDE[what]
  if (!narrow) {
    return (
      <aside className="side" aria-label={title()}>
        <Body onClose={onClose} />
      </aside>
    )
  }
  return (
    <Sheet
      open
      onOpenChange={onClose}
      title={title()}
      from={phone ? 'bottom' : 'right'}
      bare
      className="reader-sheet side"
    >
      <Body onClose={onClose} />
    </Sheet>
  )
}
