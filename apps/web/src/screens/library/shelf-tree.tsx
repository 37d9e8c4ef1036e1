import { ContextMenu, Input, ListSection, Tree, type TreeNode, toast } from '@stoa/ui'
import { library as t } from '@stoa/ui/messages/library'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { FolderPlus, Pencil, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { api, ok } from '../../data/api.ts'
import { type Shelf, shelvesQuery } from '../../data/books.ts'
import { problemText } from '../../frame/problem-text.ts'
import { carriesBooks, carriesShelf, dragShelf, droppedBooks, droppedShelf } from './drag.ts'

export interface ShelfTreeProps {
  readonly selected: string | undefined
  readonly onSelect: (shelf: Shelf) => void
  readonly onDropBooks: (bookIds: string[], shelf: Shelf) => void
  readonly canChange: boolean
  /** A new shelf is being named under this parent; `undefined`: none is. */
  readonly naming: { parent: string | null } | undefined
  readonly onNaming: (naming: { parent: string | null } | undefined) => void
}

const nodesOf = (shelves: readonly Shelf[], parent: string | null): TreeNode<Shelf>[] =>
  shelves
    .filter((shelf) => shelf.parent_id === parent)
    .map((shelf) => ({ id: shelf.id, label: shelf.name, data: shelf, children: nodesOf(shelves, shelf.id) }))

const WORDS = { 'shelf.loop': t.shelfRefused, 'shelf.too_deep': t.shelfTooDeep }

/** Shelves as a tree: fold, rename, move by dragging, drop books on them. */
export function ShelfTree(props: ShelfTreeProps) {
  const { selected, onSelect, onDropBooks, canChange, naming, onNaming } = props
  const queries = useQueryClient()
  const { data } = useQuery(shelvesQuery)
  const shelves = data?.items ?? []
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  const [renaming, setRenaming] = useState<string>()
  const [target, setTarget] = useState<string>()
  const attempt = async (act: () => Promise<unknown>): Promise<boolean> => {
    try {
      await act()
      return true
    } catch (error) {
      toast({ text: problemText(error, WORDS), tone: 'bad' })
      return false
    } finally {
      for (const key of ['shelves', 'books']) void queries.invalidateQueries({ queryKey: [key] })
    }
  }
  const change = (shelf: Shelf, body: { name?: string; parent_id?: string | null }) =>
    attempt(() =>
      ok(
        api.PATCH('/api/v1/shelves/{shelf_id}', {
          params: { path: { shelf_id: shelf.id } },
          body: { version: shelf.version, ...body },
        }),
      ),
    )
  const create = async (name: string, parent: string | null) => {
    onNaming(undefined)
    if (name === '') return
    if (parent !== null) setOpen((before) => new Set(before).add(parent))
    await attempt(() => ok(api.POST('/api/v1/shelves', { body: { name, parent_id: parent } })))
  }
  const remove = async (shelf: Shelf) => {
    const init = { params: { path: { shelf_id: shelf.id } } }
    if (await attempt(() => ok(api.DELETE('/api/v1/shelves/{shelf_id}', init)))) {
      toast({ text: t.shelfRemoved({ name: shelf.name }) })
    }
  }
  const drop = (transfer: DataTransfer, shelf: Shelf) => {
    setTarget(undefined)
    if (carriesBooks(transfer)) onDropBooks(droppedBooks(transfer), shelf)
    else if (carriesShelf(transfer)) {
      const moved = shelves.find(({ id }) => id === droppedShelf(transfer))
      if (moved && moved.id !== shelf.id) void change(moved, { parent_id: shelf.id })
    }
  }
  return (
    <>
      <ListSection label={t.shelves()} />
      <Tree
        label={t.shelves()}
        nodes={nodesOf(shelves, null)}
        expanded={open}
        onToggle={(id) => setOpen((before) => toggled(before, id))}
        selected={selected}
        onSelect={({ data: shelf }) => onSelect(shelf)}
        end={({ data: shelf }) => shelf.book_count}
        renderLabel={({ data: shelf }) =>
          renaming === shelf.id ? (
            <NameField
              value={shelf.name}
              onDone={(name) => {
                setRenaming(undefined)
                if (name !== '' && name !== shelf.name) void change(shelf, { name })
              }}
            />
          ) : undefined
        }
        rowProps={({ data: shelf }) =>
          canChange
            ? {
                draggable: renaming !== shelf.id,
                'data-drop': target === shelf.id,
                onDragStart: (event) => dragShelf(event.dataTransfer, shelf.id),
                onDragOver: (event) => {
                  if (!carriesBooks(event.dataTransfer) && !carriesShelf(event.dataTransfer)) return
                  event.preventDefault()
                  setTarget(shelf.id)
                },
                onDragLeave: () => setTarget(undefined),
                onDrop: (event) => drop(event.dataTransfer, shelf),
              }
            : {}
        }
        wrapRow={({ data: shelf }, row) =>
          canChange ? (
            <ContextMenu
              items={[
                { label: t.rename(), icon: Pencil, onSelect: () => setRenaming(shelf.id) },
                { label: t.shelfInside(), icon: FolderPlus, onSelect: () => onNaming({ parent: shelf.id }) },
                { label: t.removeShelf(), icon: Trash2, tone: 'bad', onSelect: () => void remove(shelf) },
              ]}
            >
              {row}
            </ContextMenu>
          ) : (
            row
          )
        }
      />
      {naming && <NameField value="" onDone={(name) => void create(name, naming.parent)} />}
    </>
  )
}

function toggled(before: ReadonlySet<string>, id: string): Set<string> {
  const next = new Set(before)
  if (!next.delete(id)) next.add(id)
  return next
}

/** Enter or leaving keeps the name, Escape does not. */
function NameField({ value, onDone }: { value: string; onDone: (name: string) => void }) {
  const [name, setName] = useState(value)
  return (
    <Input
      autoFocus
      look="quiet"
      className="shelf-name"
      aria-label={t.shelfName()}
      placeholder={t.shelfName()}
      maxLength={120}
      value={name}
      onChange={(event) => setName(event.target.value)}
      onFocus={(event) => event.target.select()}
      onBlur={() => onDone(name.trim())}
      onKeyDown={(event) => {
        event.stopPropagation()
        if (event.key === 'Enter') onDone(name.trim())
        if (event.key === 'Escape') onDone(value)
      }}
    />
  )
}
