import { ContextMenu, Input, ListSection, Tree, type TreeNode } from '@stoa/ui'
import { library as t } from '@stoa/ui/messages/library'
import { useQuery } from '@tanstack/react-query'
import { FolderPlus, Pencil, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { type Shelf, shelvesQuery } from '../../data/books.ts'
import { carriesBooks, carriesShelf, dragShelf, droppedBooks, droppedShelf } from './drag.ts'
import { useShelfActs } from './use-shelf-acts.ts'

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

/** Shelves as a tree: fold, rename, move by dragging, drop books on them. */
export function ShelfTree(props: ShelfTreeProps) {
  const { selected, onSelect, onDropBooks, canChange, naming, onNaming } = props
  const { data } = useQuery(shelvesQuery)
  const shelves = data?.items ?? []
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  const [renaming, setRenaming] = useState<string>()
  const [target, setTarget] = useState<string>()
  const acts = useShelfActs()
  const create = async (name: string, parent: string | null) => {
    onNaming(undefined)
    if (name === '') return
    if (parent !== null) setOpen((before) => new Set(before).add(parent))
    await acts.create(name, parent)
  }
  const drop = (transfer: DataTransfer, shelf: Shelf) => {
    setTarget(undefined)
    if (carriesBooks(transfer)) onDropBooks(droppedBooks(transfer), shelf)
    else if (carriesShelf(transfer)) {
      const moved = shelves.find(({ id }) => id === droppedShelf(transfer))
      if (moved && moved.id !== shelf.id) void acts.change(moved, { parent_id: shelf.id })
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
                if (name !== '' && name !== shelf.name) void acts.change(shelf, { name })
              }}
            />
          ) : undefined
        }
        rowProps={({ data: shelf }) =>
          canChange ? dropTarget(shelf, { over: target, setOver: setTarget, still: renaming, drop }) : {}
        }
        wrapRow={({ data: shelf }, row) =>
          canChange ? (
            <ContextMenu
              items={[
                { label: t.rename(), icon: Pencil, onSelect: () => setRenaming(shelf.id) },
                { label: t.shelfInside(), icon: FolderPlus, onSelect: () => onNaming({ parent: shelf.id }) },
                {
                  label: t.removeShelf(),
                  icon: Trash2,
                  tone: 'bad',
                  onSelect: () => void acts.remove(shelf),
                },
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

interface DropState {
  readonly over: string | undefined
  readonly setOver: (id: string | undefined) => void
  /** The shelf whose name is being typed: it does not drag. */
  readonly still: string | undefined
  readonly drop: (transfer: DataTransfer, shelf: Shelf) => void
}

/** A row that can be dragged and that takes books and shelves. */
function dropTarget(shelf: Shelf, { over, setOver, still, drop }: DropState) {
  return {
    draggable: still !== shelf.id,
    'data-drop': over === shelf.id,
    onDragStart: (event: React.DragEvent) => dragShelf(event.dataTransfer, shelf.id),
    onDragOver: (event: React.DragEvent) => {
      if (!carriesBooks(event.dataTransfer) && !carriesShelf(event.dataTransfer)) return
      event.preventDefault()
      setOver(shelf.id)
    },
    onDragLeave: () => setOver(undefined),
    onDrop: (event: React.DragEvent) => drop(event.dataTransfer, shelf),
  }
}
