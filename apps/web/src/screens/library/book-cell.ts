import type { MenuEntry } from '@stoa/ui'
import type { MouseEvent } from 'react'
import type { Book } from '../../data/books.ts'

/** What a book in the grid and a row in the list have in common. */
export interface BookCellProps {
  readonly book: Book
  readonly selected: boolean
  /** The keyboard's place. */
  readonly active: boolean
  readonly onPick: (event: MouseEvent, book: Book) => void
  readonly onDrag: (transfer: DataTransfer, book: Book) => void
  readonly menu: (book: Book) => readonly MenuEntry[]
}

export interface BookListProps extends Omit<BookCellProps, 'book' | 'selected' | 'active'> {
  readonly total: number
  readonly at: (index: number) => Book | undefined
  readonly isSelected: (id: string) => boolean
  readonly activeIndex: number
  /** Which places are on the screen, with some to spare. */
  readonly onRange: (first: number, last: number) => void
  /** The element that scrolls. */
  readonly scroller: HTMLElement | null
}
