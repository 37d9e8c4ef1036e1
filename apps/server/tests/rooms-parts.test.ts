import { uuidv7 } from '@stoa/kernel'
import { findQuote } from '@stoa/locators'
import { type Client, createClient, type Output, Room } from '@stoa/sdk'
import { chineseVertical, englishNovel } from '@stoa/testkit/books/index'
import { type SignedTenant, settledBook, signedTenant, uploadBook } from '@stoa/testkit/members'
import { startProgram, type TestProgram } from '@stoa/testkit/program'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let stoa: TestProgram
let ours: SignedTenant
let book: Output<'getBook'>
let cited: Awaited<ReturnType<typeof passage>>
beforeAll(async () => {
  stoa = await startProgram()
  ours = await signedTenant(stoa, 'Ours')
  const { id } = await uploadBook(stoa, ours.owner.client, { name: 'novel.epub', bytes: englishNovel() })
  book = await settledBook(ours.owner.client, id)
  cited = await passage(ours.owner.client)
})
afterAll(() => stoa?.close())

const newId = () => uuidv7()
const fails = (status: number, code: string) => expect.objectContaining({ status, code })

async function roomOf(more: { visibility?: 'open' | 'private'; member_ids?: string[] } = {}) {
  const body = { id: newId(), workspace_id: ours.workspaceId, name: 'Walden', ...more }
  const { id } = await ours.owner.client.call('createRoom', { body })
  return id
}

const passage = async (client: Client) => {
  const { items } = await client.call('search', { query: { q: 'harbour', kinds: ['passage'], limit: 1 } })
  const [hit] = items
  if (!hit?.locator || !hit.quote) throw new Error('the book has no such passage')
  return { locator: hit.locator, quote: hit.quote }
}

describe('a passage in a room', () => {
  test('opens the book where it stands, and is found again by its words in another edition', async () => {
    const { client } = ours.owner
    const room_id = await roomOf()
    const { locator, quote } = cited
    const highlight = await client.call('createHighlight', {
      body: { id: newId(), book_id: book.id, locator, quote, color: 'rose', visibility: 'workspace' },
    })
    const { citations } = await client.call('sendMessage', {
      path: { room_id },
      body: {
        id: newId(),
        citations: [{ book_id: book.id, locator, quote, chapter: 'One', highlight_id: highlight.id }],
      },
    })
    expect(citations).toMatchObject([
      {
        ...{ book_id: book.id, locator, book_title: book.title, chapter: 'One', color: 'rose' },
        marked_by: { account_id: ours.owner.accountId },
        cover: { width: book.cover?.width },
      },
    ])
    const [citation] = citations
    if (!citation) throw new Error('nothing was cited')
    // Another edition: words before it, other spaces and quotation marks.
    const before = 'A preface that the other edition did not have. '.repeat(40)
    const edition =
      before + citation.quote.prefix + citation.quote.exact.replaceAll(' ', '\n ') + citation.quote.suffix
    const found = findQuote(edition, citation.quote)
    expect(found?.start).toBeGreaterThanOrEqual(before.length)

    // The same book with another file keeps its id, so the card still leads into it.
    const copy = new Uint8Array(chineseVertical())
    const upload = await client.call('createUpload', {
      body: { filename: 'novel-2.epub', size: copy.length },
    })
    const put = await fetch(new URL(upload.transfer.url, stoa.url), { ...upload.transfer, body: copy })
    expect(put.ok).toBe(true)
    const { version } = await client.call('getBook', { path: { book_id: book.id } })
    await client.call('replaceBookFile', {
      path: { book_id: book.id },
      body: { upload_id: upload.id, version },
    })
    await settledBook(client, book.id)
    const { items } = await client.call('listMessages', { path: { room_id } })
    expect(items[0]?.citations[0]).toMatchObject({ book_id: book.id, quote: { exact: quote.exact } })
  })

  test('of a book that one cannot see is refused', async () => {
    const room_id = await roomOf()
    const { locator, quote } = cited
    const body = { id: newId(), citations: [{ book_id: newId(), locator, quote }] }
    await expect(ours.owner.client.call('sendMessage', { path: { room_id }, body })).rejects.toEqual(
      fails(404, 'book.not_found'),
    )
    const { items, last_sequence } = await ours.owner.client.call('listMessages', { path: { room_id } })
    expect([items, last_sequence]).toEqual([[], 0])
  })
})

