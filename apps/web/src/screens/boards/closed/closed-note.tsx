import { Icon } from '@stoa/ui'
import { boards as t } from '@stoa/ui/messages/boards'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Ban, Clock, Lock, type LucideIcon, UserX } from 'lucide-react'
import type { ReactNode } from 'react'
import { type BoardDetail, type ModerationEntry, moderationQuery } from '../../../data/boards.ts'
import { useIdentity } from '../../../data/use-session.ts'
import { nameOf } from '../names.ts'
import { type Closed, causeOf } from './closed.ts'

interface ClosedNoteProps {
  readonly board: BoardDetail
  readonly closed: Closed
  /** The post that is locked. */
  readonly postId?: string
  /** Whether something that one had begun waits on this device. */
  readonly kept?: boolean
}

/** Where one would write and may not: why, who did it with which reason, and who can change it. */
export function ClosedNote({ board, closed, postId, kept }: ClosedNoteProps) {
  const accountId = useIdentity().account.id
  const enabled = closed === 'banned' || closed === 'locked'
  const log = useInfiniteQuery({ ...moderationQuery(board.id), enabled })
  const acts = log.data?.pages.flatMap((page) => page.items) ?? []
  const { icon, title, text } = WORDS[closed]
  const cause = causeOf(acts, closed, { accountId, postId })
  return (
    <div className="closed" role="status">
      <Icon of={icon} />
      <div>
        <b>{title(cause)}</b>
        {cause?.reason && <q>{cause.reason}</q>}
        <p className="muted">{text()}</p>
        {closed !== 'unnamed' && <Deciders board={board} />}
        {kept && <p className="muted">{t.wordsKept()}</p>}
      </div>
    </div>
  )
}

interface Words {
  readonly icon: LucideIcon
  /** `cause` when the log has come. */
  readonly title: (cause: ModerationEntry | undefined) => string
  readonly text: () => string
}

const WORDS: Readonly<Record<Closed, Words>> = {
  banned: {
    icon: Ban,
    title: (cause) => (cause ? t.bannedBy({ name: nameOf(cause.by) }) : t.youAreBanned()),
    text: t.bannedText,
  },
  locked: {
    icon: Lock,
    title: (cause) => (cause ? t.lockedBy({ name: nameOf(cause.by) }) : t.lockedTitle()),
    text: t.lockedUntil,
  },
  named: { icon: UserX, title: () => t.namedOnly(), text: t.accessGrantedHint },
  unnamed: { icon: Clock, title: () => t.unnamed(), text: t.unnamedText },
}

/** Who looks after the board: whoever is shut out can turn to them. */
function Deciders({ board: { owner, moderators } }: { board: BoardDetail }): ReactNode {
  const people = [...(owner ? [owner] : []), ...moderators]
  if (people.length === 0) return null
  return (
    <p className="deciders">
      <span className="muted">{t.whoDecides()}</span>
      {people.map((person) => (
        <Link key={person.author_id} to="/authors/$authorId" params={{ authorId: person.author_id }}>
          {nameOf(person)}
        </Link>
      ))}
    </p>
  )
}
