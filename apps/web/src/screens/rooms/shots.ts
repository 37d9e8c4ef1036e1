import type { Page } from 'playwright-core'
import type { Shot } from '../../../tools/shots.ts'
import type { Citation, Message } from '../../data/rooms.ts'
import { account, ago, tenants, uuid } from '../../testing/mock/account.ts'
import { draftKey, NO_DRAFT } from './composer/drafts.ts'
import { message, person, room, roomHandlers } from './mock.ts'

const cited = (
  title: string,
  author: string,
  chapter: string,
  exact: string,
  color: Citation['color'],
): Citation => ({
  ...{ book_id: uuid(800), locator: { type: 'epub', cfi: 'epubcfi(/6/8!/4/2)', fraction: 0.31 } },
  ...{ quote: { exact, prefix: '', suffix: '' }, chapter, book_title: title, book_authors: [author] },
  ...{ cover: null, color, marked_by: person(2) },
})

const root = uuid(5003)
const messages: Message[] = [
  message(1, 2, 121, 'The athletes. He means reading takes a body too: hours, posture, hunger.', {
    citations: [
      cited(
        'Walden',
        'Henry David Thoreau',
        'Chapter 3, Reading',
        'It requires a training such as the athletes underwent, the steady intention almost of the whole life to this object.',
        'rose',
      ),
    ],
    reactions: [
      { emoji: '❤️', count: 3, account_ids: [uuid(1), uuid(4), uuid(5)] },
      { emoji: '👀', count: 2, account_ids: [uuid(3), uuid(5)] },
    ],
  }),
  message(
    2,
    4,
    119,
    'And “the whole life to this object” is almost monastic. Is that a promise or a complaint?',
  ),
  message(3, 5, 116, 'A promise. In Chinese we would say 功夫: the training and the time are one word.', {
    thread: { reply_count: 3, last_reply_at: ago(110), people: [person(3), person(2)] },
  }),
  message(4, 3, 114, 'Kung fu as patience. I wish the English kept that.', { thread_root_id: root }),
  message(5, 2, 112, '“Exercise” keeps some of it. An exercise is a thing you are not finished with.', {
    thread_root_id: root,
    reactions: [{ emoji: '❤️', count: 2, account_ids: [uuid(3), uuid(5)] }],
  }),
  message(6, 2, 110, 'Compare Seneca, letter 2: settle down with one book.', {
    thread_root_id: root,
    citations: [cited('Letters from a Stoic', 'Seneca', 'Letter 2', 'Everywhere means nowhere.', 'sage')],
  }),
  message(
    7,
    3,
    94,
    `Then here is my argument: a noble exercise *for whom*? [@Anna Reyes](stoa:account/${uuid(1)}), you said last week that he never mentions who cooks.`,
    { mentions: [person(1)] },
  ),
  message(8, 1, 92, 'I did, and I still think so. His mother did the laundry.', { edited_at: ago(90) }),
  message(9, 4, 60, '', {
    attachments: [
      {
        ...{ id: uuid(901), filename: 'seating plan, second draft.pdf', media_type: 'application/pdf' },
        ...{ size: 182_000, url: '/blobs/x', image: null },
      },
    ],
    quotes: [
      {
        ...{ kind: 'message', id: uuid(5001), room_id: uuid(402), sequence: 1, author: person(2) },
        ...{ text: 'The athletes. He means reading takes a body too.', book_id: null, book_title: null },
        ...{ locator: null, quote: null, color: null, created_at: ago(121) },
      },
    ],
  }),
  message(10, 1, 20, 'But look at the verbs: *task, underwent, read*. He does not say enjoy.'),
]

const walden = room(1, 'Walden', { book: { id: uuid(800), title: 'Walden' } })
const last = (n: Message, text: string) => ({
  last_message: { ...n, author: n.author, text: text.slice(0, 90) },
})
const membership = (read_sequence: number) =>
  walden.membership && { membership: { ...walden.membership, read_sequence } }
const first = messages[0] ?? message(1, 2, 1, '')
const direct = (n: 2 | 4 | 6, given: Parameters<typeof room>[2] = {}) =>
  room(20 + n, person(n).display_name, { kind: 'direct', workspace_id: null, peer: person(n), ...given })