describe('a quote', () => {
  test('of a message follows it where its readers may, and nowhere else', async () => {
    const { client } = ours.owner
    const open = await roomOf()
    const secret = await roomOf({ visibility: 'private' })
    const say = (
      room_id: string,
      body: string,
      quotes: { kind: 'message'; id: string; room_id: string }[] = [],
    ) => client.call('sendMessage', { path: { room_id }, body: { id: newId(), body, quotes } })
    const first = await say(open, 'Said **openly**')
    const hidden = await say(secret, 'Said in private')
    const quoting = await say(open, 'see', [
      { kind: 'message', id: first.id, room_id: open },
      { kind: 'message', id: hidden.id, room_id: secret },
    ])
    expect(quoting.quotes).toMatchObject([
      { text: 'Said openly', author: { account_id: ours.owner.accountId }, sequence: 1 },
      { text: null, author: null, sequence: null },
    ])
    await client.call('deleteMessage', { path: { room_id: open, message_id: first.id } })
    const path = { room_id: open, message_id: quoting.id }
    expect((await ours.guest.client.call('getMessage', { path })).quotes[0]?.text).toBeNull()
    const quotes = [{ kind: 'message' as const, id: hidden.id, room_id: secret }]
    await ours.member.client.call('joinRoom', { path: { room_id: open } })
    await expect(
      ours.member.client.call('sendMessage', { path: { room_id: open }, body: { id: newId(), quotes } }),
    ).rejects.toEqual(fails(404, 'message.not_found'))
  })

  test('of a private note shows it to the room, by the will of its author alone', async () => {
    const room_id = await roomOf()
    const note = await ours.owner.client.call('createNote', {
      body: { id: newId(), book_id: book.id, body: 'A thought of mine' },
    })
    const body = { id: newId(), quotes: [{ kind: 'note' as const, id: note.id }] }
    const path = { room_id }
    const { quotes } = await ours.owner.client.call('sendMessage', { path, body })
    expect(quotes).toMatchObject([
      { kind: 'note', text: 'A thought of mine', book_title: expect.any(String) },
    ])
    await ours.member.client.call('joinRoom', { path })
    await expect(
      ours.member.client.call('sendMessage', { path, body: { ...body, id: newId() } }),
    ).rejects.toEqual(fails(404, 'note.not_found'))
  })
})

describe('a file', () => {
  async function upload(room_id: string, filename: string, bytes: Uint8Array<ArrayBuffer>) {
    const { client } = ours.owner
    const { id, put } = await client.call('createAttachment', {
      body: { room_id, filename, size: bytes.length },
    })
    const sent = await fetch(new URL(put.url, stoa.url), { ...put, body: bytes })
    expect(sent.ok).toBe(true)
    return id
  }

  test('that is a picture gets a thumbnail; it goes with one message, and goes with it', async () => {
    const { client } = ours.owner
    const room_id = await roomOf()
    const picture = await sharp({ create: { width: 1600, height: 800, channels: 3, background: '#2050a0' } })
      .png()
      .toBuffer()
    const id = await upload(room_id, '../picture of a sea.txt'.replace('../', ''), new Uint8Array(picture))
    const path = { attachment_id: id }
    const ready = await client.call('completeAttachment', { path })
    expect(ready).toMatchObject({
      media_type: 'image/png',
      image: { width: 1600, height: 800, thumbnail_width: 640, thumbnail_height: 320 },
    })
    expect((await client.call('completeAttachment', { path })).id).toBe(id)
    const small = await fetch(new URL(ready.image?.thumbnail_url ?? '', stoa.url))
    expect(await sharp(await small.bytes()).metadata()).toMatchObject({ format: 'webp', width: 640 })
    const send = () =>
      client.call('sendMessage', { path: { room_id }, body: { id: newId(), attachment_ids: [id] } })
    const message = await send()
    expect(message.attachments).toMatchObject([{ id, filename: 'picture of a sea.txt' }])
    await expect(send()).rejects.toEqual(fails(422, 'attachment.unusable'))
    await client.call('deleteMessage', { path: { room_id, message_id: message.id } })
    const { items } = await client.call('listMessages', { path: { room_id } })
    expect(items[0]?.attachments).toEqual([])
  })

  test('that only says it is a picture is a download, and one that did not arrive is no file', async () => {
    const { client } = ours.owner
    const room_id = await roomOf()
    const script = new TextEncoder().encode(
      '<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>',
    )
    const attachment_id = await upload(room_id, 'picture.svg', script)
    const ready = await client.call('completeAttachment', { path: { attachment_id } })
    expect(ready).toMatchObject({ media_type: 'application/octet-stream', image: null })
    const got = await fetch(new URL(ready.url, stoa.url))
    expect(got.headers.get('content-disposition')).toContain('attachment')
    const { id } = await client.call('createAttachment', { body: { room_id, filename: 'a', size: 9 } })
    await expect(client.call('completeAttachment', { path: { attachment_id: id } })).rejects.toEqual(
      fails(409, 'attachment.incomplete'),
    )
    const body = { id: newId(), attachment_ids: [id] }
    await expect(client.call('sendMessage', { path: { room_id }, body })).rejects.toEqual(
      fails(422, 'attachment.unusable'),
    )
    await expect(ours.member.client.call('completeAttachment', { path: { attachment_id } })).rejects.toEqual(
      fails(404, 'attachment.not_found'),
    )
  })
})

