import { type KeyboardEvent, type RefObject, useId, useState } from 'react'
import type { Person } from '../../../data/rooms.ts'
import type { Draft } from './drafts.ts'
import { type Suggestion, suggestions } from './mention-list.tsx'
import { mentionAt } from './mentions.ts'

interface MentionBox {
  readonly field: RefObject<HTMLTextAreaElement | null>
  readonly draft: Draft
  readonly people: readonly Person[]
  readonly change: (change: Partial<Draft>) => void
}

/** Completes names while one types: what fits, which is chosen, and the keys for it. */
export function useMentionBox({ field, draft, people, change }: MentionBox) {
  const id = useId()
  const [caret, setCaret] = useState(0)
  const [chosen, setChosen] = useState(0)
  const [closed, setClosed] = useState<number>()
  const query = mentionAt(draft.text, caret)
  const items = query && query.from !== closed ? suggestions(people, query.query) : []
  const at = Math.min(chosen, items.length - 1)
  const pick = (item: Suggestion) => {
    if (!query) return
    const inserted = `@${item.name} `
    const text = draft.text.slice(0, query.from) + inserted + draft.text.slice(caret)
    change({ text, named: [...draft.named.filter(({ name }) => name !== item.name), item] })
    place(query.from + inserted.length)
  }
  const place = (to: number) => {
    setCaret(to)
    // After the text has been drawn.
    requestAnimationFrame(() => field.current?.setSelectionRange(to, to))
  }
  /** Whether the key was for the list. */
  const onKey = (event: KeyboardEvent): boolean => {
    const item = items[at]
    if (!item) return false
    if (event.key === 'ArrowDown') setChosen((at + 1) % items.length)
    else if (event.key === 'ArrowUp') setChosen((at + items.length - 1) % items.length)
    else if (event.key === 'Enter' || event.key === 'Tab') pick(item)
    else if (event.key === 'Escape') setClosed(query?.from)
    else return false
    event.preventDefault()
    return true
  }
  /** Puts text in at the caret. */
  const insert = (text: string) => {
    const { selectionStart, selectionEnd } = field.current ?? { selectionStart: caret, selectionEnd: caret }
    const next = draft.text.slice(0, selectionStart) + text + draft.text.slice(selectionEnd)
    change({ text: next })
    field.current?.focus()
    place(selectionStart + text.length)
  }
  const moved = (to: number) => {
    setCaret(to)
    setChosen(0)
  }
  return { id, items, at, pick, onKey, insert, moved }
}
