import './library.css'
import { ConfirmByName, EmptyState } from '@stoa/ui'
import { library as t } from '@stoa/ui/messages/library'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useState } from 'react'
import { type Book, type BookWindow, type Shelf, shelvesQuery, useBookWindow } from '../../data/books.ts'
import { usePreferences } from '../../data/preferences.ts'
import { addFiles } from '../../data/uploads.ts'
import { useRole } from '../../data/use-session.ts'
import { LoadError } from '../../frame/load-error.tsx'
import { Page } from '../../frame/page.tsx'
import type { BookListProps } from './book-cell.ts'
import { BookDetails } from './book-details.tsx'
import { BookGrid } from './book-grid.tsx'
import { type BookMenuContext, bookMenu } from './book-menu.tsx'
import { BookTable } from './book-table.tsx'
import { ContinueReading } from './continue-reading.tsx'
import { dragBooks, useFileDrop } from './drag.ts'
import { EmptyLibrary } from './empty-library.tsx'
import { GhostGrid } from './ghost-grid.tsx'
import { ImportRows } from './import-rows.tsx'
import { LibraryBar } from './library-bar.tsx'
import { SelectionBar } from './selection-bar.tsx'
import { Sidebar } from './sidebar.tsx'
import { type BookActs, useBookActs } from './use-book-acts.ts'
import { useLibraryKeys } from './use-library-keys.ts'
import { useSelection } from './use-selection.ts'
import { filterFor, viewName } from './view.ts'

/** Every book, a part of them, or a shelf. */
export function LibraryScreen() {
  const search = useSearch({ from: '/signed-in/frame/library' })
  const canChange = useRole() !== 'guest'
  const acts = useBookActs()
  const shelves = useQuery(shelvesQuery).data?.items ?? []
  const shelf = shelves.find(({ id }) => id === search.shelf)
  const [range, setRange] = useState({ first: 0, last: 0 })
  const [scroller, setScroller] = useState<HTMLElement | null>(null)
  const [details, setDetails] = useState<string>()
  const [removing, setRemoving] = useState<Book>()
  const books = useBookWindow(filterFor(search), range.first, range.last)
  const onRange = useCallback((first: number, last: number) => setRange({ first, last }), [])
  const add = useCallback((files: readonly File[]) => addFiles(files, search.shelf), [search.shelf])
  const dropping = useFileDrop(canChange ? add : ignore)
  const handling = useHandling(
    { acts, shelves, shelf, canChange, onDetails: setDetails, onRemove: setRemoving },
    books,
  )
  const dropBooks = (ids: string[], target: Shelf) => {
    void acts.shelve(
      ids.map((id) => handling.selection.books.get(id) ?? ({ id } as Book)),
      target,
    )
    handling.selection.clear()
  }
  const title = shelf?.name ?? viewName[search.view ?? 'all']()
  const home = search.view === undefined && search.shelf === undefined && search.q === undefined
  const close = () => setDetails(undefined)
  return (
    <Page
      list={<Sidebar search={search} canChange={canChange} onDropBooks={dropBooks} />}
      listTitle={t.shelves()}
      side={details && <BookDetails bookId={details} acts={acts} canChange={canChange} onClose={close} />}
      sideWidth={380}
    >
      <LibraryBar title={title} total={books.total} search={search} canChange={canChange} onFiles={add} />
      <div className="lib scroll" ref={setScroller}>
        <div className="lib-in">
          {home && <ContinueReading />}
          <ImportRows acts={acts} canChange={canChange} />
          <Books
            books={books}
            list={{ ...handling.list, at: books.at, total: books.total ?? 0, onRange, scroller }}
            empty={<EmptyLibrary search={search} canChange={canChange} onFiles={add} />}
          />
        </div>
      </div>
      {handling.bar}
      {dropping && canChange && (
        <div className="dropzone" aria-hidden="true">
          <EmptyState title={t.dropHere()}>{shelf && t.dropOnShelf({ name: shelf.name })}</EmptyState>
        </div>
      )}
      {removing && <RemoveForGood book={removing} acts={acts} onClose={() => setRemoving(undefined)} />}
    </Page>
  )
}

function Books({ books, list, empty }: { books: BookWindow; list: BookListProps; empty: React.ReactNode }) {
  const layout = usePreferences((preferences) => preferences.libraryLayout)
  if (books.error !== undefined && books.error !== null) {
    return <LoadError error={books.error} retry={books.retry} />
  }
  if (books.total === undefined) return <GhostGrid />
  if (books.total === 0) return empty
  return layout === 'list' ? <BookTable {...list} /> : <BookGrid {...list} />
}

interface HandlingInit extends Omit<BookMenuContext, 'onOpen' | 'onDetails'> {
  readonly onDetails: (bookId: string) => void
}

/** Clicking, selecting, dragging, menus and keys: what a hand does with the books. */
function useHandling(init: HandlingInit, { at, total = 0 }: BookWindow) {
  const navigate = useNavigate()
  const selection = useSelection()
  const { acts, canChange } = init
  const open = (book: Book) => void navigate({ to: '/books/$bookId', params: { bookId: book.id } })
  const describe = (book: Book) => init.onDetails(book.id)
  const context = { ...init, onOpen: open, onDetails: describe }
  const picked = [...selection.books.values()]
  const trash = (book: Book) => canChange && void acts.trash([book])
  const keys = useLibraryKeys({ total, at, onOpen: open, onDetails: describe, onTrash: trash })
  const list = {
    activeIndex: keys.active,
    isSelected: (id: string) => selection.books.has(id),
    menu: (book: Book) => bookMenu(selection.books.has(book.id) ? picked : [book], context),
    onDrag: (transfer: DataTransfer, book: Book) =>
      dragBooks(transfer, selection.books.has(book.id) ? [...selection.books.keys()] : [book.id]),
    onPick: (event: React.MouseEvent, book: Book) => {
      if (!(event.metaKey || event.ctrlKey || event.shiftKey || picked.length > 0)) {
        if (book.state !== 'ACTIVE' || book.trashed_at !== null) describe(book)
        return
      }
      event.preventDefault()
      event.stopPropagation()
      selection.toggle(book)
    },
  }
  const bar = picked.length > 0 && (
    <SelectionBar books={picked} menu={bookMenu(picked, context)} onClear={selection.clear} />
  )
  return { list, bar, selection }
}

function RemoveForGood({ book, acts, onClose }: { book: Book; acts: BookActs; onClose: () => void }) {
  return (
    <ConfirmByName
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t.removeForGood()}
      name={book.title}
      action={t.removeForGood()}
      description={t.removeForGoodText()}
      onConfirm={() => {
        void acts.remove(book)
        onClose()
      }}
    />
  )
}

const ignore = () => {}
