import { entries, IconButton, Menu } from '@stoa/ui'
import { documents as t } from '@stoa/ui/messages/documents'
import type { Editor } from '@tiptap/core'
import { Table2 } from 'lucide-react'

type TableCommand =
  | 'addRowBefore'
  | 'addRowAfter'
  | 'addColumnBefore'
  | 'addColumnAfter'
  | 'toggleHeaderRow'
  | 'deleteRow'
  | 'deleteColumn'
  | 'deleteTable'

interface TableKey {
  readonly command: TableCommand
  readonly shortcut: string
  /** As the editor writes it. */
  readonly native: string
  readonly label: () => string
}

export const TABLE_KEYS: readonly TableKey[] = [
  { command: 'addRowBefore', shortcut: 'mod+alt+arrowup', native: 'Mod-Alt-ArrowUp', label: t.rowAbove },
  { command: 'addRowAfter', shortcut: 'mod+alt+arrowdown', native: 'Mod-Alt-ArrowDown', label: t.rowBelow },
  {
    command: 'addColumnBefore',
    shortcut: 'mod+alt+arrowleft',
    native: 'Mod-Alt-ArrowLeft',
    label: t.columnLeft,
  },
  {
    command: 'addColumnAfter',
    shortcut: 'mod+alt+arrowright',
    native: 'Mod-Alt-ArrowRight',
    label: t.columnRight,
  },
]

/** Rows and columns of the table the caret is in. */
export function TableTools({ editor }: { editor: Editor }) {
  const act = (label: string, command: TableCommand) => ({
    label,
    onSelect: () => void editor.chain().focus()[command]().run(),
  })
  return (
    <Menu
      align="start"
      trigger={<IconButton size="sm" icon={Table2} label={t.tableTools()} on />}
      items={entries(
        ...TABLE_KEYS.map(({ command, label, shortcut }) => ({ ...act(label(), command), shortcut })),
        act(t.headerRow(), 'toggleHeaderRow'),
        'separator',
        act(t.removeRow(), 'deleteRow'),
        act(t.removeColumn(), 'deleteColumn'),
        { ...act(t.removeTable(), 'deleteTable'), tone: 'bad' },
      )}
    />
  )
}
