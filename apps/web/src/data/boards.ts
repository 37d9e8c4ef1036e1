import type { components } from '@stoa/contracts'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { client } from './api.ts'
import { everyPage } from './every-page.ts'
import { queryClient } from './query-client.ts'

type Schemas = components['schemas']
export type Board = Schemas['Board']
export type BoardDetail = Schemas['BoardDetail']
export type Post = Schemas['Post']
export type PostDetail = Schemas['PostDetail']
export type PostBody = Schemas['PostBody']
export type BoardComment = Schemas['Comment']
export type BoardAuthor = Schemas['Author']
export type BoardImage = Schemas['BoardImage']
export type BoardCitation = Schemas['BoardCitation']
export type NewBoardCitation = Schemas['NewBoardCitation']
export type FetchReason = Schemas['FetchReason']
export type KeptOutReason = Schemas['KeptOutReason']
export type ModerationAction = Schemas['ModerationAction']
export type ModerationEntry = Schemas['ModerationEntry']
export type PostOrder = 'newest' | 'active'

const cursorOf = (param: string) => param !== '' && { cursor: param }
const pages = { initialPageParam: '' } as const
const next = (page: { next_cursor: string | null }) => page.next_cursor ?? undefined

/** All boards, the last active first. */
export const boardsQuery = queryOptions({
  queryKey: ['boards', 'all'],
  queryFn: () =>
    everyPage((cursor) => client.call('listBoards', { query: { limit: 200, ...(cursor && { cursor }) } })),
})

export const boardQuery = (boardId: string) =>
  queryOptions({
    queryKey: ['boards', boardId],
    queryFn: () => client.call('getBoard', { path: { board_id: boardId } }),
  })

export const postsQuery = (boardId: string, sort: PostOrder) =>
  infiniteQueryOptions({
    queryKey: ['boards', boardId, 'posts', sort],
    queryFn: ({ pageParam }) =>
      client.call('listPosts', {
        path: { board_id: boardId },
        query: { sort, limit: 60, ...cursorOf(pageParam) },
      }),
    ...pages,
    getNextPageParam: next,
  })

export const postQuery = (boardId: string, postId: string) =>
  queryOptions({
    queryKey: ['boards', boardId, 'post', postId],
    queryFn: () => client.call('getPost', { path: { board_id: boardId, post_id: postId } }),
  })

export const commentsQuery = (boardId: string, postId: string) =>
  infiniteQueryOptions({
    queryKey: ['boards', boardId, 'comments', postId],
    queryFn: ({ pageParam }) =>
      client.call('listComments', {
        path: { board_id: boardId, post_id: postId },
        query: { limit: 200, ...cursorOf(pageParam) },
      }),
    ...pages,
    getNextPageParam: next,
  })

/** What moderators did, the newest first. */
export const moderationQuery = (boardId: string) =>
  infiniteQueryOptions({
    queryKey: ['boards', boardId, 'moderation'],
    queryFn: ({ pageParam }) =>
      client.call('listModeration', {
        path: { board_id: boardId },
        query: { limit: 40, ...cursorOf(pageParam) },
      }),
    ...pages,
    getNextPageParam: next,
  })

export const authorQuery = (authorId: string) =>
  queryOptions({
    queryKey: ['boards', 'author', authorId],
    queryFn: () => client.call('getAuthor', { path: { author_id: authorId } }),
  })

export const authorPostsQuery = (authorId: string) =>
  infiniteQueryOptions({
    queryKey: ['boards', 'author', authorId, 'posts'],
    queryFn: ({ pageParam }) =>
      client.call('listAuthorPosts', {
        path: { author_id: authorId },
        query: { limit: 60, ...cursorOf(pageParam) },
      }),
    ...pages,
    getNextPageParam: next,
  })

/** The key that one's own posts are signed with. */
export const authorKeyQuery = queryOptions({
  queryKey: ['boards', 'key'],
  queryFn: () => client.call('getAuthorKey', {}),
})

/** After something was written: whatever is shown of boards is asked for again. */
export const refreshBoards = (boardId?: string): Promise<void> =>
  queryClient.invalidateQueries({ queryKey: boardId === undefined ? ['boards'] : ['boards', boardId] })
