import { IconButton, Menu, type MenuEntry } from '@stoa/ui'
import { documents } from '@stoa/ui/messages/documents'
import { reader as t } from '@stoa/ui/messages/reader'
import { rooms } from '@stoa/ui/messages/rooms'
import { shell } from '@stoa/ui/messages/shell'
import { useNavigate } from '@tanstack/react-router'
import clsx from 'clsx'
import {
  Bookmark,
  BookmarkCheck,
  ChevronLeft,
  Ellipsis,
  FileText,
  Highlighter,
  type LucideIcon,
  MessagesSquare,
  Search,
  TableOfContents,
} from 'lucide-react'
import { useSyncSummary } from '../../../data/sync.ts'
import { SyncMark } from '../../../frame/sync-mark.tsx'
import { useBookmarks } from '../marks/use-bookmarks.ts'
import { type ReaderPanel, useReader, useReaderState } from '../reader-store.ts'
import { LookPopover } from '../settings/look-popover.tsx'
import { ZoomControls } from './zoom-controls.tsx'

const PANELS: readonly { id: ReaderPanel; icon: LucideIcon; label: () => string; key: string }[] = [
  { id: 'contents', icon: TableOfContents, label: t.contents, key: 't' },
  { id: 'search', icon: Search, label: t.search, key: '/' },
]

/** Back, title and author, and what one can do with the book. On a phone most of it stands in one menu. */
export function TopBar() {
  const { book, store, view } = useReader()
  const navigate = useNavigate()
  const panel = useReaderState((state) => state.panel)
  const chrome = useReaderState((state) => state.chrome)
  const toggle = (id: ReaderPanel) => () => store.setState({ panel: panel === id ? undefined : id })
  const icon = ({ id, icon, label, key }: (typeof PANELS)[number]) => (
    <IconButton
      key={id}
      icon={icon}
      label={label()}
      shortcut={key}
      on={panel === id}
      className="no-m"
      onClick={toggle(id)}
    />
  )
  return (
    <header className={clsx('chrome', !chrome && 'away')}>
      <div className="row">
        <IconButton
          icon={ChevronLeft}
          label={t.backToLibrary()}
          onClick={() => void navigate({ to: '/library' })}
        />
        <span className="muted no-m">{shell.library()}</span>
      </div>
      <h1 className="ttl clip" lang={book.language ?? undefined}>
        <b>{book.title}</b>
        {book.authors.length > 0 && <span className="no-m"> · {book.authors.join(' · ')}</span>}
      </h1>
      <div className="row r">
        <Unsent />
        {view.format === 'pdf' && <ZoomControls />}
        {PANELS.map(icon)}
        <LookPopover />
        {icon({ id: 'marks', icon: Highlighter, label: t.marks, key: 'm' })}
        <BookmarkButton />
        {icon({ id: 'room', icon: MessagesSquare, label: rooms.roomBeside, key: 'r' })}
        {icon({ id: 'document', icon: FileText, label: documents.documentBeside, key: 'w' })}
        <PhoneMenu toggle={toggle} />
      </div>
    </header>
  )
}

/** Saved is the rule and needs no words here; what has not reached the server does. */
function Unsent() {
  const { online, waiting, failed } = useSyncSummary()
  if (online && waiting === 0 && failed === 0) return null
  return (
    <span className="sync-slot no-m">
      <SyncMark />
    </span>
  )
}

function BookmarkButton() {
  const location = useReaderState((state) => state.location)
  const { here, toggle } = useBookmarks(location)
  return (
    <IconButton
      icon={here ? BookmarkCheck : Bookmark}
      label={here ? t.bookmarked() : t.bookmark()}
      shortcut="b"
      on={here}
      className={clsx('no-m bm', here && 'set')}
      onClick={() => void toggle()}
    />
  )
}

function PhoneMenu({ toggle }: { toggle: (id: ReaderPanel) => () => void }) {
  const location = useReaderState((state) => state.location)
  const bookmarks = useBookmarks(location)
  const items: MenuEntry[] = [
    ...PANELS.map(({ id, icon, label }) => ({ label: label(), icon, onSelect: toggle(id) })),
    { label: t.marks(), icon: Highlighter, onSelect: toggle('marks') },
    { label: rooms.roomBeside(), icon: MessagesSquare, onSelect: toggle('room') },
    { label: documents.documentBeside(), icon: FileText, onSelect: toggle('document') },
    {
      label: bookmarks.here ? t.bookmarked() : t.bookmark(),
      icon: bookmarks.here ? BookmarkCheck : Bookmark,
      onSelect: () => void bookmarks.toggle(),
    },
  ]
  return (
    <span className="only-m">
      <Menu trigger={<IconButton icon={Ellipsis} label={t.more()} />} items={items} />
    </span>
  )
}
