import { Icon } from '@stoa/ui'
import { documents as t } from '@stoa/ui/messages/documents'
import { type Editor, useEditorState } from '@tiptap/react'
import { MessageSquarePlus } from 'lucide-react'
import { useLayoutEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { placeNear } from '../../reader/floating/placement.ts'
import { MARKS } from './format-bar.tsx'

interface SelectionBarProps {
  readonly editor: Editor
  /** Undefined: the caller may not comment. */
  readonly onComment: (() => void) | undefined
}

/** The small bar for the words that are chosen: how they are set, and a comment on them. */
export function SelectionBar({ editor, onComment }: SelectionBarProps) {
  const chosen = useEditorState({
    editor,
    selector: ({ editor: now }) => {
      const { empty, from, to } = now.state.selection
      const words = empty ? '' : now.state.doc.textBetween(from, to, ' ').trim()
      const shown = words !== '' && now.isFocused && !now.isActive('codeBlock')
      return shown
        ? { from, to, marks: MARKS.filter(({ name }) => now.isActive(name)).map(({ name }) => name) }
        : null
    },
  })
  if (!chosen || (!editor.isEditable && !onComment)) return null
  return createPortal(<Bar editor={editor} {...chosen} onComment={onComment} />, document.body)
}

interface BarProps extends SelectionBarProps {
  readonly from: number
  readonly to: number
  readonly marks: readonly string[]
}

function Bar({ editor, from, to, marks, onComment }: BarProps) {
  const box = useRef<HTMLDivElement>(null)
  const [at, setAt] = useState<{ left: number; top: number }>()
  useLayoutEffect(() => {
    const element = box.current
    const stage = editor.view.dom.closest('.scroll')?.getBoundingClientRect()
    if (!element || !stage) return
    const size = { width: element.offsetWidth, height: element.offsetHeight }
    setAt(placeNear(boxOf(editor, from, to), size, stage))
  }, [editor, from, to])
  return (
    <div
      ref={box}
      role="toolbar"
      aria-label={t.selection()}
      className="selbar doc-selbar"
      style={at ?? { visibility: 'hidden' }}
      onPointerDown={(event) => event.preventDefault()}
    >
      {editor.isEditable &&
        MARKS.map(({ name, label, icon }) => (
          <button
            key={name}
            type="button"
            className="a"
            aria-label={label()}
            aria-pressed={marks.includes(name)}
            onClick={() => editor.chain().focus().toggleMark(name).run()}
          >
            <Icon of={icon} />
          </button>
        ))}
      {editor.isEditable && onComment && <hr />}
      {onComment && (
        <button type="button" className="a" onClick={onComment}>
          <Icon of={MessageSquarePlus} />
          {t.comment()}
        </button>
      )}
    </div>
  )
}

/** Around the chosen words, in pixels of the window. */
function boxOf({ view }: Editor, from: number, to: number) {
  const [start, end] = [view.coordsAtPos(from), view.coordsAtPos(to)]
  const left = Math.min(start.left, end.left)
  const right = Math.max(start.right, end.right)
  return { left, top: start.top, width: right - left, height: end.bottom - start.top }
}
