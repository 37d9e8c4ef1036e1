import { Icon } from '@stoa/ui'
import { formatMoment, formatNumber } from '@stoa/ui/messages'
import { boards as t } from '@stoa/ui/messages/boards'
import { Link } from '@tanstack/react-router'
import clsx from 'clsx'
import { EyeOff, HardDrive, ImageOff, Lock, MessageSquare, Pin } from 'lucide-react'
import type { Post, PostOrder } from '../../../data/boards.ts'
import { scriptLanguage } from '../../../text/script-language.ts'
import { shortTime } from '../../../text/times.ts'
import { nameOf } from '../names.ts'

/** One post in a list: title, who, when, how many comments, its first picture small. Never its text. */
export function PostRow({ post, on, sort }: { post: Post; on?: boolean; sort?: PostOrder }) {
  const when = Date.parse(sort === 'active' ? post.last_active_at : post.created_at)
  const image = post.images[0]
  return (
    <Link
      to="/boards/$boardId/posts/$postId"
      params={{ boardId: post.board_id, postId: post.id }}
      search={sort === 'active' ? { sort } : {}}
      className={clsx('pl', on && 'on', image && 'with-th', (post.hidden || post.deleted) && 'dim')}
      aria-current={on ? 'page' : undefined}
    >
      <span className="ti clip2" lang={scriptLanguage(post.title)}>
        {post.title}
      </span>
      <span className="me num">
        <span className="clip">{nameOf(post.author)}</span>
        <time title={formatMoment(when)}>{shortTime(when, Date.now())}</time>
        <span>
          <Icon of={MessageSquare} size="xs" />
          {formatNumber(post.comment_count)}
          <span className="sr">{t.comments({ count: post.comment_count })}</span>
        </span>
        {post.pinned && <Sign of={Pin} label={t.pinned()} />}
        {post.locked && <Sign of={Lock} label={t.locked()} />}
        {post.kept && <Sign of={HardDrive} label={t.kept()} />}
        {post.hidden && <Sign of={EyeOff} label={t.hidden()} />}
      </span>
      {image && (
        <span className="th">
          {image.thumb_url ? (
            <img src={image.thumb_url} alt="" width={64} height={64} loading="lazy" />
          ) : (
            <Icon of={ImageOff} />
          )}
        </span>
      )}
    </Link>
  )
}

const Sign = ({ of, label }: { of: typeof Pin; label: string }) => (
  <span title={label}>
    <Icon of={of} size="xs" />
    <span className="sr">{label}</span>
  </span>
)
