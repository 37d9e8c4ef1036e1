import { documents } from '@stoa/ui/messages/documents'
import { reader as t } from '@stoa/ui/messages/reader'
import { rooms } from '@stoa/ui/messages/rooms'
import {
  Bookmark,
  FileText,
  Highlighter,
  MessagesSquare,
  PencilLine,
  Search,
  TableOfContents,
} from 'lucide-react'
import { type Action, useActions } from '../../../keyboard/actions.ts'
import type { BookView } from '../../../reader/engine/index.ts'
import { useBookmarks } from '../marks/use-bookmarks.ts'
import { useMarkActs } from '../marks/use-mark-acts.ts'
import { type ReaderPanel, useReader, useReaderState } from '../reader-store.ts'
import { usePageKeys } from './use-page-keys.ts'
import { changeZoom } from './zoom-controls.tsx'

const group = 'reader'

/** What the keys do in a book, and what the palette offers there. */
export function useReaderActions(): void {
  const reader = useReader()
  const { view, store } = reader
  const location = useReaderState((state) => state.location)
  const bookmarks = useBookmarks(location)
  const acts = useMarkActs()
  const panel = (id: ReaderPanel) => () =>
    store.setState((state) => ({ panel: state.panel === id ? undefined : id }))
  const withSelection = (run: (selection: NonNullable<ReturnType<typeof selected>>) => unknown) => () => {
    const selection = selected()
    if (selection) void run(selection)
  }
  const selected = () => store.getState().selection
  const note = () => {
    const selection = selected()
    if (selection) void acts.annotate(selection)
    else store.setState({ panel: 'marks', writingPageNote: true })
  }
  const list: Action[] = [
    ...moves(view),
    {
      id: 'reader.contents',
      group,
      label: t.contents(),
      icon: TableOfContents,
      shortcut: 't',
      run: panel('contents'),
    },
    { id: 'reader.search', group, label: t.search(), icon: Search, shortcut: '/', run: panel('search') },
    {
      id: 'reader.room',
      group,
      label: rooms.roomBeside(),
      icon: MessagesSquare,
      shortcut: 'r',
      run: panel('room'),
    },
    {
      id: 'reader.document',
      group,
      label: documents.documentBeside(),
      icon: FileText,
      shortcut: 'w',
      run: panel('document'),
    },
    { id: 'reader.marks', group, label: t.marks(), icon: Highlighter, shortcut: 'm', run: panel('marks') },
    {
      id: 'reader.highlight',
      group,
      label: t.keyHighlight(),
      shortcut: 'h',
      icon: Highlighter,
      run: withSelection((selection) => acts.highlight(selection)),
    },
    { id: 'reader.note', group, label: t.keyNote(), shortcut: 'n', icon: PencilLine, run: note },
    {
      id: 'reader.bookmark',
      group,
      label: bookmarks.here ? t.bookmarked() : t.bookmark(),
      icon: Bookmark,
      shortcut: 'b',
      run: () => void bookmarks.toggle(),
    },
  ]
  useActions(view.format === 'pdf' ? [...list, ...zoomActions()] : list)
  usePageKeys(reader)
}

function moves(view: BookView): Action[] {
  return [
    {
      id: 'reader.next',
      group,
      label: t.keyNext(),
      shortcut: 'arrowright',
      keysOnly: true,
      run: () => void view.goRight(),
    },
    {
      id: 'reader.previous',
      group,
      label: t.keyPrevious(),
      shortcut: 'arrowleft',
      keysOnly: true,
      run: () => void view.goLeft(),
    },
    {
      id: 'reader.back',
      group,
      label: t.keyBack(),
      shortcut: 'alt+arrowleft',
      keysOnly: true,
      run: () => void view.back(),
    },
    {
      id: 'reader.forward',
      group,
      label: t.keyForward(),
      shortcut: 'alt+arrowright',
      keysOnly: true,
      run: () => void view.forward(),
    },
  ]
}

function zoomActions(): Action[] {
  return [
    {
      id: 'reader.zoom-in',
      group,
      label: t.zoomIn(),
      shortcut: '+',
      keysOnly: true,
      run: () => changeZoom(1),
    },
    {
      id: 'reader.zoom-out',
      group,
      label: t.zoomOut(),
      shortcut: '-',
      keysOnly: true,
      run: () => changeZoom(-1),
    },
  ]
}
