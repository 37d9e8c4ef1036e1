import { library as t } from '@stoa/ui/messages/library'
import { useState } from 'react'
import type { Book } from '../../data/books.ts'
import { useActions } from '../../keyboard/actions.ts'

export interface LibraryKeysInit {
  readonly total: number
  readonly at: (index: number) => Book | undefined
  readonly onOpen: (book: Book) => void
  readonly onDetails: (book: Book) => void
  readonly onTrash: (book: Book) => void
}

/** `j` and `k` walk the books, `o` opens, `i` describes, Delete throws away. −1: nobody walked yet. */
export function useLibraryKeys({ total, at, onOpen, onDetails, onTrash }: LibraryKeysInit): {
  active: number
} {
  const [active, setActive] = useState(-1)
  const move = (step: number) => setActive((before) => Math.min(total - 1, Math.max(0, before + step)))
  const withBook = (run: (book: Book) => void) => () => {
    const book = at(active)
    if (book) run(book)
  }
  useActions([
    { id: 'library.next', group: 'list', label: t.list(), shortcut: 'j', keysOnly: true, run: () => move(1) },
    {
      id: 'library.previous',
      group: 'list',
      label: t.list(),
      shortcut: 'k',
      keysOnly: true,
      run: () => move(-1),
    },
    {
      id: 'library.open',
      group: 'list',
      label: t.open(),
      shortcut: 'o',
      keysOnly: true,
      run: withBook(onOpen),
    },
    {
      id: 'library.details',
      group: 'list',
      label: t.details(),
      shortcut: 'i',
      keysOnly: true,
      run: withBook(onDetails),
    },
    {
      id: 'library.trash',
      group: 'list',
      label: t.moveToTrash(),
      shortcut: 'delete',
      keysOnly: true,
      run: withBook(onTrash),
    },
  ])
  return { active: active < total ? active : -1 }
}
