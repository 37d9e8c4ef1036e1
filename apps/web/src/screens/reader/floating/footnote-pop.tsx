import { Button, IconButton } from '@stoa/ui'
import { reader as t } from '@stoa/ui/messages/reader'
import { X } from 'lucide-react'
import { useReader, useReaderState } from '../reader-store.ts'
import { Near } from './near.tsx'

/** A note of the book at its reference. */
export function FootnotePop() {
  const { store, view } = useReader()
  const note = useReaderState((state) => state.footnote)
  if (!note) return null
  const close = () => store.setState({ footnote: undefined })
  const go = () => {
    close()
    void view.goTo({ href: note.href })
  }
  return (
    <Near target={note.rect} role="note" label={t.footnote()} className="foot-pop">
      <IconButton icon={X} size="sm" label={t.close()} onClick={close} />
      <div
        className="read"
        lang={note.language || undefined}
        // biome-ignore lint/security/noDangerouslySetInnerHtml: the engine gives allow-listed markup, see security/sanitise-fragment.ts
        dangerouslySetInnerHTML={{ __html: note.html }}
      />
      <Button variant="ghost" size="sm" onClick={go}>
        {t.toFootnote()}
      </Button>
    </Near>
  )
}
