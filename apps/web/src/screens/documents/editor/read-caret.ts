import { Extension } from '@tiptap/core'
import { Plugin } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import type { Awareness } from 'y-protocols/awareness'
import type { Doc } from 'yjs'

/**
 * Takes over the caret as the browser has it. A key may just have moved it, of which the browser tells a moment later: what
 * is shown meanwhile would put the caret back, and what one types next would stand there. Call it before changing what is
 * shown without having been asked to by whoever writes.
 */
export function readCaret(view: EditorView): void {
  if (!view.isDestroyed && view.hasFocus() && !view.composing)
    view.dom.ownerDocument.dispatchEvent(new Event('selectionchange'))
}

interface Shared {
  readonly doc: Doc
  readonly awareness: Awareness
}

/** Reads the caret before the words and carets of others are shown. */
export const caretFirst = (shared: Shared) =>
  Extension.create({
    name: 'caretFirst',
    // Before the carets of others, which are drawn a turn after any caret moved, one's own too.
    priority: 1001,
    addProseMirrorPlugins: () => [new Plugin({ view: (view) => readBefore(view, shared) })],
  })

function readBefore(view: EditorView, { doc, awareness }: Shared) {
  const beforeWords = ({ local }: { local: boolean }) => {
    if (!local) readCaret(view)
  }
  const beforeCarets = () => void setTimeout(() => readCaret(view))
  doc.on('beforeTransaction', beforeWords)
  awareness.on('change', beforeCarets)
  return {
    destroy() {
      doc.off('beforeTransaction', beforeWords)
      awareness.off('change', beforeCarets)
    },
  }
}
