import { Avatar, EmptyState, Icon, Skeleton } from '@stoa/ui'
import { formatMoment } from '@stoa/ui/messages'
import { boards as t } from '@stoa/ui/messages/boards'
import { shell } from '@stoa/ui/messages/shell'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { HardDrive, ShieldCheck } from 'lucide-react'
import { type BoardDetail, type PostDetail, postQuery } from '../../../data/boards.ts'
import { ApiError } from '../../../data/problem.ts'
import { TopBar } from '../../../frame/bars.tsx'
import { LoadError } from '../../../frame/load-error.tsx'
import { scriptLanguage } from '../../../text/script-language.ts'
import { shortTime } from '../../../text/times.ts'
import { nameOf, titleOf } from '../names.ts'
import { Body } from './body.tsx'
import { Comments } from './comments.tsx'
import { HiddenNote, isWithheld } from './hidden-note.tsx'
import { PostMenu } from './post-menu.tsx'

interface PostStageProps {
  readonly board: BoardDetail
  readonly postId: string
  /** The comment that a link led to. */
  readonly comment?: string
}

/** A post as it stands on this node. */
export function PostStage({ board, postId, comment }: PostStageProps) {
  const navigate = useNavigate()
  const post = useQuery(postQuery(board.id, postId))
  const gone = post.error instanceof ApiError && post.error.status === 404
  const back = () => void navigate({ to: '/boards/$boardId', params: { boardId: board.id } })
  return (
    <>
      <TopBar
        title={titleOf(board)}
        onBack={back}
        {...(post.data && {
          sub: <Signed by={post.data.author} />,
          actions: <PostMenu board={board} post={post.data} />,
        })}
      />
      <div className="scroll">
        {post.isPending && <Ghost />}
        {gone && <EmptyState title={shell.notFoundTitle()}>{shell.notFoundText()}</EmptyState>}
        {post.isError && !gone && <LoadError error={post.error} retry={post.refetch} />}
        {post.data && (
          <article className="post">
            <Head post={post.data} />
            <PostText post={post.data} />
            <Comments board={board} post={post.data} {...(comment !== undefined && { comment })} />
          </article>
        )}
      </div>
    </>
  )
}

const Signed = ({ by }: { by: PostDetail['author'] }) => (
  <span className="mark" title={by.verified ? t.verified() : t.unverified()}>
    <Icon of={ShieldCheck} size="xs" />
    <span className="clip">{by.verified ? t.verified() : t.unverified()}</span>
  </span>
)

function Head({ post }: { post: PostDetail }) {
  const when = Date.parse(post.created_at)
  return (
    <>
      {post.title && <h1 lang={scriptLanguage(post.title)}>{post.title}</h1>}
      <div className="row by">
        <Avatar name={nameOf(post.author)} seed={post.author.author_id} size="s" />
        <Link to="/authors/$authorId" params={{ authorId: post.author.author_id }}>
          {nameOf(post.author)}
        </Link>
        <span className="muted" title={formatMoment(when)}>
          {shortTime(when, Date.now())}
          {post.edited_at && ` · ${t.edited()}`}
        </span>
      </div>
      {post.kept && <Kept missing={post.kept_missing} />}
    </>
  )
}

/** That it stays on this node; and how much of it is still to come. */
const Kept = ({ missing }: { missing: number }) => (
  <p className="row kept muted" title={t.keptText()}>
    <Icon of={HardDrive} size="xs" />
    {missing > 0 ? t.keptComing({ count: missing }) : t.kept()}
  </p>
)

function PostText({ post }: { post: PostDetail }) {
  if (post.deleted) return <p className="gap muted">{t.deletedPost()}</p>
  return (
    <>
      {post.hidden && <HiddenNote of={post.hidden} />}
      {!isWithheld(post) && (
        <Body className="bd" boardId={post.board_id} itemId={post.id} body={post.body} images={post.images} />
      )}
    </>
  )
}

const Ghost = () => (
  <div className="post" aria-busy="true">
    <Skeleton width="80%" />
    <Skeleton width="30%" />
    <Skeleton width="96%" />
    <Skeleton width="90%" />
  </div>
)
