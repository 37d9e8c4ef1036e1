import { reader as t } from '@stoa/ui/messages/reader'
import { MarkForm } from '../marks/mark-form.tsx'
import { useMarks } from '../marks/use-marks.ts'
import { useReader, useReaderState } from '../reader-store.ts'
import { Near } from './near.tsx'

/** The highlight one tapped: its ink, note, tags, who sees it, and the way to remove it. */
export function MarkCard() {
  const { store } = useReader()
  const { highlights } = useMarks()
  const marked = useReaderState((state) => state.marked)
  const row = marked && highlights.find(({ id }) => id === marked.id)
  if (!marked || !row) return null
  const close = () => store.setState({ marked: undefined })
  return (
    <Near target={marked.rect} role="group" label={t.mark()} className="mark-card">
      <MarkForm key={row.id} row={row} writing={marked.writing} onDone={close} />
    </Near>
  )
}
