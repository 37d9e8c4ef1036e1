import { Button, Chip, INKS, type Ink, inkName } from '@stoa/ui'
import { reader as t } from '@stoa/ui/messages/reader'
import { PencilLine } from 'lucide-react'
import { useState } from 'react'
import { ConflictList } from '../marks/conflicts.tsx'
import { useMarks } from '../marks/use-marks.ts'
import { useReader, useReaderState } from '../reader-store.ts'
import { filterMarks, tagsOf } from './mark-list.ts'
import { HighlightRow, NoteRow } from './mark-rows.tsx'
import { PageNoteForm } from './page-note-form.tsx'

/** Highlights and notes of the book in reading order. */
export function MarksPanel() {
  const { store } = useReader()
  const marks = useMarks()
  const writing = useReaderState((state) => state.writingPageNote)
  const [ink, setInk] = useState<Ink>()
  const [tag, setTag] = useState<string>()
  const { found, lost } = filterMarks(marks, { ink, tag })
  const total = marks.highlights.length + marks.notes.length
  return (
    <div className="panel-body marks-panel">
      <div className="panel-head">
        <MarkFilter ink={ink} onInk={setInk} tag={tag} onTag={setTag} />
        <div className="row">
          <span className="muted num grow">{total > 0 && t.marksCount({ count: total })}</span>
          <Button
            size="sm"
            variant="ghost"
            icon={PencilLine}
            onClick={() => store.setState({ writingPageNote: true })}
          >
            {t.pageNote()}
          </Button>
        </div>
        {writing && <PageNoteForm />}
        <ConflictList />
      </div>
      {total === 0 && !writing && <p className="panel-empty">{t.noMarks()}</p>}
      {total > 0 && found.length + lost.length === 0 && <p className="panel-empty">{t.noMarksShown()}</p>}
      {found.map((mark) =>
        mark.kind === 'highlight' ? (
          <HighlightRow key={mark.row.id} row={mark.row} />
        ) : (
          <NoteRow key={mark.row.id} row={mark.row} />
        ),
      )}
      {lost.length > 0 && (
        <section className="panel-section">
          <h3 className="label">{t.lost()}</h3>
          <p className="muted">{t.lostText()}</p>
          {lost.map((row) => (
            <HighlightRow key={row.id} row={row} />
          ))}
        </section>
      )}
    </div>
  )
}

interface MarkFilterProps {
  readonly ink: Ink | undefined
  readonly onInk: (ink: Ink | undefined) => void
  readonly tag: string | undefined
  readonly onTag: (tag: string | undefined) => void
}

function MarkFilter({ ink, onInk, tag, onTag }: MarkFilterProps) {
  const marks = useMarks()
  const tags = tagsOf(marks)
  if (marks.highlights.length === 0 && tags.length === 0) return null
  return (
    <div className="mark-filter">
      <div className="row">
        <Chip
          on={ink === undefined && tag === undefined}
          onClick={() => [onInk(undefined), onTag(undefined)]}
        >
          {t.allInks()}
        </Chip>
        {INKS.map((each) => (
          <button
            key={each}
            type="button"
            className={`swatch c-${each}`}
            aria-label={t.highlightIn({ ink: inkName(each) })}
            aria-pressed={ink === each}
            onClick={() => onInk(ink === each ? undefined : each)}
          />
        ))}
      </div>
      {tags.length > 0 && (
        <div className="row tags">
          {tags.map((each) => (
            <Chip
              key={each}
              on={tag === each}
              aria-label={t.filterTag({ tag: each })}
              onClick={() => onTag(tag === each ? undefined : each)}
            >
              {each}
            </Chip>
          ))}
        </div>
      )}
    </div>
  )
}
