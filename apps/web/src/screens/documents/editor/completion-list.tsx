import { documents as t } from '@stoa/ui/messages/documents'
import type { Editor } from '@tiptap/core'
import clsx from 'clsx'
import { type ReactNode, useLayoutEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import type { Choice } from './use-completion.ts'

interface CompletionListProps<Item extends Choice> {
  readonly id: string
  readonly editor: Editor
  /** Where the list stands, in the editor's positions. */
  readonly at: number
  readonly items: readonly Item[]
  readonly chosen: number
  readonly draw: (item: Item) => ReactNode
}

const GAP = 6
const EDGE = 8

/** What fits, under the caret, or over it where there is no room. The text keeps the focus. */
export function CompletionList<Item extends Choice>(props: CompletionListProps<Item>) {
  const { id, editor, at, items, chosen, draw } = props
  const box = useRef<HTMLDivElement>(null)
  const [place, setPlace] = useState<{ left: number; top: number }>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the list is as high as its items
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    const caret = editor.view.coordsAtPos(Math.min(at, editor.state.doc.content.size))
    const below = caret.bottom + GAP
    const fits = below + element.offsetHeight + EDGE <= innerHeight
    setPlace({
      left: Math.max(EDGE, Math.min(caret.left, innerWidth - element.offsetWidth - EDGE)),
      top: fits ? below : Math.max(EDGE, caret.top - element.offsetHeight - GAP),
    })
  }, [editor, at, items.length])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another one is chosen
  useLayoutEffect(() => {
    box.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [chosen])
  return createPortal(
    <div
      ref={box}
      className="menu completion"
      id={id}
      role="listbox"
      aria-label={t.insert()}
      // A list that scrolls can be scrolled by keys alone, too.
      tabIndex={0}
      style={place ?? { visibility: 'hidden' }}
    >
      {items.map((item, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the text handles the keys (combobox pattern)
        // biome-ignore lint/a11y/useFocusableInteractive: focus stays in the text, aria-activedescendant points here
        <div
          key={item.id}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === chosen}
          className={clsx('li', index === chosen && 'on')}
          onPointerDown={(event) => event.preventDefault()}
          onClick={item.run}
        >
          {draw(item)}
        </div>
      ))}
    </div>,
    document.body,
  )
}
