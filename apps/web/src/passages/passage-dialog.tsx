import './passage-dialog.css'
import { Dialog, Input } from '@stoa/ui'
import { documents as t } from '@stoa/ui/messages/documents'
import { Search } from 'lucide-react'
import { useState } from 'react'
import type { LocalHighlight } from '../offline/types.ts'
import { useLive, usePlace } from '../offline/use-place.ts'
import { citationOfHighlight } from '../screens/reader/marks/citation-of.ts'
import type { DraftCitation } from '../screens/rooms/composer/drafts.ts'
import { scriptLanguage } from '../text/script-language.ts'

interface PassageDialogProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly onPick: (passage: DraftCitation) => void
}

const MOST = 60

/** Finds a passage among those one has marked. */
export function PassageDialog({ open, onClose, onPick }: PassageDialogProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onClose}
      title={t.pickPassage()}
      description={t.pickPassageText()}
      width={560}
    >
      {open && <Passages onPick={onPick} />}
    </Dialog>
  )
}

function Passages({ onPick }: Pick<PassageDialogProps, 'onPick'>) {
  const { database } = usePlace()
  const [find, setFind] = useState('')
  const marked = useLive(() => database.highlights.orderBy('updated_at').reverse().toArray(), 'all')
  const found = (marked ?? []).filter((row) => fits(row, find)).slice(0, MOST)
  const first = found[0]
  return (
    <>
      <Input
        look="quiet"
        icon={Search}
        placeholder={t.findPassage()}
        aria-label={t.findPassage()}
        value={find}
        onChange={({ target }) => setFind(target.value)}
        onKeyDown={({ key }) => key === 'Enter' && first && onPick(citationOfHighlight(first))}
        autoFocus
      />
      <div className="pick-list passages">
        {found.map((row) => (
          <button
            key={row.id}
            type="button"
            className="passage"
            onClick={() => onPick(citationOfHighlight(row))}
          >
            <span className={`dot c-${row.color}`} />
            <span className="q clip2" lang={scriptLanguage(row.quote.exact)}>
              {row.quote.exact}
            </span>
            <span className="hint clip">{[row.book_title, row.chapter].filter(Boolean).join(' · ')}</span>
          </button>
        ))}
        {marked && found.length === 0 && <p className="muted">{find ? t.noPassageFits() : t.noPassages()}</p>}
      </div>
    </>
  )
}

function fits({ quote, book_title, note, chapter }: LocalHighlight, find: string): boolean {
  const text = `${quote.exact} ${book_title} ${note ?? ''} ${chapter ?? ''}`.toLowerCase()
  return find
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}
