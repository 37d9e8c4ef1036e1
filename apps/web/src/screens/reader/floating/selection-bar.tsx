import { Icon, InkBar } from '@stoa/ui'
import { reader as t } from '@stoa/ui/messages/reader'
import { Copy, type LucideIcon, PencilLine, Quote } from 'lucide-react'
import { useMarkActs } from '../marks/use-mark-acts.ts'
import { useReaderState } from '../reader-store.ts'
import { Near } from './near.tsx'

/** Inks and acts for the words that are selected. */
export function SelectionBar() {
  const selection = useReaderState((state) => state.selection)
  const acts = useMarkActs()
  if (!selection) return null
  return (
    <Near target={selection.rect} role="toolbar" label={t.selection()} className="selbar">
      <InkBar onPick={(ink) => void acts.highlight(selection, ink)} />
      <hr />
      <Act icon={PencilLine} label={t.note()} onClick={() => void acts.annotate(selection)} />
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
