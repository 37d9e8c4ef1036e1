import type { Page } from 'playwright-core'
import type { Shot } from '../../../tools/shots.ts'
import { account, tenants, uuid } from '../../testing/mock/account.ts'
import { act, author, board, boardHandlers, comment, detail, hash, image, opened, post } from './mock.ts'

const boards = [board(1, 'Walks and readings'), board(2, '读书会纪要'), board(3, null, { post_count: 0 })]
const DAY = 24 * 60
const pond = post(1, 3, 120, 'What the pond looks like in November, and a page to read beside it', {
  ...{
    images: [image(1)],
    comment_count: 5,
    pinned: true,
    kept: true,
    last_active_at: '2026-11-21T13:45:00Z',
  },
})
const posts = [
  pond,
  post(2, 2, DAY, 'Scan of the 1854 first page', {
    images: [image(3, { thumb_url: null })],
    comment_count: 6,
  }),
  post(3, 6, DAY + 200, 'Where shall we meet in winter?', { comment_count: 22, locked: true }),
  post(4, 5, 5 * DAY, 'Reading aloud: a method that works for two languages', { comment_count: 9 }),
  post(5, 7, 9 * DAY, '《呐喊》共读本勘误', { comment_count: 31 }),
  post(6, 4, 21 * DAY, 'Minutes of the October meeting', {
    ...{ comment_count: 2, hidden: { by: author(3), reason: 'Superseded by the corrected minutes' } },
  }),
]
const text =
  'I went at seven, before the walkers. The mist stood on the water as if somebody had put it there for the chapter, and then, over ten minutes, it was simply gone.'
const citations = [
  {
    ...{
      book_id: uuid(800),
      book_title: 'Walden',
      book_authors: ['Henry David Thoreau'],
      chapter: 'The Ponds',
    },
    locator: { type: 'epub', cfi: 'epubcfi(/6/18!/4/2)', fraction: 0.54 } as const,
    quote: {
      exact: 'It is earth’s eye; looking into which the beholder measures the depth of his own nature.',
      prefix: '',
      suffix: '',
    },
  },
]
const missing = { state: 'fetching', reason: null, text: null, citations: [] } as const
const lost = { state: 'unavailable', reason: 'not_found', text: null, citations: [] } as const
const comments = [
  comment(1, { author: author(2), body: { ...missing, citations: [] } }, 60),
  comment(
    2,
    {
      author: author(4),
      text: 'The second chapter says mornings like this were an *invitation*. Which page did you take?',
    },
    55,
  ),
  comment(
    3,
    {
      author: author(3),
      parent_id: hash(2002),
      text: 'The one about the morning hour, and it was too cold to turn it.',
    },
    52,
  ),
  comment(4, { author: author(5), text: '明年春天应该去那里读。我带保温壶。' }, 20),
  comment(5, { author: author(6), deleted: true }, 10),
]

const world = boardHandlers({ boards, posts, open: opened(pond, text, { citations }), comments })
const away = boardHandlers({ boards, posts, open: { ...opened(pond, ''), body: { ...lost, citations: [] } } })
/** As somebody sees it who does not look after it. */
const reader = { post: true, comment: true, moderate: false, own: false, settings: false }
const mayNot = { edit: false, delete: false, hide: false, comment: false }
const theirs = board(1, 'Walks and readings', { owner: author(2), can: reader })
const locked = boardHandlers({
  ...{ boards: [theirs], posts, comments: comments.slice(1, 3) },
  open: { ...opened({ ...pond, locked: true, pinned: false }, text), can: mayNot },
  log: [act(4, 3, 12, { action: 'lock', target_id: pond.id })],
})
const banned = boardHandlers({
  ...{ posts, log: [act(5, 3, 12, { action: 'ban', author: author(1), reason: 'Three adverts in a day' })] },
  boards: [{ ...detail({ ...theirs, can: { ...reader, post: false } }), banned: [author(1)] }],
  open: { ...opened(pond, text), can: mayNot },
  comments: [
    comment(6, {
      ...{ author: author(6), hidden: { by: author(3), reason: 'An advert' }, can: mayNot },
      body: { ...lost, reason: 'deleted', citations: [] },
    }),
  ],
})
const draft = { title: 'A walk on Sunday', text: 'At seven, north shore.', images: [], passages: [] }

const path = `/boards/${hash(1)}`
const at = `${path}/posts/${pond.id}`
const seen = (page: Page) => page.locator('.post h1').first().waitFor()

export const shots: Shot[] = [
  { name: 'boards-post', path: at, handlers: [world], act: seen },
  { name: 'boards-post-away', path: at, handlers: [away], act: seen },
  { name: 'boards-list', path, handlers: [world], act: (page) => page.locator('.pl').nth(3).waitFor() },
  {
    name: 'boards-write',
    path: `${path}/write`,
    handlers: [world],
    act: (page) => page.locator('.write textarea').fill('On Sunday at seven, north shore.'),
  },
  {
    name: 'boards-about',
    path: `${path}?about=true`,
    handlers: [world],
    act: (page) => page.locator('.log li').nth(2).waitFor(),
  },
  {
    name: 'boards-locked',
    path: at,
    handlers: [locked],
    act: (page) => page.locator('.closed q, .closed .deciders').first().scrollIntoViewIfNeeded(),
  },
  {
    name: 'boards-banned',
    path: at,
    handlers: [banned],
    act: (page) => page.locator('.closed q').scrollIntoViewIfNeeded(),
  },
  {
    name: 'boards-banned-writing',
    path: `${path}/write`,
    handlers: [banned],
    act: async (page) => {
      const kept = `stoa.post.${account.id}/${tenants[0]?.tenant_id}.${hash(1)}.`
      await page.evaluate(([name, words]) => localStorage.setItem(name, words), [
        kept,
        JSON.stringify(draft),
      ] as const)
      await page.reload()
      await page.locator('.write .closed q').scrollIntoViewIfNeeded()
    },
  },
  { name: 'boards-author', path: `/authors/${hash(701)}`, handlers: [world], act: seen },
  { name: 'boards-none', path: '/boards', handlers: [boardHandlers({ boards: [], posts: [] })] },
  {
    name: 'boards-new',
    path: '/boards',
    handlers: [boardHandlers({ boards: [], posts: [] })],
    act: async (page) => {
      await page.locator('.empty .btn').click()
      await page.locator('[role=dialog] h3').waitFor()
    },
  },
]
