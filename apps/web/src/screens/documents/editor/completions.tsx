import { Avatar, Icon, Kbd } from '@stoa/ui'
import type { Editor } from '@tiptap/core'
import type { LucideIcon } from 'lucide-react'
import type { Person } from '../../../data/rooms.ts'
import { suggest } from '../../rooms/composer/mentions.ts'
import { type BlockHelp, findKinds } from './blocks.ts'
import { CompletionList } from './completion-list.tsx'
import { type Asked, type Choice, useCompletion } from './use-completion.ts'

interface Offer extends Choice {
  readonly label: string
  readonly icon?: LucideIcon
  readonly shortcut?: string
  readonly person?: Person
}

interface CompletionsProps {
  readonly editor: Editor
  readonly help: BlockHelp
  readonly people: readonly Person[]
}

/** What a slash or an @ offers at the caret: kinds of paragraphs and things; names of people. */
export function Completions({ editor, help, people }: CompletionsProps) {
  const find = ({ sign, query, from, to }: Asked): Offer[] => {
    const clear = () => editor.chain().focus().deleteRange({ from, to }).run()
    if (sign === '/') {
      return findKinds(query).map((kind) => ({
        ...{ id: kind.id, label: kind.label(), icon: kind.icon },
        ...(kind.shortcut && { shortcut: kind.shortcut }),
        run: () => {
          clear()
          kind.run(editor, help)
        },
      }))
    }
    return suggest(people, query).map((person) => ({
      ...{ id: person.account_id, label: person.display_name, person },
      run: () => {
        const attrs = { id: person.account_id, label: person.display_name }
        const content = [
          { type: 'mention', attrs },
          { type: 'text', text: ' ' },
        ]
        editor.chain().focus().insertContentAt({ from, to }, content).run()
      },
    }))
  }
  const { id, open, items, at } = useCompletion(editor, find)
  if (!open || items.length === 0) return null
  return (
    <CompletionList
      {...{ id, editor, items }}
      at={open.from}
      chosen={at}
      draw={({ label, icon, person, shortcut }) => (
        <>
          {person ? <Avatar name={label} seed={person.account_id} size="s" /> : icon && <Icon of={icon} />}
          <span className="grow clip">{label}</span>
          {shortcut && <Kbd keys={shortcut} />}
        </>
      )}
    />
  )
}
