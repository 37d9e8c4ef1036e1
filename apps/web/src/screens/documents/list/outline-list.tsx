import { ListSection } from '@stoa/ui'
import { documents as t } from '@stoa/ui/messages/documents'
import type { Editor } from '@tiptap/core'
import { useEditorState } from '@tiptap/react'
import clsx from 'clsx'
import { scriptLanguage } from '../../../text/script-language.ts'
import { goToHeading, useOutline } from '../outline.ts'

/** The headings of the document on screen; the one the caret is below stands out. */
export function OutlineList({ editor }: { editor: Editor | null }) {
  const outline = useOutline(editor)
  const caret = useEditorState({ editor, selector: ({ editor: now }) => now?.state.selection.from ?? 0 }) ?? 0
  if (!editor || outline.length === 0) return null
  const current = outline.findLast(({ position }) => position < caret)
  const top = Math.min(...outline.map(({ level }) => level))
  return (
    <>
      <ListSection label={t.onThisPage()} />
      <nav className="ol" aria-label={t.onThisPage()}>
        {outline.map((heading) => (
          <button
            key={heading.position}
            type="button"
            className={clsx('li', heading === current && 'here')}
            style={{ paddingLeft: 10 + 14 * Math.min(3, heading.level - top) }}
            onClick={() => goToHeading(editor, heading)}
          >
            <span className="clip" lang={scriptLanguage(heading.text)}>
              {heading.text}
            </span>
          </button>
        ))}
      </nav>
    </>
  )
}
