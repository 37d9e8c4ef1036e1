import { authorOf as authorOfKey } from '@stoa/records'
import type { Client } from '@stoa/sdk'
import { englishNovel } from '@stoa/testkit/books/index'
import { type SignedTenant, settledBook, signedTenant, uploadBook } from '@stoa/testkit/members'
import { startProgram, type TestProgram } from '@stoa/testkit/program'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let stoa: TestProgram
let ours: SignedTenant
let theirs: SignedTenant
beforeAll(async () => {
  stoa = await startProgram()
  ours = await signedTenant(stoa, 'Ours')
  theirs = await signedTenant(stoa, 'Theirs')
})
afterAll(() => stoa?.close())

const fails = (status: number, code: string) => expect.objectContaining({ status, code })

async function newBoard(access: 'open' | 'granted' = 'open') {
  const { id } = await ours.owner.client.call('createBoard', { body: { title: 'Walden', access } })
  return { board_id: id }
}

const post = (client: Client, path: { board_id: string }, title: string, more: object = {}) =>
  client.call('createPost', { path, body: { title, text: `About ${title}`, ...more } })

const moderate = (client: Client, path: { board_id: string }, body: object) =>
  client.call('moderateBoard', { path, body: body as { action: 'hide' } })

const authorOf = async (client: Client) => (await client.call('getAuthorKey')).author_id

const titles = (page: { items: readonly { title: string }[] }) => page.items.map(({ title }) => title)

