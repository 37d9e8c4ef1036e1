import { editorExtensions } from '@stoa/document-schema'
import { documents as t } from '@stoa/ui/messages/documents'
import { Collaboration } from '@tiptap/extension-collaboration'
import { Placeholder } from '@tiptap/extensions'
import { type Editor, useEditor } from '@tiptap/react'
import { useEffect, useRef } from 'react'
import { CollisionMarks } from '../collisions/collision-marks.ts'
import { AnchorMarks } from '../comments/anchor-marks.ts'
import { CitationWithView } from '../nodes/citation-view.tsx'
import { ImageWithView } from '../nodes/image-view.tsx'
import { BlockMathWithView, InlineMathWithView } from '../nodes/maths-view.tsx'
import type { OpenDocument } from '../session/open-document.ts'
import { BlockLanguages } from './block-languages.ts'
import { Carets } from './carets.ts'
import { CodeColours } from './code-colours.ts'
import { caretFirst } from './read-caret.ts'
import { TextKeys } from './use-text-keys.ts'

interface TextEditorOptions {
  readonly open: OpenDocument
  readonly editable: boolean
  readonly nameOf: (accountId: string, claimed: string) => string
  /** A mark of a comment was pressed. */
  readonly onThread: (threadId: string) => void
  /** A comment on the chosen words is asked for. */
  readonly onComment: () => void
  /** Pictures were pasted or dropped; `at` in the editor's positions. */
  readonly onImages: (files: readonly File[], at: number) => void
}

/** An editor bound to a shared document: what one types is everybody's, undo takes back only what one did oneself. */
export function useTextEditor(options: TextEditorOptions): Editor | null {
  const { open, editable } = options
  const latest = useRef(options)
  latest.current = options
  const editor = useEditor(
    {
      editable,
      extensions: editorExtensions([
        CitationWithView,
        ImageWithView,
        InlineMathWithView,
        BlockMathWithView,
        caretFirst({ doc: open.doc, awareness: open.awareness }),
        Collaboration.configure({ fragment: open.fragment }),
        Carets.configure({
          awareness: open.awareness,
          nameOf: (accountId, claimed) => latest.current.nameOf(accountId, claimed),
        }),
        AnchorMarks.configure({ onPick: (threadId) => latest.current.onThread(threadId) }),
        TextKeys.configure({ onComment: () => latest.current.onComment() }),
        CollisionMarks,
        CodeColours,
        BlockLanguages,
        Placeholder.configure({ placeholder: () => t.placeholder(), showOnlyWhenEditable: true }),
      ]),
      editorProps: {
        attributes: { 'aria-label': t.textOfDocument(), role: 'textbox', 'aria-multiline': 'true' },
        handlePaste: (view, event) => take(event.clipboardData, view.state.selection.from),
        handleDrop: (view, event, _, moved) => {
          const at = view.posAtCoords({ left: event.clientX, top: event.clientY })?.pos
          return !moved && take(event.dataTransfer, at ?? view.state.doc.content.size)
        },
      },
    },
    [open],
  )
  useEffect(() => {
    if (editor && editor.isEditable !== editable) editor.setEditable(editable, false)
  }, [editor, editable])
  return editor

  /** Text with pictures in it is text: only pictures alone are taken as such. */
  function take(data: DataTransfer | null, at: number): boolean {
    const files = [...(data?.files ?? [])].filter(({ type }) => type.startsWith('image/'))
    if (files.length === 0 || data?.types.includes('text/html')) return false
    latest.current.onImages(files, at)
    return true
  }
}
