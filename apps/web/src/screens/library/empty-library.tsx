import { Button, EmptyState } from '@stoa/ui'
import { library as t } from '@stoa/ui/messages/library'
import { Link } from '@tanstack/react-router'
import { useRef } from 'react'
import type { LibrarySearch } from './view.ts'

export interface EmptyLibraryProps {
  readonly search: LibrarySearch
  readonly canChange: boolean
  readonly onFiles: (files: readonly File[]) => void
}

/** Why there is nothing, in one sentence, and the one thing to do. */
export function EmptyLibrary({ search, canChange, onFiles }: EmptyLibraryProps) {
  const input = useRef<HTMLInputElement>(null)
  if (search.q !== undefined) {
    return (
      <EmptyState
        title={t.noMatch({ query: search.q })}
        action={
          <Button asChild>
            <Link to="/search" search={{ q: search.q }}>
              {t.searchInside()}
            </Link>
          </Button>
        }
      >
        {t.noMatchText()}
      </EmptyState>
    )
  }
  if (search.view === 'trash') return <EmptyState title={t.emptyTrash()}>{t.emptyTrashText()}</EmptyState>
  if (search.view !== undefined && search.view !== 'all') {
    return <EmptyState title={t.emptyView()}>{t.emptyViewText()}</EmptyState>
  }
  const onShelf = search.shelf !== undefined
  return (
    <EmptyState
      title={onShelf ? t.emptyShelf() : t.emptyTitle()}
      action={
        canChange && (
          <>
            <Button onClick={() => input.current?.click()}>{t.addBooks()}</Button>
            <input
              ref={input}
              type="file"
              multiple
              hidden
              onChange={(event) => onFiles([...(event.target.files ?? [])])}
            />
          </>
        )
      }
    >
      {onShelf ? t.emptyShelfText() : t.emptyText()}
    </EmptyState>
  )
}
