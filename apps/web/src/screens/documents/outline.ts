import { type OutlineEntry, outlineOf } from '@stoa/document-schema'
import type { Editor } from '@tiptap/core'
import { useEditorState } from '@tiptap/react'

/** The headings of a document that say something. */
export function useOutline(editor: Editor | null): readonly OutlineEntry[] {
  const found = useEditorState({
    editor,
    selector: ({ editor: now }) => (now ? outlineOf(now.state.doc).filter(({ text }) => text !== '') : []),
  })
  return found ?? []
}

/** Brings a heading to the top of what is seen, with the caret in it. */
export function goToHeading(editor: Editor, { position }: OutlineEntry): void {
  editor
    .chain()
    .focus(undefined, { scrollIntoView: false })
    .setTextSelection(position + 1)
    .run()
  const element = editor.view.nodeDOM(position)
  if (element instanceof HTMLElement) element.scrollIntoView({ block: 'start' })
}