const rooms = [
  walden,
  room(2, 'Chapter 3, Reading', {
    ...{ parent_id: uuid(401), unread_count: 3, mention_count: 1, book: walden.book, ...membership(6) },
    ...last(first, 'Then here is my argument: a noble exercise for whom?'),
  }),
  room(3, 'Economy: what is a need?', { parent_id: uuid(401) }),
  room(4, 'Translations compared', { parent_id: uuid(401) }),
  room(5, 'Next book', { unread_count: 9, ...last(first, 'I would vote for 呐喊, in the new translation.') }),
  room(6, 'Meeting notes', { visibility: 'private' }),
  room(7, '茶与杂务'),
  room(8, '围炉夜话', { workspace_id: uuid(52), unread_count: 2, ...last(first, '周四晚八点，老地方。') }),
  direct(2, { unread_count: 1, mention_count: 1, ...last(first, '明天带上那本笔记？') }),
  direct(4),
  direct(6),
]

const talking = [roomHandlers(rooms, messages)]
const present = [uuid(1), uuid(2), uuid(4)]
const path = `/rooms/${uuid(402)}`
const seen = (page: Page) => page.locator('.stream .msg').nth(3).waitFor()

const openMenu = (nth: number) => async (page: Page) => {
  await seen(page)
  await page.locator('.top [aria-haspopup=menu]').click()
  await page.locator('[role=menuitem]').nth(nth).click()
  await page.locator('[role=dialog] h3').waitFor()
}

const mention = async (page: Page) => {
  await seen(page)
  await page.locator('.comp textarea').pressSequentially('Look, @')
  await page.locator('[role=option]').first().waitFor()
}

/** A passage that was quoted to the room in the reader, and what is written of it. */
const citing = async (page: Page) => {
  await seen(page)
  const draft = {
    ...NO_DRAFT,
    text: 'He says it twice: once of the athletes, once of us.',
    citations: [{ citation: first.citations[0], title: 'Walden', authors: ['Henry David Thoreau'] }],
  }
  const key = draftKey(`${account.id}/${tenants[0]?.tenant_id}`, uuid(402))
  await page.evaluate(([name, kept]) => localStorage.setItem(name, kept), [
    key,
    JSON.stringify(draft),
  ] as const)
  await page.reload()
  await page.locator('.comp .part-cite .cite').waitFor()
  // What renders Markdown comes after the words.
  await page.locator('.stream .msg em').first().waitFor()
}

export const shots: Shot[] = [
  { name: 'rooms-citing', path, handlers: talking, present, act: citing },
  { name: 'rooms-mentioning', path, handlers: talking, present, act: mention },
  {
    name: 'rooms',
    path: '/rooms',
    handlers: talking,
    present,
    act: (page) => page.locator('.topics').waitFor(),
  },
  { name: 'rooms-mentions', path: '/rooms?view=mentions', handlers: talking, present },
  { name: 'rooms-none', path: '/rooms', handlers: [roomHandlers([], [])], widths: [1440] },
  {
    name: 'rooms-gone',
    path,
    widths: [1440],
    handlers: [
      {
        ...roomHandlers(rooms, []),
        getRoom: () => ({
          status: 404,
          problem: { type: '', title: '', status: 404, code: 'room.not_found', request_id: '' },
        }),
        listRooms: () => ({ status: 200, body: { items: [], next_cursor: null } }),
      },
    ],
  },
  { name: 'rooms-room', path, handlers: talking, present, act: seen },
  {
    name: 'rooms-thread',
    path: `${path}?thread=${root}`,
    handlers: talking,
    present,
    act: async (page) => {
      await page.locator('.thread .msg').nth(3).waitFor()
      const hovered = page.locator('.stream .msg').nth(1)
      if (await hovered.isVisible()) await hovered.hover({ force: true, timeout: 1000 }).catch(() => {})
    },
  },
  {
    name: 'rooms-people',
    path: `${path}?panel=people`,
    handlers: talking,
    present,
    act: (page) => page.locator('.person-row').first().waitFor(),
  },
  { name: 'rooms-empty', path: `/rooms/${uuid(403)}`, handlers: [roomHandlers(rooms, [])], present },
  { name: 'rooms-settings', path, handlers: talking, present, act: openMenu(5) },
  {
    name: 'rooms-new',
    path: '/rooms',
    handlers: talking,
    present,
    act: async (page) => {
      await page.locator('.list .head [aria-haspopup=menu]').click()
      await page.locator('[role=menuitem]').first().click()
      await page.locator('[role=dialog] h3').waitFor()
    },
  },
  {
    name: 'rooms-offline',
    path,
    handlers: talking,
    present,
    act: async (page) => {
      await seen(page)
      await page.route('**/messages', (route) =>
        route.request().method() === 'POST' ? route.abort('internetdisconnected') : route.fallback(),
      )
      await page.context().setOffline(true)
      await page
        .locator('.comp textarea')
        .fill('I will post the passage from *Economy* once I am back on the train’s wifi.')
      await page.locator('.comp .tools .btn').click()
      await page.locator('.banner').waitFor()
    },
  },
]