describe('posts', () => {
  test('are listed without bodies, newest or last active first, pinned ones above, in pages', async () => {
    const path = await newBoard()
    const { client } = ours.member
    const posted: { id: string }[] = []
    for (const title of ['one', 'two', 'three', 'four', 'five']) posted.push(await post(client, path, title))
    const list = (query: object) => client.call('listPosts', { path, query })
    expect(titles(await list({}))).toEqual(['five', 'four', 'three', 'two', 'one'])

    const on = (n: number) => ({ ...path, post_id: posted[n]!.id })
    await client.call('createComment', { path: on(1), body: { text: 'Yes' } })
    await moderate(ours.owner.client, path, { action: 'pin', target_id: posted[0]!.id })
    expect(titles(await list({ sort: 'active' }))).toEqual(['one', 'two', 'five', 'four', 'three'])

    const seen: string[] = []
    for (let cursor: string | undefined; ; ) {
      const page = await list({ limit: 2, ...(cursor ? { cursor } : {}) })
      seen.push(...titles(page))
      if (page.next_cursor === null) break
      cursor = page.next_cursor
    }
    expect(seen).toEqual(['one', 'five', 'four', 'three', 'two'])
    const [first] = (await list({ limit: 1 })).items
    expect(first).toMatchObject({ pinned: true, body_state: 'present', comment_count: 0 })
    expect(first).not.toHaveProperty('body')
  })

  test('have a body, an author with a name, and are edited and taken back by their author alone', async () => {
    const path = await newBoard()
    const made = await post(ours.member.client, path, 'First thoughts')
    const at = { ...path, post_id: made.id }
    const read = await ours.guest.client.call('getPost', { path: at })
    expect(read.body).toEqual({ state: 'present', reason: null, text: 'About First thoughts', citations: [] })
    expect(read.author).toMatchObject({ account_id: ours.member.accountId, verified: true })
    expect(read.author.display_name).not.toBe('')
    expect(read.can).toEqual({ edit: false, delete: false, hide: false, comment: true })

    const edit = { path: at, body: { title: 'Second thoughts', text: 'Better' } }
    await expect(ours.admin.client.call('updatePost', edit)).rejects.toEqual(fails(403, 'post.not_yours'))
    const edited = await ours.member.client.call('updatePost', edit)
    expect(edited).toMatchObject({ title: 'Second thoughts', body: { text: 'Better' } })
    expect(edited.edited_at).not.toBeNull()

    await expect(ours.owner.client.call('deletePost', { path: at })).rejects.toEqual(
      fails(403, 'post.not_yours'),
    )
    await ours.member.client.call('deletePost', { path: at })
    await ours.member.client.call('deletePost', { path: at })
    const gone = await ours.member.client.call('getPost', { path: at })
    expect(gone).toMatchObject({
      deleted: true,
      title: '',
      body: { state: 'unavailable', reason: 'deleted' },
    })
    expect(titles(await ours.member.client.call('listPosts', { path }))).toEqual([])
  })

  test('are written once, however often the request comes', async () => {
    const path = await newBoard()
    const input = { path, body: { title: 'Once', text: 'Only' } }
    const key = { idempotencyKey: 'once-and-only-once' }
    const replies = await Promise.all(
      [1, 2, 3, 4].map(() => ours.member.client.call('createPost', input, key)),
    )
    expect(new Set(replies.map(({ id }) => id)).size).toBe(1)
    expect(titles(await ours.member.client.call('listPosts', { path }))).toEqual(['Once'])
  })

  test('a long text comes back as it was written', async () => {
    const path = await newBoard()
    const { client } = ours.member
    const text = '书'.repeat(60_000)
    const { id } = await client.call('createPost', { path, body: { title: 'Long', text } })
    const { body } = await client.call('getPost', { path: { ...path, post_id: id } })
    expect([body.state, body.text]).toEqual(['present', text])
  })

  test('of many who write at the same time all count', async () => {
    const path = await newBoard()
    const people = [ours.owner, ours.admin, ours.member, ours.guest]
    await Promise.all(
      people.flatMap(({ client }, n) =>
        Array.from({ length: 8 }, (_, at) => post(client, path, `${n}.${at}`)),
      ),
    )
    const page = await ours.owner.client.call('listPosts', { path, query: { limit: 100 } })
    expect(new Set(titles(page)).size).toBe(32)
    const board = await ours.owner.client.call('getBoard', { path })
    expect([board.post_count, board.kept_out]).toEqual([32, {}])
  })

  test('keep the record, the body and the event together', async () => {
    const path = await newBoard()
    const { id, content_cid } = await post(ours.member.client, path, 'Together')
    const rows = await stoa.db.sql(
      `select (select count(*)::integer from stoa.board_records where id = decode($1, 'hex')) as records,
         (select count(*)::integer from stoa.posts where id = decode($1, 'hex')) as posts,
         (select count(*)::integer from stoa.events where payload->'item_ids' ? $1) as events,
         (select c.whole and c.authored from stoa.content_blobs c join stoa.posts p on p.content_digest = c.digest
           where p.id = decode($1, 'hex')) as body`,
      [id],
    )
    expect(rows).toEqual([{ records: 1, posts: 1, events: 1, body: true }])
    expect(content_cid).toMatch(/^bafkrei/)
  })
})

