import './library.css'
import { ConfirmByName, EmptyState } from '@stoa/ui'
import { library as t } from '@stoa/ui/messages/library'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useState } from 'react'
import { type Book, type Shelf, shelvesQuery, useBookWindow } from '../../data/books.ts'
import { usePreferences } from '../../data/preferences.ts'
import { addFiles } from '../../data/uploads.ts'
import { useRole } from '../../data/use-session.ts'
import { LoadError } from '../../frame/load-error.tsx'
import { Page } from '../../frame/page.tsx'
import { BookDetails } from './book-details.tsx'
import { BookGrid } from './book-grid.tsx'
import { bookMenu } from './book-menu.tsx'
import { BookTable } from './book-table.tsx'
import { ContinueReading } from './continue-reading.tsx'
import { dragBooks, useFileDrop } from './drag.ts'
import { EmptyLibrary } from './empty-library.tsx'
import { GhostGrid } from './ghost-grid.tsx'
import { ImportRows } from './import-rows.tsx'
import { LibraryBar } from './library-bar.tsx'
import { SelectionBar } from './selection-bar.tsx'
import { Sidebar } from './sidebar.tsx'
import { useBookActs } from './use-book-acts.ts'
import { useLibraryKeys } from './use-library-keys.ts'
import { useSelection } from './use-selection.ts'
import { filterFor, viewName } from './view.ts'

/** Every book, a part of them, or a shelf. */
export function LibraryScreen() {
  const search = useSearch({ from: '/signed-in/frame/library' })
  const navigate = useNavigate()
  const canChange = useRole() !== 'guest'
  const layout = usePreferences((preferences) => preferences.libraryLayout)
  const acts = useBookActs()
  const selection = useSelection()
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
  const open = (book: Book) => void navigate({ to: '/books/$bookId', params: { bookId: book.id } })
  const context = {
    ...{ acts, shelves, shelf, canChange },
    onOpen: open,
    onDetails: (book: Book) => setDetails(book.id),
    onRemove: setRemoving,
  }
  const picked = [...selection.books.values()]
  const keys = useLibraryKeys({
    total: books.total ?? 0,
    at: books.at,
    onOpen: open,
    onDetails: context.onDetails,
    onTrash: (book) => canChange && void acts.trash([book]),
  })
  const list = {
    at: books.at,
    total: books.total ?? 0,
    activeIndex: keys.active,
    onRange,
    scroller,
    isSelected: (id: string) => selection.books.has(id),
    menu: (book: Book) => bookMenu(selection.books.has(book.id) ? picked : [book], context),
    onDrag: (transfer: DataTransfer, book: Book) =>
      dragBooks(transfer, selection.books.has(book.id) ? [...selection.books.keys()] : [book.id]),
    onPick: (event: React.MouseEvent, book: Book) => {
      if (!(event.metaKey || event.ctrlKey || selection.books.size > 0 || event.shiftKey)) {
        if (book.state !== 'ACTIVE' || book.trashed_at !== null) setDetails(book.id)
        return
      }
      event.preventDefault()
      event.stopPropagation()
      selection.toggle(book)
    },
  }
  const dropBooks = (ids: string[], target: Shelf) => {
    const moved = ids.map((id) => selection.books.get(id) ?? ({ id } as Book))
    void acts.shelve(moved, target)
    selection.clear()
  }
  const title = shelf?.name ?? viewName[search.view ?? 'all']()
  const home = search.view === undefined && search.shelf === undefined && search.q === undefined
  return (
    <Page
      list={<Sidebar search={search} canChange={canChange} onDropBooks={dropBooks} />}
      listTitle={t.shelves()}
      side={
        details === undefined ? undefined : (
          <BookDetails
            bookId={details}
            acts={acts}
            canChange={canChange}
            onClose={() => setDetails(undefined)}
          />
        )
      }
      sideWidth={380}
    >
      <LibraryBar title={title} total={books.total} search={search} canChange={canChange} onFiles={add} />
      <div className="lib scroll" ref={setScroller}>
        <div className="lib-in">
          {home && <ContinueReading />}
          <ImportRows acts={acts} canChange={canChange} />
          {books.error !== undefined && books.error !== null ? (
            <LoadError error={books.error} retry={books.retry} />
          ) : books.total === undefined ? (
            <GhostGrid />
          ) : books.total === 0 ? (
            <EmptyLibrary search={search} canChange={canChange} onFiles={add} />
          ) : layout === 'list' ? (
            <BookTable {...list} />
          ) : (
            <BookGrid {...list} />
          )}
        </div>
      </div>
      {picked.length > 0 && (
        <SelectionBar books={picked} menu={bookMenu(picked, context)} onClear={selection.clear} />
      )}
      {dropping && canChange && (
        <div className="dropzone" aria-hidden="true">
          <EmptyState title={t.dropHere()}>{shelf && t.dropOnShelf({ name: shelf.name })}</EmptyState>
        </div>
      )}
      {removing && (
        <ConfirmByName
          open
          onOpenChange={(isOpen) => !isOpen && setRemoving(undefined)}
          title={t.removeForGood()}
          name={removing.title}
          action={t.removeForGood()}
          description={t.removeForGoodText()}
          onConfirm={() => {
            void acts.remove(removing)
            setRemoving(undefined)
          }}
        />
      )}
    </Page>
  )
}

const ignore = () => {}
