import './boards.css'
import './boards-parts.css'
import { Avatar, EmptyState, Icon } from '@stoa/ui'
import { formatDay } from '@stoa/ui/messages'
import { boards as t } from '@stoa/ui/messages/boards'
import { shell } from '@stoa/ui/messages/shell'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { ShieldAlert, ShieldCheck } from 'lucide-react'
import { authorKeyQuery, authorPostsQuery, authorQuery } from '../../data/boards.ts'
import { ApiError } from '../../data/problem.ts'
import { TopBar } from '../../frame/bars.tsx'
import { LoadError } from '../../frame/load-error.tsx'
import { Page } from '../../frame/page.tsx'
import { useListEnd } from '../../frame/use-list-end.ts'
import { OwnKey } from './about/own-key.tsx'
import { PostRow } from './list/post-row.tsx'
import { nameOf } from './names.ts'

/** Who writes on boards, and what; to oneself, the key as well. */
export function AuthorScreen() {
  const { authorId } = useParams({ from: '/signed-in/frame/authors/$authorId' })
  const navigate = useNavigate()
  const author = useQuery(authorQuery(authorId))
  const key = useQuery(authorKeyQuery)
  const gone = author.error instanceof ApiError && author.error.status === 404
  return (
    <Page deep>
      <TopBar
        title={author.data ? nameOf(author.data) : ''}
        onBack={() => void navigate({ to: '/boards' })}
      />
      <div className="scroll">
        {gone && <EmptyState title={shell.notFoundTitle()}>{shell.notFoundText()}</EmptyState>}
        {author.isError && !gone && <LoadError error={author.error} retry={author.refetch} />}
        {author.data && (
          <div className="post author">
            <header className="row">
              <Avatar name={nameOf(author.data)} seed={authorId} size="l" />
              <div>
                <h1>{nameOf(author.data)}</h1>
                <p className="muted dots">
                  <span>
                    {author.data.first_at
                      ? t.since({ day: formatDay(Date.parse(author.data.first_at)) })
                      : t.notYet()}
                  </span>
                  <span>{t.posts({ count: author.data.post_count })}</span>
                  <span>{t.comments({ count: author.data.comment_count })}</span>
                </p>
                <Standing verified={author.data.verified} authorId={authorId} />
              </div>
            </header>
            {key.data?.author_id === authorId && <OwnKey of={key.data} />}
            <AuthorPosts authorId={authorId} />
          </div>
        )}
      </div>
    </Page>
  )
}

const Standing = ({ verified, authorId }: { verified: boolean; authorId: string }) => (
  <p className="mark">
    <Icon of={verified ? ShieldCheck : ShieldAlert} size="xs" />
    {verified ? t.verified() : t.unverified()} <code title={t.authorId()}>{authorId.slice(0, 12)}…</code>
  </p>
)

function AuthorPosts({ authorId }: { authorId: string }) {
  const posts = useInfiniteQuery(authorPostsQuery(authorId))
  const items = posts.data?.pages.flatMap((page) => page.items) ?? []
  const end = useListEnd(posts.hasNextPage && !posts.isFetching && !posts.isError, posts.fetchNextPage)
  return (
    <section>
      <h2 className="label">{t.authorPosts()}</h2>
      {posts.isError && <LoadError error={posts.error} retry={posts.refetch} />}
      {posts.isSuccess && items.length === 0 && <p className="muted">{t.notYet()}</p>}
      {items.map((post) => (
        <PostRow key={post.id} post={post} />
      ))}
      <div ref={end} />
    </section>
  )
}
