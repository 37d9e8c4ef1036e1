import type { Editor } from '@tiptap/core'
import { useEffect, useId, useRef, useState } from 'react'

/** What is being typed after a sign that asks for a list. */
export interface Asked {
  readonly sign: '/' | '@'
  readonly query: string
  /** Of the sign and what follows it, in the editor's positions. */
  readonly from: number
  readonly to: number
}

const ASKING = /(?:^|[\s\p{P}\p{Script=Han}])([/@])([^\s/@]{0,40})$/u

/** What the text before the caret asks for. */
export function askedBy(before: string, caret: number): Asked | undefined {
  const found = ASKING.exec(before)
  const [, sign, query = ''] = found ?? []
  if (sign !== '/' && sign !== '@') return undefined
  return { sign, query, from: caret - query.length - 1, to: caret }
}

export interface Choice {
  readonly id: string
  readonly run: () => void
}

/** A list at the caret that follows what is typed, and its keys; the text keeps the focus. */
export function useCompletion<Item extends Choice>(editor: Editor, find: (asked: Asked) => readonly Item[]) {
  const id = useId()
  const [asked, setAsked] = useState<Asked>()
  const [closed, setClosed] = useState<number>()
  const [chosen, setChosen] = useState(0)
  const open = asked && asked.from !== closed ? asked : undefined
  const items = open ? find(open) : []
  const at = Math.min(chosen, items.length - 1)
  const latest = useRef({ items, at, open })
  latest.current = { items, at, open }

  useEffect(() => {
    const read = ({ transaction }: { transaction?: { docChanged: boolean } } = {}) => {
      const next = editor.isEditable && editor.isFocused ? atCaret(editor) : undefined
      setAsked((before) => (transaction?.docChanged || before ? next : before))
      if (!next) setClosed(undefined)
    }
    const leave = () => setAsked(undefined)
    editor.on('transaction', read)
    editor.on('blur', leave)
    return () => {
      editor.off('transaction', read)
      editor.off('blur', leave)
    }
  }, [editor])

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { items: all, at: now, open: list } = latest.current
      const item = all[now]
      if (!list || !item || event.isComposing) return
      switch (event.key) {
        case 'ArrowDown':
          setChosen((now + 1) % all.length)
          break
        case 'ArrowUp':
          setChosen((now + all.length - 1) % all.length)
          break
        case 'Enter':
        case 'Tab':
          take(item)
          break
        case 'Escape':
          setClosed(list.from)
          break
        default:
          return
      }
      event.preventDefault()
      event.stopPropagation()
    }
    const take = (item: Item) => {
      setChosen(0)
      setAsked(undefined)
      item.run()
    }
    // Before the editor's own keys.
    const { dom } = editor.view
    dom.addEventListener('keydown', onKey, true)
    return () => dom.removeEventListener('keydown', onKey, true)
  }, [editor])

  useEffect(() => {
    const { dom } = editor.view
    const shown = items.length > 0
    if (shown) {
      dom.setAttribute('aria-controls', id)
      dom.setAttribute('aria-activedescendant', `${id}-${at}`)
    }
    return () => {
      dom.removeAttribute('aria-controls')
      dom.removeAttribute('aria-activedescendant')
    }
  }, [editor, id, at, items.length])

  return { id, open, items, at, choose: setChosen, close: () => setAsked(undefined) }
}

function atCaret({ state: { selection } }: Editor): Asked | undefined {
  const { $from, empty } = selection
  if (!empty || !$from.parent.isTextblock || $from.parent.type.spec.code) return undefined
  const before = $from.parent.textBetween(0, $from.parentOffset, undefined, '\ufffc')
  return askedBy(before, $from.pos)
}
