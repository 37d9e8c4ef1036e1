import { Button } from '@stoa/ui'
import { formatMoment } from '@stoa/ui/messages'
import { boards as t } from '@stoa/ui/messages/boards'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { type ModerationEntry, moderationQuery, postsQuery } from '../../../data/boards.ts'
import { LoadError } from '../../../frame/load-error.tsx'
import { scriptLanguage } from '../../../text/script-language.ts'
import { shortTime } from '../../../text/times.ts'
import { nameOf } from '../names.ts'
import { keptOutText } from './kept-out-text.ts'

/** What moderators did, and what does not count of it, with the reason. */
export function ModerationLog({ boardId }: { boardId: string }) {
  const log = useInfiniteQuery(moderationQuery(boardId))
  const posts = useInfiniteQuery(postsQuery(boardId, 'newest')).data?.pages.flatMap((page) => page.items)
  const titles = new Map(posts?.map(({ id, title }) => [id, title]))
  const entries = log.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <section className="log">
      <h2 className="label">{t.log()}</h2>
      {log.isError && <LoadError error={log.error} retry={log.refetch} />}
      {log.isSuccess && entries.length === 0 && <p className="muted">{t.logEmpty()}</p>}
      <ol>
        {entries.map((entry) => (
          <Entry key={entry.id} of={entry}>
            <Post boardId={boardId} postId={entry.target_id} titles={titles} />
          </Entry>
        ))}
      </ol>
      {log.hasNextPage && (
        <Button
          size="sm"
          variant="ghost"
          busy={log.isFetchingNextPage}
          onClick={() => void log.fetchNextPage()}
        >
          {t.more()}
        </Button>
      )}
    </section>
  )
}

function Entry({ of: entry, children }: { of: ModerationEntry; children: ReactNode }) {
  const when = Date.parse(entry.created_at)
  return (
    <li className={entry.kept_out === null ? undefined : 'dim'}>
      <time className="num muted" title={formatMoment(when)}>
        {shortTime(when, Date.now())}
      </time>
      <span>
        {sentence(entry)}
        {children}
        {entry.reason && <q className="muted">{entry.reason}</q>}
        {entry.kept_out !== null && (
          <span className="muted">
            {' '}
            ({t.logKeptOut()}: {keptOutText(entry.kept_out)})
          </span>
        )}
      </span>
    </li>
  )
}

interface PostProps {
  readonly boardId: string
  readonly postId: string | null
  readonly titles: ReadonlyMap<string, string>
}

/** The post that it was about, when it is among those that are listed. */
function Post({ boardId, postId, titles }: PostProps) {
  const title = postId === null ? undefined : titles.get(postId)
  if (postId === null || title === undefined) return null
  return (
    <Link to="/boards/$boardId/posts/$postId" params={{ boardId, postId }} lang={scriptLanguage(title)}>
      {title}
    </Link>
  )
}

function sentence({ action, by, author, role }: ModerationEntry): string {
  const name = nameOf(by)
  const who = author ? nameOf(author) : t.unknownAuthor()
  switch (action) {
    case 'hide':
      return t.actHide({ name })
    case 'restore':
      return t.actRestore({ name })
    case 'lock':
      return t.actLock({ name })
    case 'unlock':
      return t.actUnlock({ name })
    case 'pin':
      return t.actPin({ name })
    case 'unpin':
      return t.actUnpin({ name })
    case 'ban':
      return t.actBan({ name, who })
    case 'unban':
      return t.actUnban({ name, who })
    case 'grant':
      return role === 'moderator' ? t.actGrantModerator({ name, who }) : t.actGrantAuthor({ name, who })
    case 'revoke':
      return t.actRevoke({ name, who })
  }
}