describe('passages', () => {
  async function passage() {
    const { client } = ours.owner
    const { id } = await uploadBook(stoa, client, { name: 'novel.epub', bytes: englishNovel() })
    const book = await settledBook(client, id)
    const query = { q: 'harbour', kinds: ['passage' as const], limit: 1 }
    const [hit] = (await client.call('search', { query })).items
    if (!hit?.locator || !hit.quote) throw new Error('the book has no such passage')
    const { locator, quote } = hit
    return { book, cited: { book_id: id, locator, quote, chapter: 'One' } }
  }

  type Cited = Awaited<ReturnType<typeof passage>>['cited']

  test('of a book are cited in posts and comments, found by their words, and cited anew when a post is changed', async () => {
    const path = await newBoard()
    const { book, cited } = await passage()
    const made = await post(ours.member.client, path, 'A reading', { citations: [cited] })
    const at = { ...path, post_id: made.id }
    const shown = {
      ...{ book_id: book.id, book_title: book.title, book_authors: book.authors, chapter: 'One' },
      quote: cited.quote,
    }
    const { body } = await ours.guest.client.call('getPost', { path: at })
    expect(body).toMatchObject({ state: 'present', text: 'About A reading', citations: [shown] })
    // Where it leads, without how it is painted here.
    expect(cited.locator).toMatchObject(body.citations[0]?.locator ?? { type: 'missing' })
    await ours.guest.client.call('createComment', {
      path: at,
      body: { text: 'And here', citations: [cited] },
    })
    const { items } = await ours.owner.client.call('listComments', { path: at })
    expect(items.map((one) => one.body.citations)).toMatchObject([[shown]])

    const words = cited.quote.exact.split(/\s+/).slice(0, 6).join(' ')
    const search = { query: { q: words, kinds: ['post' as const] } }
    const found = async () => (await ours.admin.client.call('search', search)).items.map((hit) => hit.post)
    expect((await found()).map((hit) => hit?.post_id)).toEqual([made.id, made.id])

    const change = (citations: Cited[]) =>
      ours.member.client.call('updatePost', {
        path: at,
        body: { title: 'A reading', text: 'Changed', citations },
      })
    expect((await change([{ ...cited, chapter: 'Two' }])).body.citations).toMatchObject([
      { ...shown, chapter: 'Two' },
    ])
    expect((await change([])).body.citations).toEqual([])
    expect((await found()).map((hit) => hit?.comment_id)).toEqual([items[0]?.id])
  })

  test('of a book that one cannot see, or too many, are refused, and nothing is posted', async () => {
    const path = await newBoard()
    const { cited } = await passage()
    const refused = (client: Client, citations: Cited[]) =>
      client.call('createPost', { path, body: { title: 'No', text: 'No', citations } })
    const elsewhere = { ...cited, book_id: '0199a0a0-0000-7000-8000-000000000000' }
    await expect(refused(ours.member.client, [cited, elsewhere])).rejects.toEqual(
      fails(404, 'book.not_found'),
    )
    const many = Array.from({ length: 21 }, () => cited)
    await expect(refused(ours.member.client, many)).rejects.toMatchObject({ status: 400 })
    expect(titles(await ours.owner.client.call('listPosts', { path }))).toEqual([])
  })
})

describe('comments', () => {
  test('make a tree, stay below what was taken back, and stop where the post is locked', async () => {
    const path = await newBoard()
    const { id } = await post(ours.owner.client, path, 'Talk')
    const at = { ...path, post_id: id }
    const say = (client: Client, text: string, parent_id?: string) =>
      client.call('createComment', { path: at, body: { text, ...(parent_id ? { parent_id } : {}) } })
    const first = await say(ours.member.client, 'First')
    const answer = await say(ours.guest.client, 'An answer', first.id)
    expect(answer).toMatchObject({ post_id: id, parent_id: first.id, body: { text: 'An answer' } })
    await ours.member.client.call('updateComment', {
      path: { ...path, comment_id: first.id },
      body: { text: 'First, edited' },
    })
    await ours.member.client.call('deletePost', { path: { ...path, post_id: first.id } })
    const { items } = await ours.owner.client.call('listComments', { path: at })
    expect(items.map((one) => [one.body.text, one.deleted, one.parent_id])).toEqual([
      [null, true, id],
      ['An answer', false, first.id],
    ])
    expect((await ours.owner.client.call('getPost', { path: at })).comment_count).toBe(1)

    await moderate(ours.owner.client, path, { action: 'lock', target_id: id })
    await expect(say(ours.member.client, 'Too late')).rejects.toEqual(fails(422, 'post.locked'))
    await say(ours.owner.client, 'The owner may')
    await moderate(ours.owner.client, path, { action: 'unlock', target_id: id })
    await say(ours.member.client, 'Open again')
    const other = await post(ours.owner.client, path, 'Other')
    await expect(say(ours.member.client, 'Elsewhere', other.id)).rejects.toEqual(fails(422, 'board.target'))
  })
})