test('a message is found by its words in both languages, and the hit says where it stands', async () => {
  const { client } = ours.owner
  const room_id = await roomOf()
  const say = (body: string) => client.call('sendMessage', { path: { room_id }, body: { id: newId(), body } })
  await say('first')
  const message = await say('He means reading takes a *quinquireme*: 读书要有功夫')
  const find = (q: string) => client.call('search', { query: { q, kinds: ['message'], room_id } })
  for (const q of ['quinquiremes', '功夫', '"takes a quinquireme"']) {
    const { items, facets } = await find(q)
    expect(items.map(({ id, title, message: place }) => [id, title, place?.sequence])).toEqual([
      [message.id, 'Walden', 2],
    ])
    expect(facets.kinds).toEqual([{ kind: 'message', count: 1 }])
    expect(items[0]?.snippet.some((part) => part.mark)).toBe(true)
  }
  await client.call('updateMessage', {
    path: { room_id, message_id: message.id },
    body: { version: 1, body: 'something else' },
  })
  expect((await find('quinquireme')).items).toEqual([])
})

test('a conversation is exported whole', async () => {
  const { client } = ours.owner
  const room_id = await roomOf()
  const say = (body: string, more = {}) =>
    client.call('sendMessage', { path: { room_id }, body: { id: newId(), body, ...more } })
  const first = await say('# A title\n\nSome **words**')
  await say('An answer', { thread_root_id: first.id })
  const removed = await say('Never said')
  await client.call('deleteMessage', { path: { room_id, message_id: removed.id } })
  const path = { room_id }
  const markdown = await client.call('exportRoom', { path, query: { format: 'markdown' } })
  expect(markdown).toContain('# Walden\n\n## ')
  expect(markdown).toContain('Some **words**')
  expect(markdown).toContain('↪')
  expect(markdown).not.toContain('Never said')
  const json = await client.call('exportRoom', { path, query: { format: 'json' } })
  expect(json).toMatchObject({ room: { id: room_id }, next_after: null })
  expect((json as { messages: unknown[] }).messages).toHaveLength(3)
})

test('nothing that happens in a room reaches the stream of events of the organisation', async () => {
  const room_id = await roomOf({ visibility: 'private', member_ids: [ours.member.accountId] })
  const stop = new AbortController()
  const seen: unknown[] = []
  const following = (async () => {
    for await (const event of ours.admin.client.events({ signal: stop.signal })) {
      seen.push(event)
      if (event.type === 'note.created') stop.abort()
      if (event.type !== 'ready') continue
      const { client } = ours.member
      const path = { room_id }
      const { id } = await client.call('sendMessage', {
        path,
        body: { id: newId(), body: `secret [@o](stoa:account/${ours.owner.accountId})` },
      })
      await client.call('addReaction', { path: { ...path, message_id: id, emoji: '👍' } })
      await client.call('markRoomRead', { path, body: { sequence: 1 } })
      await client.call('createNote', {
        body: { id: newId(), book_id: book.id, body: 'the end', visibility: 'workspace' },
      })
    }
  })()
  await following
  expect(JSON.stringify(seen)).not.toContain(room_id)
})

test('a client on the real server ends with the room as it is, whatever it heard', async () => {
  const room_id = await roomOf()
  await ours.member.client.call('joinRoom', { path: { room_id } })
  const mine = new Room({ client: ours.owner.client, roomId: room_id, pageSize: 4 })
  const theirs = new Room({
    client: createClient({ baseUrl: stoa.url, tokens: { get: async () => undefined } }),
    roomId: room_id,
  })
  await expect(theirs.open()).rejects.toEqual(fails(401, 'token.missing'))
  const other = new Room({ client: ours.member.client, roomId: room_id, pageSize: 4 })
  await Promise.all([mine.open(), other.open()])
  await Promise.all(
    Array.from({ length: 12 }, (_, n) => (n % 2 === 0 ? mine : other).send({ body: `message ${n}` })),
  )
  await Promise.all([mine.refresh(), other.refresh()])
  const [first] = mine.timeline.known()
  if (!first) throw new Error('nothing was said')
  await (first.author.account_id === ours.owner.accountId ? mine : other).edit(first.id, 'changed')
  await Promise.all([mine.refresh(), other.refresh()])
  const whole = await ours.owner.client.call('listMessages', { path: { room_id }, query: { limit: 200 } })
  const shown = (room: Room): unknown[] =>
    room.timeline.snapshot().rows.map((row) => (row.kind === 'message' ? row.message : row.kind))
  expect(shown(mine)).toEqual(whole.items)
  expect(shown(other)).toEqual(whole.items)
})
