import { Avatar, Icon } from '@stoa/ui'
import { rooms as t } from '@stoa/ui/messages/rooms'
import clsx from 'clsx'
import { AtSign } from 'lucide-react'
import type { Person } from '../../../data/rooms.ts'
import { EVERYONE, type Named, suggest } from './mentions.ts'

/** A line of the list: somebody, or everybody. */
export type Suggestion = Named & { readonly person?: Person }

export function suggestions(people: readonly Person[], query: string): Suggestion[] {
  const found = suggest(people, query).map((person) => ({
    ...{ name: person.display_name, target: person.account_id, person },
  }))
  const all = t.everyone()
  return all.startsWith(query.toLowerCase()) ? [...found, { name: all, target: EVERYONE }] : found
}

interface MentionListProps {
  readonly id: string
  readonly items: readonly Suggestion[]
  readonly chosen: number
  readonly onPick: (item: Suggestion) => void
}

/** Names that fit what was typed after an @, over the composer. The box keeps the focus. */
export function MentionList({ id, items, chosen, onPick }: MentionListProps) {
  return (
    <div className="menu mention-list" id={id} role="listbox" aria-label={t.mention()}>
      {items.map((item, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the box below handles the keys (combobox pattern)
        // biome-ignore lint/a11y/useFocusableInteractive: focus stays in the box, aria-activedescendant points here
        <div
          key={item.target}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === chosen}
          className={clsx('li', index === chosen && 'on')}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onPick(item)}
        >
          {item.person ? <Avatar name={item.name} seed={item.target} size="s" /> : <Icon of={AtSign} />}
          <span className="grow clip">{item.name}</span>
          {!item.person && <span className="hint">{t.everyoneHint()}</span>}
        </div>
      ))}
    </div>
  )
}