describe('moderation', () => {
  test('hides and restores for everybody but moderators and the author, and says who and why', async () => {
    const path = await newBoard()
    const { id } = await post(ours.member.client, path, 'Loud')
    const hide = { action: 'hide', target_id: id, reason: 'Too loud' }
    await expect(moderate(ours.admin.client, path, hide)).rejects.toEqual(fails(403, 'board.forbidden'))
    await moderate(ours.owner.client, path, hide)
    const at = { path: { ...path, post_id: id } }
    const seen = async (client: Client) => {
      const one = await client.call('getPost', at)
      return [one.title, one.body.text, one.hidden?.reason, titles(await client.call('listPosts', { path }))]
    }
    expect(await seen(ours.guest.client)).toEqual(['', null, 'Too loud', []])
    expect(await seen(ours.member.client)).toEqual(['Loud', 'About Loud', 'Too loud', []])
    expect(await seen(ours.owner.client)).toEqual(['Loud', 'About Loud', 'Too loud', ['Loud']])
    await moderate(ours.owner.client, path, { action: 'restore', target_id: id })
    expect((await seen(ours.guest.client))[0]).toBe('Loud')
    const log = await ours.guest.client.call('listModeration', { path })
    expect(log.items.map(({ action, reason, kept_out }) => [action, reason, kept_out])).toEqual([
      ['restore', '', null],
      ['hide', 'Too loud', null],
    ])
  })

  test('bans and lifts; what was said before stays; moderators are made by the owner alone', async () => {
    const path = await newBoard()
    const { id: post_id } = await post(ours.member.client, path, 'Before')
    const rights = async () => (await ours.member.client.call('getPost', { path: { ...path, post_id } })).can
    expect(await rights()).toEqual({ edit: true, delete: true, hide: false, comment: true })
    const author_id = await authorOf(ours.member.client)
    await moderate(ours.owner.client, path, { action: 'ban', author_id, reason: 'Spam' })
    await expect(post(ours.member.client, path, 'After')).rejects.toEqual(fails(403, 'board.banned'))
    expect(titles(await ours.guest.client.call('listPosts', { path }))).toEqual(['Before'])
    const board = await ours.member.client.call('getBoard', { path })
    expect([board.banned.map((one) => one.author_id), board.can.post]).toEqual([[author_id], false])
    expect(await rights()).toEqual({ edit: false, delete: false, hide: false, comment: false })
    await expect(ours.member.client.call('deletePost', { path: { ...path, post_id } })).rejects.toEqual(
      fails(403, 'board.banned'),
    )
    await moderate(ours.owner.client, path, { action: 'unban', author_id })
    await post(ours.member.client, path, 'After')

    const admin = await authorOf(ours.admin.client)
    const grant = { action: 'grant', author_id: admin, role: 'moderator' }
    await expect(moderate(ours.member.client, path, grant)).rejects.toEqual(fails(403, 'board.forbidden'))
    await moderate(ours.owner.client, path, grant)
    await moderate(ours.admin.client, path, { action: 'ban', author_id })
    await moderate(ours.owner.client, path, { ...grant, action: 'revoke' })
    await expect(moderate(ours.admin.client, path, { action: 'unban', author_id })).rejects.toEqual(
      fails(403, 'board.forbidden'),
    )
  })

  test('on a granted board only authors post', async () => {
    const path = await newBoard('granted')
    await expect(post(ours.member.client, path, 'May I?')).rejects.toEqual(fails(403, 'board.forbidden'))
    const author_id = await authorOf(ours.member.client)
    await moderate(ours.owner.client, path, { action: 'grant', author_id, role: 'author' })
    await post(ours.member.client, path, 'I may')
    const { authors } = await ours.guest.client.call('getBoard', { path })
    expect(authors.map((one) => one.account_id)).toEqual([ours.member.accountId])
  })

  test('refuses what names no target or one that does not fit', async () => {
    const path = await newBoard()
    const { client } = ours.owner
    await expect(moderate(client, path, { action: 'hide' })).rejects.toEqual(fails(422, 'board.target'))
    await expect(moderate(client, path, { action: 'pin', target_id: path.board_id })).rejects.toEqual(
      fails(422, 'board.target'),
    )
    await expect(moderate(client, { board_id: '0'.repeat(64) }, { action: 'hide' })).rejects.toEqual(
      fails(404, 'board.not_found'),
    )
  })
})

