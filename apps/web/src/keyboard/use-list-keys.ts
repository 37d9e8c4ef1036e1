import { shell as t } from '@stoa/ui/messages/shell'
import { useState } from 'react'
import { useActions } from './actions.ts'

export interface ListKeys {
  count: number
  /** Opens the item at `index`: `o` or Enter. */
  onOpen: (index: number) => void
  /** Called as the cursor moves, to scroll or preview. */
  onMove?: (index: number) => void
}

/** `j` and `k` move through a list, `o` opens. Returns where the cursor stands; -1 before the first move. */
export function useListKeys({ count, onOpen, onMove }: ListKeys): {
  cursor: number
  setCursor: (index: number) => void
} {
  const [wanted, setCursor] = useState(-1)
  const cursor = Math.min(wanted, count - 1)
  const move = (index: number) => {
    if (count === 0) return
    const next = Math.max(0, Math.min(index, count - 1))
    setCursor(next)
    onMove?.(next)
  }
  useActions([
    {
      id: 'list.next',
      group: 'list',
      label: t.keysNext(),
      shortcut: 'j',
      keysOnly: true,
      run: () => move(cursor + 1),
    },
    {
      id: 'list.previous',
      group: 'list',
      label: t.keysPrevious(),
      shortcut: 'k',
      keysOnly: true,
      run: () => move(cursor - 1),
    },
    {
      id: 'list.open',
      group: 'list',
      label: t.keysOpen(),
      shortcut: 'o',
      keysOnly: true,
      run: () => cursor >= 0 && onOpen(cursor),
    },
  ])
  return { cursor, setCursor }
}
