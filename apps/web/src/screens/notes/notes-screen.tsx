import './notes.css'
import { Button, EmptyState, IconButton, Menu, Skeleton } from '@stoa/ui'
import { formatNumber } from '@stoa/ui/messages'
import { notes as t } from '@stoa/ui/messages/notes'
import { shell } from '@stoa/ui/messages/shell'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Download, PenLine } from 'lucide-react'
import { useMemo, useRef, useState } from 'react'
import { TopBar } from '../../frame/bars.tsx'
import { Page } from '../../frame/page.tsx'
import { useActions } from '../../keyboard/actions.ts'
import { useLive, usePlace } from '../../offline/use-place.ts'
import { isFiltered, type NotesAddress, withPart } from './address.ts'
import { ConflictCards } from './conflict-cards.tsx'
import { exportNotes } from './export-notes.ts'
import { MarkList } from './mark-list.tsx'
import { arrange, filterMarks, marksOf } from './marks.ts'
import { NotesColumn } from './notes-column.tsx'
import { NotesTools } from './notes-tools.tsx'
import { QuickNote } from './quick-note.tsx'
import { useMarkActs } from './use-mark-acts.ts'

/** Every highlight and note one may read, from this device: it works without the server, too. */
export function NotesScreen() {
  const address = useSearch({ from: '/signed-in/frame/notes' })
  const navigate = useNavigate()
  const { database, outbox } = usePlace()
  const acts = useMarkActs()
  const box = useRef<HTMLInputElement>(null)
  const [scroller, setScroller] = useState<HTMLElement | null>(null)
  const [writing, setWriting] = useState(false)
  const rows = useLive(() => Promise.all([database.highlights.toArray(), database.notes.toArray()]), 'marks')
  const all = useMemo(() => rows && marksOf(...rows), [rows])
  const shown = useMemo(() => filterMarks(all ?? [], address), [all, address])
  const lines = useMemo(() => arrange(shown, address.by ?? 'newest'), [shown, address.by])
  const go = (search: NotesAddress) => void navigate({ to: '/notes', search, replace: true })
  const save = (format: 'markdown' | 'jsonld') => () => {
    const bookId = address.book === 'none' ? undefined : address.book
    void exportNotes(format, bookId, () => outbox.flush())
  }
  useNotesKeys({ write: () => setWriting(true), find: () => box.current?.select(), save: save('markdown') })
  return (
    <Page list={<NotesColumn marks={all ?? []} address={address} />} listTitle={t.filter()}>
      <TopBar
        title={shell.notes()}
        sub={all && formatNumber(shown.length)}
        flush
        actions={<NotesActions save={save} onWrite={() => setWriting(true)} />}
      />
      <div className="scroll" ref={setScroller}>
        <div className="notes-in">
          <ConflictCards />
          {writing && <QuickNote onWrite={acts.write} onClose={() => setWriting(false)} />}
          {(all?.length ?? 0) > 0 && <NotesTools ref={box} address={address} onGo={go} />}
          {all === undefined ? (
            <Skeleton height={120} />
          ) : all.length === 0 ? (
            <EmptyState
              title={t.emptyTitle()}
              action={<Button onClick={() => setWriting(true)}>{t.newNote()}</Button>}
            >
              {t.emptyText()}
            </EmptyState>
          ) : lines.length === 0 ? (
            <EmptyState
              title={t.nothing()}
              action={isFiltered(address) && <Button onClick={() => go({})}>{t.clearFilter()}</Button>}
            >
              {t.nothingText()}
            </EmptyState>
          ) : (
            <MarkList
              lines={lines}
              acts={acts}
              scroller={scroller}
              underBooks={address.by === 'book'}
              onTag={(tag) => go(withPart(address, 'tag', tag))}
            />
          )}
        </div>
      </div>
    </Page>
  )
}

interface NotesKeys {
  readonly write: () => void
  readonly find: () => void
  readonly save: () => void
}

/** What the keys do among the notes, and what the palette offers there. */
function useNotesKeys({ write, find, save }: NotesKeys): void {
  useActions([
    {
      id: 'notes.new',
      group: 'act',
      label: t.newNote(),
      icon: PenLine,
      shortcut: 'n',
      run: write,
    },
    {
      id: 'notes.find',
      group: 'act',
      label: t.find(),
      shortcut: '/',
      keysOnly: true,
      run: find,
    },
    {
      id: 'notes.export',
      group: 'act',
      label: `${t.export()}: Markdown`,
      icon: Download,
      run: save,
    },
  ])
}

interface NotesActionsProps {
  readonly save: (format: 'markdown' | 'jsonld') => () => void
  readonly onWrite: () => void
}

function NotesActions({ save, onWrite }: NotesActionsProps) {
  return (
    <>
      <Menu
        trigger={<IconButton icon={Download} label={t.export()} />}
        items={[
          { label: t.exportMarkdown(), hint: t.exportMarkdownHint(), onSelect: save('markdown') },
          { label: t.exportJsonLd(), hint: t.exportJsonLdHint(), onSelect: save('jsonld') },
        ]}
      />
      <Button icon={PenLine} className="no-m" onClick={onWrite}>
        {t.newNote()}
      </Button>
      <IconButton icon={PenLine} label={t.newNote()} className="only-m" onClick={onWrite} />
    </>
  )
}