describe('keys', () => {
  test('are changed: old posts stay, new ones count, also on boards that the new key comes to first', async () => {
    const [old, other] = [await newBoard(), await newBoard()]
    const { client } = ours.admin
    await post(client, old, 'By the first key')
    const before = await client.call('getAuthorKey')
    const after = await client.call('rotateAuthorKey')
    expect([after.author_id, after.rotations]).toEqual([before.author_id, before.rotations + 1])
    expect(after.public_key).not.toBe(before.public_key)
    await post(client, old, 'By the second')
    await post(client, other, 'Elsewhere by the second')
    const mine = await client.call('createBoard', { body: { title: 'Begun after the change' } })
    await post(client, { board_id: mine.id }, 'On my own')
    for (const path of [old, other, { board_id: mine.id }])
      expect((await client.call('getBoard', { path })).kept_out).toEqual({})
    const author = { path: { author_id: before.author_id } }
    expect(titles(await client.call('listAuthorPosts', author)).slice(0, 4)).toEqual([
      'On my own',
      'Elsewhere by the second',
      'By the second',
      'By the first key',
    ])
    expect(await client.call('getAuthor', author)).toMatchObject({ post_count: 12, comment_count: 0 })
  })

  test('are exported to their member, and lie sealed in the database', async () => {
    const { client } = ours.admin
    const { author_id, public_key } = await client.call('getAuthorKey')
    const exported = await client.call('exportAuthorKey')
    const secret = Buffer.from(exported.secret_keys.at(-1) ?? '', 'hex')
    expect(exported.author_id).toBe(author_id)
    expect(Buffer.from(authorOfKey(secret).publicKey).toString('hex')).toBe(public_key)
    const rows = await stoa.db.sql<{ sealed_key: Buffer }>('select sealed_key from stoa.author_keys')
    for (const row of rows) expect(row.sealed_key.includes(secret)).toBe(false)
  })
})

test('another organisation finds nothing of it, also in the database itself', async () => {
  const path = await newBoard()
  const { id } = await post(ours.member.client, path, 'Ours')
  const { client } = theirs.owner
  expect((await client.call('listBoards')).items).toEqual([])
  await expect(client.call('getPost', { path: { ...path, post_id: id } })).rejects.toEqual(
    fails(404, 'board.not_found'),
  )
  await expect(post(client, path, 'Intruder')).rejects.toEqual(fails(404, 'board.not_found'))
})

test('posts and comments are found by their words, and not once they are hidden or taken back', async () => {
  const path = await newBoard()
  const { id } = await post(ours.member.client, path, 'Zygomorphic flowers', {
    text: 'Orchids are zygomorphic.',
  })
  const comment = await ours.guest.client.call('createComment', {
    path: { ...path, post_id: id },
    body: { text: 'So are pansies, zygomorphically.' },
  })
  const found = async (client: Client, q: string) => {
    const { items } = await client.call('search', { query: { q, kinds: ['post'] } })
    return items.map((hit) => [hit.title, hit.post?.post_id, hit.post?.comment_id])
  }
  expect(await found(ours.admin.client, 'orchids')).toEqual([['Zygomorphic flowers', id, null]])
  expect(await found(ours.admin.client, 'pansies')).toEqual([['Zygomorphic flowers', id, comment.id]])
  expect(await found(theirs.owner.client, 'orchids')).toEqual([])
  await moderate(ours.owner.client, path, { action: 'hide', target_id: id })
  expect(await found(ours.admin.client, 'orchids')).toEqual([])
  await moderate(ours.owner.client, path, { action: 'restore', target_id: id })
  expect(await found(ours.admin.client, 'orchids')).toHaveLength(1)
  await ours.member.client.call('deletePost', { path: { ...path, post_id: id } })
  expect(await found(ours.admin.client, 'orchids')).toEqual([])
})
