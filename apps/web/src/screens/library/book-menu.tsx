import { entries, type MenuEntry } from '@stoa/ui'
import { library as t } from '@stoa/ui/messages/library'
import {
  Bookmark,
  BookOpen,
  Check,
  CloudDownload,
  Download,
  FolderInput,
  FolderMinus,
  Info,
  RotateCcw,
  Trash2,
} from 'lucide-react'
import type { Book, Shelf } from '../../data/books.ts'
import type { BookActs } from './use-book-acts.ts'

export interface BookMenuContext {
  readonly acts: BookActs
  readonly shelves: readonly Shelf[]
  /** The shelf that is looked at. */
  readonly shelf: Shelf | undefined
  readonly canChange: boolean
  readonly onOpen: (book: Book) => void
  readonly onDetails: (book: Book) => void
  readonly onRemove: (book: Book) => void
}

/** Shelves as a flat list in the order of the tree, deeper ones behind their parents' names. */
export function shelfPaths(shelves: readonly Shelf[]): { shelf: Shelf; path: string }[] {
  const walk = (parent: string | null, prefix: string): { shelf: Shelf; path: string }[] =>
    shelves
      .filter((shelf) => shelf.parent_id === parent)
      .flatMap((shelf) => {
        const path = prefix === '' ? shelf.name : `${prefix} / ${shelf.name}`
        return [{ shelf, path }, ...walk(shelf.id, path)]
      })
  return walk(null, '')
}

/** What one can do with these books: one that was clicked, or all that are selected. */
export function bookMenu(books: readonly Book[], context: BookMenuContext): MenuEntry[] {
  const [first] = books
  if (!first) return []
  const { acts, shelf, canChange } = context
  const single = books.length === 1
  if (first.trashed_at !== null) return trashMenu(books, first, single, context)
  const status = (label: string, icon: typeof Check, value: Book['reading']['status']): MenuEntry => ({
    label,
    icon,
    checked: single && first.reading.status === value,
    onSelect: () => void acts.mark(books, single && first.reading.status === value ? 'none' : value),
  })
  const active = first.state === 'ACTIVE'
  const targets = shelfPaths(context.shelves).filter(
    ({ shelf: { id } }) => !(single && first.shelf_ids.includes(id)),
  )
  return entries(
    single &&
      active && { label: t.open(), icon: BookOpen, shortcut: 'o', onSelect: () => context.onOpen(first) },
    single && { label: t.details(), icon: Info, shortcut: 'i', onSelect: () => context.onDetails(first) },
    single && active && { label: t.download(), icon: Download, onSelect: () => void acts.download(first) },
    single &&
      active && { label: t.keepOffline(), icon: CloudDownload, onSelect: () => void acts.keep(first, true) },
    'separator',
    status(t.markToRead(), Bookmark, 'to_read'),
    status(t.markReading(), BookOpen, 'reading'),
    status(t.markFinished(), Check, 'finished'),
    canChange && 'separator',
    canChange &&
      targets.length > 0 && {
        label: t.putOnShelf(),
        icon: FolderInput,
        items: targets.map(({ shelf: target, path }) => ({
          label: path,
          onSelect: () => void acts.shelve(books, target),
        })),
      },
    canChange &&
      shelf !== undefined && {
        label: t.offShelf(),
        icon: FolderMinus,
        onSelect: () => void acts.unshelve(books, shelf),
      },
    canChange && {
      label: t.moveToTrash(),
      icon: Trash2,
      tone: 'bad',
      onSelect: () => void acts.trash(books),
    },
  )
}

function trashMenu(
  books: readonly Book[],
  first: Book,
  single: boolean,
  { acts, canChange, onRemove }: BookMenuContext,
): MenuEntry[] {
  return entries(
    canChange && { label: t.restore(), icon: RotateCcw, onSelect: () => void acts.restore(books) },
    canChange &&
      single && { label: t.removeForGood(), icon: Trash2, tone: 'bad', onSelect: () => onRemove(first) },
  )
}
