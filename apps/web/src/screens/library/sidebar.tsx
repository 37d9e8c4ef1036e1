import { IconButton, ListRow } from '@stoa/ui'
import { library as t } from '@stoa/ui/messages/library'
import { shell } from '@stoa/ui/messages/shell'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Bookmark, BookOpen, Check, Library, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { type Book, type Shelf, summaryQuery } from '../../data/books.ts'
import { ListColumn } from '../../frame/bars.tsx'
import { ShelfTree } from './shelf-tree.tsx'
import { type LibrarySearch, type LibraryView, VIEWS, viewName } from './view.ts'

const ICONS = { all: Library, reading: BookOpen, to_read: Bookmark, finished: Check, trash: Trash2 } as const

export interface SidebarProps {
  readonly search: LibrarySearch
  readonly canChange: boolean
  readonly onDropBooks: (bookIds: string[], shelf: Shelf) => void
}

/** The library's column: what one reads, and the shelves. */
export function Sidebar({ search, canChange, onDropBooks }: SidebarProps) {
  const navigate = useNavigate()
  const { data: counts } = useQuery(summaryQuery)
  const [naming, setNaming] = useState<{ parent: Book['id'] | null }>()
  const count = (view: LibraryView) => counts && (view === 'trash' ? counts.trashed : counts[view])
  const current = search.shelf === undefined ? (search.view ?? 'all') : undefined
  return (
    <ListColumn
      title={shell.library()}
      action={
        canChange && (
          <IconButton
            icon={Plus}
            label={t.newShelf()}
            size="sm"
            onClick={() => setNaming({ parent: null })}
          />
        )
      }
    >
      {VIEWS.filter((view) => view !== 'trash' || canChange).map((view) => (
        <ListRow
          key={view}
          icon={ICONS[view]}
          label={viewName[view]()}
          end={count(view) || undefined}
          on={view === current}
          as={<Link to="/library" search={view === 'all' ? {} : { view }} />}
        />
      ))}
      <ShelfTree
        selected={search.shelf}
        onSelect={(shelf) => void navigate({ to: '/library', search: { shelf: shelf.id } })}
        onDropBooks={onDropBooks}
        canChange={canChange}
        naming={naming}
        onNaming={setNaming}
      />
    </ListColumn>
  )
}
