import { Avatar, Button } from '@stoa/ui'
import { boards as t } from '@stoa/ui/messages/boards'
import { Link } from '@tanstack/react-router'
import type { BoardAuthor, BoardDetail } from '../../../data/boards.ts'
import { moderate } from '../moderate.ts'
import { nameOf } from '../names.ts'

/** Owner, moderators, who may post, who is banned; with what the reader may change. */
export function BoardPeople({ board }: { board: BoardDetail }) {
  const { owner, moderators, authors, banned, can } = board
  const revoke = (role: 'moderator' | 'author') => (author: BoardAuthor) => () =>
    moderate(board.id, { action: 'revoke', author_id: author.author_id, role })
  const unban = (author: BoardAuthor) => () =>
    moderate(board.id, { action: 'unban', author_id: author.author_id })
  return (
    <div className="people">
      {owner && <Group title={t.owner()} of={[owner]} />}
      <Group
        title={t.moderators()}
        of={moderators}
        none={t.noModerators()}
        {...(can.own && { act: t.removeRole(), run: revoke('moderator') })}
      />
      {board.access === 'granted' && (
        <Group
          title={t.namedAuthors()}
          of={authors}
          {...(can.moderate && { act: t.removeRole(), run: revoke('author') })}
        />
      )}
      {banned.length > 0 && (
        <Group title={t.banned()} of={banned} {...(can.moderate && { act: t.unban(), run: unban })} />
      )}
    </div>
  )
}

interface GroupProps {
  readonly title: string
  readonly of: readonly BoardAuthor[]
  readonly none?: string
  /** What can be done with each. */
  readonly act?: string
  readonly run?: (author: BoardAuthor) => () => unknown
}

function Group({ title, of: authors, none, act, run }: GroupProps) {
  return (
    <section>
      <h2 className="label">{title}</h2>
      {authors.length === 0 && <p className="muted">{none}</p>}
      {authors.map((author) => (
        <div key={author.author_id} className="row person">
          <Avatar name={nameOf(author)} seed={author.author_id} size="s" />
          <Link to="/authors/$authorId" params={{ authorId: author.author_id }} className="clip grow">
            {nameOf(author)}
          </Link>
          {run && act && (
            <Button size="sm" variant="ghost" onClick={run(author)}>
              {act}
            </Button>
          )}
        </div>
      ))}
    </section>
  )
}
