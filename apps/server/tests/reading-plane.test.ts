import { uuidv7 } from '@stoa/kernel'
import { chineseVertical, englishNovel } from '@stoa/testkit/books/index'
import { ApiError, type SignedTenant, settledBook, signedTenant, uploadBook } from '@stoa/testkit/members'
import { startProgram, type TestProgram } from '@stoa/testkit/program'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let stoa: TestProgram
let readers: SignedTenant
let strangers: SignedTenant

beforeAll(async () => {
  stoa = await startProgram({ overrides: { partial: true } })
  readers = await signedTenant(stoa, 'Readers')
  strangers = await signedTenant(stoa, 'Strangers')
})
afterAll(() => stoa.close())

const novel = { name: 'novel.epub', bytes: englishNovel() }
const chinese = { name: '竖排.epub', bytes: chineseVertical() }
const refused = (code: string) => expect.objectContaining({ code })

describe('a book', () => {
  test('is uploaded, read in, opened and found', async () => {
    const { client } = readers.member
    const { id } = await uploadBook(stoa, client, novel)
    const book = await settledBook(client, id)
    expect(book).toMatchObject({
      state: 'ACTIVE',
      progress: 1,
      format: 'epub',
      title: 'The Harrow Point Ledger',
    })
    expect(book.cover).not.toBeNull()

    const file = await client.call('getBookFile', { path: { book_id: id } })
    const bytes = await (await fetch(new URL(file.transfer.url, stoa.url))).bytes()
    expect(Buffer.from(bytes).equals(Buffer.from(novel.bytes))).toBe(true)

    const contents = await client.call('getBookContents', { path: { book_id: id } })
    expect(contents.entries.length).toBeGreaterThan(1)

    const { items } = await client.call('search', { query: { q: 'Harrow' } })
    expect(items.some((hit) => hit.kind === 'book' && hit.id === id)).toBe(true)
  })

  test('Chinese is found by word and leads to its passage', async () => {
    const { client } = readers.member
    const { id } = await uploadBook(stoa, client, chinese)
    expect((await settledBook(client, id)).state).toBe('ACTIVE')
    const book = await client.call('getBook', { path: { book_id: id } })
    expect(book.direction).toBe('rtl')
    const { items } = await client.call('search', { query: { q: '和尚', kinds: ['passage'] } })
    const [hit] = items
    expect(hit?.book_id).toBe(id)
    expect(hit?.snippet.some((part) => part.mark)).toBe(true)
    expect(hit?.locator).toMatchObject({ type: 'epub', cfi: expect.stringMatching(/^epubcfi\(/) })
  })

  test('the same bytes twice are one book', async () => {
    const { client } = readers.member
    const first = await uploadBook(stoa, client, novel)
    const again = await uploadBook(stoa, client, { ...novel, name: 'copy.epub' })
    expect(again.id).toBe(first.id)
  })

  test('a damaged file fails with its reason and can be tried again or thrown away', async () => {
    const { client } = readers.member
    const broken = novel.bytes.slice(0, novel.bytes.length / 2)
    const { id } = await uploadBook(stoa, client, { name: 'broken.epub', bytes: broken })
    const book = await settledBook(client, id)
    expect(book.state).toBe('FAILED')
    expect(book.failure?.code).toMatch(/^file\./)
    await client.call('retryBook', { path: { book_id: id } })
    expect((await settledBook(client, id)).state).toBe('FAILED')
    await client.call('deleteBook', { path: { book_id: id } })
    await client.call('deleteBook', { path: { book_id: id }, query: { permanently: true } })
    await expect(client.call('getBook', { path: { book_id: id } })).rejects.toEqual(refused('book.not_found'))
  })

  test('an empty file is refused with a reason', async () => {
    const { client } = readers.member
    const { id } = await uploadBook(stoa, client, { name: 'empty.epub', bytes: new Uint8Array() })
    expect((await settledBook(client, id)).failure?.code).toBe('file.empty')
  })

  test('corrections survive, and two people at once learn of each other', async () => {
    const { client } = readers.member
    const { id } = await uploadBook(stoa, client, novel)
    const book = await settledBook(client, id)
    const body = { version: book.version, title: 'The Ledger', tags: ['sea'] }
    const updated = await client.call('updateBook', { path: { book_id: id }, body })
    expect(updated).toMatchObject({ title: 'The Ledger', tags: ['sea'] })
    const late = client.call('updateBook', { path: { book_id: id }, body: { ...body, title: 'Mine' } })
    await expect(late).rejects.toMatchObject({
      code: 'version.conflict',
      details: { current: { title: 'The Ledger' } },
    })
    const found = await client.call('listBooks', { query: { query: 'led' } })
    expect(found.items.map((item) => item.id)).toContain(id)
  })

  test('goes to the trash and comes back', async () => {
    const { client } = readers.member
    const { id } = await uploadBook(stoa, client, chinese)
    await settledBook(client, id)
    await client.call('deleteBook', { path: { book_id: id } })
    expect(
      (await client.call('listBooks', { query: { trashed: true } })).items.map((item) => item.id),
    ).toEqual([id])
    expect((await client.call('listBooks', {})).items.map((item) => item.id)).not.toContain(id)
    await client.call('restoreBook', { path: { book_id: id } })
    expect((await client.call('listBooks', {})).items.map((item) => item.id)).toContain(id)
  })

  test('guests read, and do not change', async () => {
    const { id } = await uploadBook(stoa, readers.member.client, novel)
    await expect(readers.guest.client.call('getBook', { path: { book_id: id } })).resolves.toMatchObject({
      id,
    })
    const attempt = readers.guest.client.call('deleteBook', { path: { book_id: id } })
    await expect(attempt).rejects.toMatchObject({ status: 403 })
  })
})

describe('shelves', () => {
  test('are a tree that counts, moves and refuses loops', async () => {
    const { client } = readers.member
    const { id: bookId } = await uploadBook(stoa, client, novel)
    const philosophy = await client.call('createShelf', { body: { name: 'Philosophy' } })
    const stoics = await client.call('createShelf', {
      body: { name: 'The Stoics', parent_id: philosophy.id },
    })
    await client.call('addShelfBooks', { path: { shelf_id: stoics.id }, body: { book_ids: [bookId] } })
    const counts = async () => {
      const { items } = await client.call('listShelves', {})
      return Object.fromEntries(items.map((shelf) => [shelf.name, shelf.book_count]))
    }
    expect(await counts()).toMatchObject({ Philosophy: 1, 'The Stoics': 1 })
    const onShelf = await client.call('listBooks', { query: { shelf_id: philosophy.id } })
    expect(onShelf.items.map((book) => book.id)).toEqual([bookId])
    const loop = client.call('updateShelf', {
      path: { shelf_id: philosophy.id },
      body: { version: philosophy.version, parent_id: stoics.id },
    })
    await expect(loop).rejects.toEqual(refused('shelf.loop'))
    const novels = await client.call('createShelf', { body: { name: 'Novels' } })
    const moved = await client.call('updateShelf', {
      path: { shelf_id: novels.id },
      body: { version: novels.version, before_id: philosophy.id },
    })
    expect(moved.position).toBeLessThan(
      (await client.call('listShelves', {})).items.find((shelf) => shelf.id === philosophy.id)?.position ??
        -1,
    )
    await client.call('deleteShelf', { path: { shelf_id: philosophy.id } })
    expect(await counts()).not.toHaveProperty('The Stoics')
    await expect(client.call('getBook', { path: { book_id: bookId } })).resolves.toMatchObject({ id: bookId })
  })
})

describe('lists', () => {
  test('every sort pages through every book exactly once, also by offset', async () => {
    const { client } = readers.owner
    const all = (await client.call('listBooks', { query: { limit: 200 } })).items
      .map((book) => book.id)
      .sort()
    expect(all.length).toBeGreaterThan(1)
    for (const sort of ['recently_read', 'recently_added', 'title', 'author', 'progress'] as const) {
      const seen: string[] = []
      let cursor: string | undefined
      do {
        const page = await client.call('listBooks', { query: { sort, limit: 1, ...(cursor && { cursor }) } })
        seen.push(...page.items.map((book) => book.id))
        const jumped = await client.call('listBooks', { query: { sort, limit: 1, offset: seen.length - 1 } })
        expect(jumped.items[0]?.id, sort).toBe(seen.at(-1))
        cursor = page.next_cursor ?? undefined
      } while (cursor)
      expect(seen.toSorted(), sort).toEqual(all)
    }
  })

  test('a cursor of another list is refused', async () => {
    const { client } = readers.owner
    const page = await client.call('listBooks', { query: { sort: 'title', limit: 1 } })
    const mixed = client.call('listBooks', { query: { sort: 'author', cursor: page.next_cursor ?? '' } })
    await expect(mixed).rejects.toEqual(refused('cursor.invalid'))
  })
})

describe('reading', () => {
  test('the later place wins, the other device is offered, the list follows', async () => {
    const { client } = readers.member
    const { id: book_id } = await uploadBook(stoa, client, novel)
    const place = (device: string, fraction: number, recorded_at: string) =>
      client.call('putPosition', {
        path: { book_id },
        body: {
          ...{ device_id: device, device_name: device, fraction, recorded_at },
          locator: { type: 'epub', cfi: `epubcfi(/6/4!/4/2/1:${Math.round(fraction * 100)})` },
        },
      })
    await place('laptop', 0.4, '2026-11-20T10:00:00Z')
    await place('phone', 0.6, '2026-11-20T12:00:00Z')
    const state = await place('laptop', 0.5, '2026-11-20T11:00:00Z')
    expect(state.position).toMatchObject({ device_id: 'phone' })
    expect(state.others).toMatchObject([{ device_id: 'laptop' }])
    const [first] = (await client.call('listBooks', { query: { sort: 'recently_read' } })).items
    expect(first).toMatchObject({ id: book_id, reading: { status: 'reading', device_name: 'phone' } })
    expect(first?.reading.fraction).toBeCloseTo(0.6)
  })

  test('beats become statistics by local day; repeated ones count once', async () => {
    const { client } = readers.member
    const { id: book_id } = await uploadBook(stoa, client, novel)
    const id = uuidv7()
    const start = {
      id,
      book_id,
      device_id: 'd',
      started_at: '2026-11-20T15:50:00Z',
      time_zone: 'Asia/Shanghai',
    }
    await client.call('startReading', { body: start })
    await client.call('startReading', { body: start })
    const beat = { sequence: 1, at: '2026-11-20T16:10:00Z', active_seconds: 900 }
    for (let i = 0; i < 2; i++) {
      await client.call('beatReading', { path: { reading_session_id: id }, body: beat })
    }
    await client.call('endReading', {
      path: { reading_session_id: id },
      body: { at: '2026-11-20T16:10:00Z' },
    })
    const after = client.call('beatReading', {
      path: { reading_session_id: id },
      body: { ...beat, sequence: 2 },
    })
    await expect(after).rejects.toEqual(refused('reading.session_ended'))
    const query = { from: '2026-11-20', to: '2026-11-21' }
    const statistics = await client.call('getReadingStatistics', { query })
    expect(statistics.days).toEqual([
      { date: '2026-11-20', seconds: 300, books: 1 },
      { date: '2026-11-21', seconds: 600, books: 1 },
    ])
  })
})

describe('highlights and notes', () => {
  const mark = (book_id: string, more: object = {}) => ({
    id: uuidv7(),
    book_id,
    locator: { type: 'epub' as const, cfi: 'epubcfi(/6/4!/4/2,/1:0,/1:10)', fraction: 0.1 },
    quote: { exact: 'the tide was out' },
    color: 'sage' as const,
    ...more,
  })

  test('are kept, repeated without harm, changed with a version, found, removed and restored', async () => {
    const { client } = readers.member
    const { id: book_id } = await uploadBook(stoa, client, novel)
    const body = mark(book_id, { note: 'cormorant', tags: ['sea'] })
    const made = await client.call('createHighlight', { body })
    expect(await client.call('createHighlight', { body })).toEqual(made)
    const path = { highlight_id: made.id }
    const changed = await client.call('updateHighlight', { path, body: { version: 1, color: 'sky' } })
    expect(changed).toMatchObject({ color: 'sky', version: 2 })
    const late = client.call('updateHighlight', { path, body: { version: 1, color: 'rose' } })
    await expect(late).rejects.toMatchObject({ status: 409, details: { current: { color: 'sky' } } })
    const found = await client.call('search', { query: { q: 'cormorants' } })
    expect(found.items.map((hit) => hit.id)).toContain(made.id)
    await client.call('deleteHighlight', { path })
    expect((await client.call('search', { query: { q: 'cormorants' } })).items).toEqual([])
    await client.call('restoreHighlight', { path })
    expect((await client.call('listHighlights', { query: { book_id } })).items.map((h) => h.id)).toEqual([
      made.id,
    ])
  })

  test('a private one is its maker’s alone; a shared one is read by all and changed by one', async () => {
    const { id: book_id } = await uploadBook(stoa, readers.member.client, novel)
    const secret = await readers.member.client.call('createHighlight', { body: mark(book_id) })
    const shared = await readers.member.client.call('createHighlight', {
      body: mark(book_id, { visibility: 'workspace' }),
    })
    const seen = (await readers.guest.client.call('listHighlights', { query: { book_id } })).items.map(
      (h) => h.id,
    )
    expect(seen).toContain(shared.id)
    expect(seen).not.toContain(secret.id)
    const path = { highlight_id: shared.id }
    const attempt = readers.guest.client.call('updateHighlight', {
      path,
      body: { version: 1, color: 'rose' },
    })
    await expect(attempt).rejects.toMatchObject({ status: 403 })
    const before = await readers.guest.client.call('listAnnotationChanges', { query: { limit: 200 } })
    const change = { version: 1, visibility: 'private' as const, note: 'secret now' }
    await readers.member.client.call('updateHighlight', { path, body: change })
    const after = await readers.guest.client.call('listAnnotationChanges', {
      query: { after: before.next_after },
    })
    expect(after.highlights).toMatchObject([{ id: shared.id, note: null, deleted_at: expect.any(String) }])
  })

  test('a device learns of every change in order, a page at a time', async () => {
    const { client } = readers.admin
    const { id: book_id } = await uploadBook(stoa, readers.member.client, novel)
    const { next_after: start } = await client.call('listAnnotationChanges', { query: { limit: 200 } })
    const ids: string[] = []
    for (let i = 0; i < 5; i++) ids.push((await client.call('createHighlight', { body: mark(book_id) })).id)
    const note = await client.call('createNote', { body: { id: uuidv7(), book_id, body: 'All in all.' } })
    const seen: string[] = []
    for (let after = start, more = true; more; ) {
      const page = await client.call('listAnnotationChanges', { query: { after, limit: 2 } })
      seen.push(...page.highlights.map((h) => h.id), ...page.notes.map((n) => n.id))
      after = page.next_after
      more = page.more
    }
    expect(seen).toEqual([...ids, note.id])
  })

  test('are exported as Markdown and as JSON-LD', async () => {
    const { client } = readers.owner
    const { id: book_id } = await uploadBook(stoa, client, novel)
    await client.call('createHighlight', { body: mark(book_id, { chapter: 'One' }) })
    const markdown = await client.call('exportAnnotations', { query: { format: 'markdown', book_id } })
    expect(String(markdown)).toContain('> the tide was out')
    const jsonld = JSON.parse(
      String(await client.call('exportAnnotations', { query: { format: 'jsonld', book_id } })),
    )
    expect(jsonld.first.items[0].target.selector).toHaveLength(2)
  })
})

describe('strangers', () => {
  test('see nothing of another organisation, by list, by id or by search', async () => {
    const { id: book_id } = await uploadBook(stoa, readers.member.client, novel)
    await settledBook(readers.member.client, book_id)
    const { client } = strangers.owner
    expect((await client.call('listBooks', {})).items).toEqual([])
    expect((await client.call('search', { query: { q: 'Harrow' } })).items).toEqual([])
    expect((await client.call('listHighlights', {})).items).toEqual([])
    for (const attempt of [
      () => client.call('getBook', { path: { book_id } }),
      () => client.call('getBookFile', { path: { book_id } }),
      () => client.call('getPosition', { path: { book_id } }),
    ]) {
      await expect(attempt()).rejects.toBeInstanceOf(ApiError)
      await expect(attempt()).rejects.toMatchObject({ status: 404 })
    }
  })
})
