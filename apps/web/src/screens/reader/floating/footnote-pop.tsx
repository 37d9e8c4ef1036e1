import { Button, IconButton } from '@stoa/ui'
import { reader as t } from '@stoa/ui/messages/reader'
import { X } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { closeFootnote, useReader, useReaderState } from '../reader-store.ts'
import { Near } from './near.tsx'

/** A note of the book at its reference. */
export function FootnotePop() {
  const { store, view } = useReader()
  const note = useReaderState((state) => state.footnote)
  const text = useRef<HTMLDivElement>(null)
  // Where the keyboard goes: into the note, whose text it scrolls, and back into the book.
  useEffect(() => {
    if (note) text.current?.focus({ preventScroll: true })
  }, [note])
  if (!note) return null
  const close = () => closeFootnote(store)
  const go = () => {
    store.setState({ footnote: undefined })
    view.element.focus()
    void view.goTo({ href: note.href })
  }
  return (
    <Near target={note.rect} role="note" label={t.footnote()} className="foot-pop">
      <IconButton icon={X} size="sm" label={t.close()} onClick={close} />
      <div
        ref={text}
        className="read"
        tabIndex={-1}
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
