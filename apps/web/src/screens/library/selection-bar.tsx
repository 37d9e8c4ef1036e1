import { Button, IconButton, Menu, type MenuEntry } from '@stoa/ui'
import { library as t } from '@stoa/ui/messages/library'
import { Ellipsis, X } from 'lucide-react'
import type { Book } from '../../data/books.ts'

/** At the foot of the stage while books are selected. */
export function SelectionBar({
  books,
  menu,
  onClear,
}: {
  books: readonly Book[]
  menu: readonly MenuEntry[]
  onClear: () => void
}) {
  return (
    <div className="selection" role="toolbar" aria-label={t.selected({ count: books.length })}>
      <span className="num">{t.selected({ count: books.length })}</span>
      <Menu
        side="top"
        trigger={
          <Button variant="ghost" size="sm" icon={Ellipsis}>
            {t.edit()}
          </Button>
        }
        items={menu}
      />
      <IconButton icon={X} label={t.clearSelection()} size="sm" onClick={onClear} />
    </div>
  )
}
