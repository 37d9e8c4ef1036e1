import { ListRow, ListSection } from '@stoa/ui'
import { formatNumber } from '@stoa/ui/messages'
import { notes as t } from '@stoa/ui/messages/notes'
import { shell } from '@stoa/ui/messages/shell'
import { Link } from '@tanstack/react-router'
import { Hash, Highlighter, User, Users } from 'lucide-react'
import { ListColumn } from '../../frame/bars.tsx'
import { type NotesAddress, withPart } from './address.ts'
import { booksIn, filterMarks, type Mark, tagsIn } from './marks.ts'

/** Whose, which book, which tag; the numbers are those of the other filters. */
export function NotesColumn({ marks, address }: { marks: readonly Mark[]; address: NotesAddress }) {
  const row = <Key extends 'whose' | 'book' | 'tag'>(key: Key, value: NotesAddress[Key] | undefined) => ({
    on: address[key] === value,
    as: <Link to="/notes" search={withPart(address, key, value)} replace />,
  })
  const without = (key: keyof NotesAddress) => filterMarks(marks, withPart(address, key, undefined))
  const byOwner = without('whose')
  const mine = byOwner.filter((mark) => mark.row.mine).length
  const books = booksIn(without('book'))
  const tags = tagsIn(without('tag'))
  return (
    <ListColumn title={shell.notes()}>
      <ListRow
        icon={Highlighter}
        label={t.everyone()}
        end={formatNumber(byOwner.length)}
        {...row('whose', undefined)}
      />
      <ListRow icon={User} label={t.mine()} end={formatNumber(mine)} {...row('whose', 'mine')} />
      <ListRow
        icon={Users}
        label={t.shared()}
        end={formatNumber(byOwner.length - mine)}
        {...row('whose', 'shared')}
      />
      {books.length > 0 && <ListSection label={t.book()} />}
      {books.length > 0 && <ListRow label={t.anyBook()} {...row('book', undefined)} />}
      {books.map(({ key, name, count }) => (
        <ListRow key={key} label={name ?? t.noBook()} end={formatNumber(count)} {...row('book', key)} />
      ))}
      {tags.length > 0 && <ListSection label={t.tag()} />}
      {tags.length > 0 && <ListRow label={t.anyTag()} {...row('tag', undefined)} />}
      {tags.map(({ key, count }) => (
        <ListRow key={key} icon={Hash} label={key} end={formatNumber(count)} {...row('tag', key)} />
      ))}
    </ListColumn>
  )
}
