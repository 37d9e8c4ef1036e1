import type {
  Board,
  BoardAuthor,
  BoardComment,
  BoardDetail,
  ModerationEntry,
  Post,
  PostDetail,
} from '../../data/boards.ts'
import { account, ago, uuid } from '../../testing/mock/account.ts'
import type { MockHandlers } from '../../testing/mock-api.ts'

/** A made-up hash that is the same on every run. */
export const hash = (n: number): string => n.toString(16).padStart(64, '0')
const cid = (n: number): string =>
  `bafkrei${n.toString(2).padStart(52, 'a').replaceAll('0', 'b').replaceAll('1', 'c')}`

const PEOPLE = ['', account.display_name, '林舟', 'Maya Okafor', 'Teo Marsh', '顾晚', 'Ines Duarte', '周砚']
export const author = (n: number): BoardAuthor => ({
  ...{ author_id: hash(700 + n), display_name: PEOPLE[n] ?? '', verified: n !== 7 },
  account_id: n < 7 ? uuid(n) : null,
})

const all = { post: true, comment: true, moderate: true, own: true, settings: true }
export const board = (n: number, title: string | null, given: Partial<Board> = {}): Board => ({
  ...{ id: hash(n), title, access: 'open', reach: 'cluster', policy: null, owner: author(1) },
  ...{ post_count: 6, last_active_at: ago(20), created_at: ago(200_000), replicated: true, can: all },
  ...given,
})
export const detail = (of: Board): BoardDetail => ({
  ...{
    ...of,
    moderators: [author(3)],
    authors: [],
    banned: [],
    accepted: 214,
    kept_out: { no_right: 2, pending: 1 },
  },
})

const detailed = (of: Board | BoardDetail): BoardDetail => ('banned' in of ? of : detail(of))

/** Just a picture, so that nothing is fetched: a lake in November. */
const LAKE = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 180"><rect width="320" height="180" fill="#DDE3DC"/><circle cx="236" cy="52" r="17" fill="#F3E9D2"/><path d="M0 88c40-26 76-30 118-14s78 8 112-8 60-10 90 4v60H0z" fill="#9DAE9A"/><path d="M0 100c50-16 90-10 140-2s110 2 180-6v30H0z" fill="#6E8573"/><path d="M0 112h320v68H0z" fill="#B9C9CC"/></svg>',
)}`
export const image = (n: number, given = {}) => ({
  ...{ image_cid: cid(n), thumb_cid: cid(n + 1), mime: 'image/webp', size: 212_000 },
  ...{ width: 1600, height: 900, thumb_url: LAKE, image_url: LAKE },
  ...given,
})

export const post = (
  n: number,
  by: number,
  minutes: number,
  title: string,
  given: Partial<Post> = {},
): Post => ({
  ...{ id: hash(1000 + n), board_id: hash(1), title, author: author(by), content_cid: cid(n), size: 900 },
  ...{ images: [], comment_count: 0, pinned: false, locked: false, hidden: null, deleted: false },
  ...{
    kept: false,
    body_state: 'present',
    created_at: ago(minutes),
    edited_at: null,
    last_active_at: ago(minutes),
  },
  ...given,
})

const body = (text: string | null, given: Partial<PostDetail['body']> = {}): PostDetail['body'] => ({
  ...{ state: 'present', reason: null, text, citations: [] },
  ...given,
})

export const opened = (of: Post, text: string, given: Partial<PostDetail['body']> = {}): PostDetail => ({
  ...of,
  body: body(text, given),
  kept_missing: 0,
  can: { edit: true, delete: true, hide: true, comment: true },
})

/** A comment that was written so many minutes ago. */
export const comment = (
  n: number,
  given: Partial<BoardComment> & { text?: string } = {},
  minutes = n,
): BoardComment => {
  const { text = 'So it is.', ...rest } = given
  return {
    ...{ id: hash(2000 + n), post_id: hash(1001), parent_id: hash(1001), author: author((n % 6) + 1) },
    ...{ images: [], hidden: null, deleted: false, body: body(text), created_at: ago(minutes) },
    ...{ edited_at: null, can: { edit: false, delete: false, hide: true, comment: true } },
    ...rest,
  }
}

const page = <Item>(items: readonly Item[]) => ({
  status: 200 as const,
  body: { items: [...items], next_cursor: null },
})

/** Something a moderator did so many minutes ago. */
export const act = (
  n: number,
  by: number,
  minutes: number,
  given: Pick<ModerationEntry, 'action'> & Partial<ModerationEntry>,
): ModerationEntry => ({
  ...{ id: hash(3000 + n), by: author(by), target_id: null, author: null, role: null, reason: null },
  ...{ created_at: ago(minutes), kept_out: null },
  ...given,
})
const acts = [
  act(1, 3, 300, { action: 'pin', target_id: hash(1001) }),
  act(2, 1, 90_000, {
    ...{ action: 'grant', author: author(3), role: 'moderator', reason: 'She keeps the minutes' },
  }),
  act(3, 7, 95_000, { action: 'hide', target_id: hash(1004), kept_out: 'no_right' }),
]

interface World {
  readonly boards: readonly (Board | BoardDetail)[]
  readonly posts: readonly Post[]
  readonly open?: PostDetail
  readonly comments?: readonly BoardComment[]
  readonly log?: readonly ModerationEntry[]
}

/** Answers of a server that has these boards, and these posts on all of them. */
export function boardHandlers({ boards, posts, open, comments = [], log = acts }: World): MockHandlers {
  const found = (id: string | undefined) => boards.find((one) => one.id === id) ?? boards[0] ?? board(0, '')
  const key = { author_id: hash(701), public_key: hash(0x5eed), created_at: ago(90_000), rotations: 0 }
  return {
    listBoards: () => page(boards),
    getBoard: ({ params }) => ({ status: 200, body: detailed(found(params.board_id)) }),
    listPosts: () => page(posts),
    getPost: ({ params }) => ({
      status: 200,
      body: open ?? opened(posts.find(({ id }) => id === params.post_id) ?? post(0, 1, 1, ''), ''),
    }),
    listComments: () => page(comments),
    listModeration: () => page(log),
    getAuthor: () => ({
      status: 200,
      body: { ...author(1), post_count: 3, comment_count: 21, first_at: ago(150_000) },
    }),
    listAuthorPosts: () => page(posts.slice(0, 3)),
    getAuthorKey: () => ({ status: 200, body: key }),
  }
}
