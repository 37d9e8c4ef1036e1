import { Chip, InkBar, Input, Segmented } from '@stoa/ui'
import { notes as t } from '@stoa/ui/messages/notes'
import { Search, X } from 'lucide-react'
import type { Ref } from 'react'
import { isFiltered, type NotesAddress, withPart } from './address.ts'

/** Words, ink and order, above the list. */
export function NotesTools({
  address,
  onGo,
  ref,
}: {
  address: NotesAddress
  onGo: (address: NotesAddress) => void
  ref: Ref<HTMLInputElement>
}) {
  const { ink, q, by = 'newest' } = address
  return (
    <div className="notetools">
      <Input
        ref={ref}
        look="quiet"
        type="search"
        icon={Search}
        aria-label={t.find()}
        placeholder={t.find()}
        value={q ?? ''}
        onChange={({ target: { value } }) => onGo(withPart(address, 'q', value === '' ? undefined : value))}
        onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
      />
      <InkBar
        value={ink}
        onPick={(next) => onGo(withPart(address, 'ink', next === ink ? undefined : next))}
      />
      <Segmented
        label={t.order()}
        value={by}
        onChange={(value) => onGo(withPart(address, 'by', value === 'book' ? 'book' : undefined))}
        options={[
          { value: 'newest', label: t.newest() },
          { value: 'book', label: t.byBook() },
        ]}
      />
      {isFiltered(address) && (
        <Chip onClick={() => onGo(by === 'book' ? { by } : {})}>
          <X className="i xs" aria-hidden="true" />
          {t.clearFilter()}
        </Chip>
      )}
    </div>
  )
}
