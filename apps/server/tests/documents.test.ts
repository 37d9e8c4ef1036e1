import {
  DOCUMENT_FRAGMENT,
  fromMarkdown,
  readDocument,
  toPlainText,
  writeDocument,
} from '@stoa/document-schema'
import { uuidv7 } from '@stoa/kernel'
import { type Client, createClient, type Output } from '@stoa/sdk'
import { DocumentSession } from '@stoa/sdk/documents'
import { accessToken } from '@stoa/testkit/identity'
import { type Signed, type SignedTenant, signedTenant } from '@stoa/testkit/members'
import { startProgram, type TestProgram } from '@stoa/testkit/program'
import { until } from '@stoa/testkit/until'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import * as Y from 'yjs'

let stoa: TestProgram
let ours: SignedTenant
beforeAll(async () => {
  stoa = await startProgram()
  ours = await signedTenant(stoa, 'Ours')
})
afterAll(() => stoa?.close())

const newId = () => uuidv7()
const fails = (status: number, code: string) => expect.objectContaining({ status, code })

const create = (client: Client = ours.owner.client, more: object = {}) =>
  client.call('createDocument', { body: { id: newId(), workspace_id: ours.workspaceId, ...more } })

/** The document open on a device of somebody. */
async function open(who: Signed, documentId: string) {
  const doc = new Y.Doc()
  const session = new DocumentSession({
    ...{ client: who.client, documentId, doc, baseUrl: stoa.url, random: () => 0 },
  })
  onTestFinished(() => session.stop())
  await session.start()
  await until('it is open', () => session.state.synced)
  const saved = () => until('it is saved', () => session.state.synced && !session.state.unsaved)
  const text = () => toPlainText(readDocument(doc))
  /** Adds a paragraph at the end. */
  const add = async (words: string) => {
    const paragraph = new Y.XmlElement('paragraph')
    paragraph.insert(0, [new Y.XmlText(words)])
    const fragment = doc.getXmlFragment(DOCUMENT_FRAGMENT)
    fragment.insert(fragment.length, [paragraph])
    await saved()
  }
  return { doc, session, saved, text, add }
}

async function upload(put: Output<'createDocumentImport'>['put'], bytes: Uint8Array): Promise<void> {
  const sent = await fetch(new URL(put.url, stoa.url), { ...put, body: new Uint8Array(bytes) })
  expect(sent.status).toBe(204)
}

async function importFile(filename: string, bytes: Uint8Array): Promise<Output<'completeDocumentImport'>> {
  const { client } = ours.owner
  const body = { id: newId(), workspace_id: ours.workspaceId, filename, size: bytes.length }
  const { id, put } = await client.call('createDocumentImport', { body })
  await upload(put, bytes)
  return client.call('completeDocumentImport', { path: { import_id: id } })
}

const markdownOf = async (document_id: string, client: Client = ours.owner.client) =>
  (await client.call('getDocumentContent', { path: { document_id } })).markdown

async function fileOf(
  document_id: string,
  format: 'markdown' | 'html' | 'docx' | 'epub',
): Promise<Uint8Array> {
  const token = await accessToken(stoa, ours.owner)
  const reply = await fetch(`${stoa.url}/api/v1/documents/${document_id}/export?format=${format}`, {
    headers: { authorization: `Bearer ${token}` },
  })
  expect([reply.status, format]).toEqual([200, format])
  expect(reply.headers.get('content-disposition')).toContain(`.${format === 'markdown' ? 'md' : format}`)
  return new Uint8Array(await reply.arrayBuffer())
}

describe('a document', () => {
  test('begins from a template, is written by two at once, kept, restored, and leaves in four formats', async () => {
    const { client } = ours.owner
    const made = await create(client, { template: { id: 'meeting-notes', locale: 'zh' } })
    expect(made.title).toBe('会议记录')
    const path = { document_id: made.id }
    const [one, two] = [await open(ours.owner, made.id), await open(ours.member, made.id)]
    expect(one.text()).toContain('到场')
    await Promise.all([one.add('First says this.'), two.add('Second says that.')])
    await until('both have both', () =>
      [one, two].every((each) => /First[\s\S]*Second|Second[\s\S]*First/.test(each.text())),
    )
    expect(one.text()).toBe(two.text())

    const kept = await client.call('createDocumentVersion', {
      path,
      body: { id: newId(), name: 'Before the meeting' },
    })
    await one.add('Written after.')
    const restored = await client.call('restoreDocumentVersion', { path: { ...path, version_id: kept.id } })
    expect(restored.kept).toMatchObject({ kind: 'restore', words_added: 2, words_removed: 0 })
    await until('both are back', () => [one, two].every((each) => !each.text().includes('Written after')))
    expect(one.text()).toContain('First says this.')
    const undone = await client.call('getDocumentVersion', {
      path: { ...path, version_id: restored.kept.id },
    })
    expect(undone.markdown).toContain('Written after.')
    expect(undone.previous_id).toBe(kept.id)

    const markdown = await markdownOf(made.id)
    expect(new TextDecoder().decode(await fileOf(made.id, 'markdown'))).toBe(markdown)
    const again = await importFile('会议.md', new TextEncoder().encode(markdown))
    expect(await markdownOf(again.document.id)).toBe(markdown)
    expect(again.document.title).toBe('会议')
    const word = await importFile('会议.docx', await fileOf(made.id, 'docx'))
    for (const words of ['到场', 'First says this.', 'Second says that.', '谈了什么'])
      expect(await markdownOf(word.document.id)).toContain(words)
    const html = new TextDecoder().decode(await fileOf(made.id, 'html'))
    expect(html).toContain('<p>First says this.</p>')
    expect(html).toContain('<li>☐ <p>做什么，谁做，何时完成</p></li>')
    expect((await fileOf(made.id, 'epub')).length).toBeGreaterThan(1000)
  })

  test('becomes a book on a shelf, which our own reader reads in', async () => {
    const { client } = ours.owner
    const { id } = await create(client, { title: 'Reading as exercise' })
    const page = await open(ours.owner, id)
    writeDocument(
      page.doc,
      fromMarkdown('Before.\n\n## Training\n\nDone daily.\n\n## Who has the time?\n\nNobody.').doc,
    )
    await page.saved()
    const shelf = await client.call('createShelf', { body: { name: 'Ours', workspace_id: ours.workspaceId } })
    const body = { id: newId(), shelf_ids: [shelf.id] }
    const book = await client.call('createBookFromDocument', { path: { document_id: id }, body })
    expect((await client.call('createBookFromDocument', { path: { document_id: id }, body })).id).toBe(
      book.id,
    )
    const ready = await until('it is read in', async () => {
      const now = await client.call('getBook', { path: { book_id: book.id } })
      return now.state === 'ACTIVE' && now
    })
    expect(ready).toMatchObject({ title: 'Reading as exercise', format: 'epub' })
    const { entries } = await client.call('getBookContents', { path: { book_id: book.id } })
    expect(JSON.stringify(entries)).toContain('Who has the time?')
  })

  test('is read out a moment after it was written: length, beginning, mentions, backlinks, search', async () => {
    const { client } = ours.owner
    const { id } = await create(client, { title: 'On slowness' })
    const page = await open(ours.owner, id)
    const book_id = newId()
    const member = ours.member.accountId
    writeDocument(
      page.doc,
      fromMarkdown(
        `Xylophones are slow, says [@Maya](stoa:account/${member}).\n\n> It requires a training\n>\n> — [Walden](stoa:passage/${book_id}#${btoa(JSON.stringify({ locator: { type: 'epub', cfi: 'epubcfi(/6/4!/4/2)' }, book_title: 'Walden' })).replace(/=+$/, '')})`,
      ).doc,
    )
    await page.saved()
    const path = { document_id: id }
    const read = await until('it is read', async () => {
      const now = await client.call('getDocument', { path })
      return now.word_count > 0 && now
    })
    expect(read).toMatchObject({ word_count: 9, edited_by: { account_id: ours.owner.accountId } })
    expect(read.excerpt).toMatch(/^Xylophones are slow/)
    const mentions = await ours.member.client.call('listDocumentMentions', { query: { unread: true } })
    expect(mentions.items).toMatchObject([{ document_id: id, thread_id: null, unread: true }])
    await ours.member.client.call('markDocumentMentionsRead', { body: { document_id: id } })
    expect(
      (await ours.member.client.call('listDocumentMentions', { query: { unread: true } })).items,
    ).toEqual([])
    const citing = await client.call('listDocuments', { query: { cites_book_id: book_id } })
    expect(citing.items.map((one) => one.id)).toEqual([id])
    const found = () => client.call('search', { query: { q: 'xylophones' } })
    expect((await found()).items).toMatchObject([{ kind: 'document', id, title: 'On slowness' }])
    await client.call('updateDocument', { path, body: { version: read.version, visibility: 'private' } })
    expect((await ours.member.client.call('search', { query: { q: 'xylophones' } })).items).toEqual([])
    await client.call('deleteDocument', { path })
    expect((await found()).items).toEqual([])
  })
})

describe('who may', () => {
  test('read, comment and write, as they were named or as the workspace may, also over the socket', async () => {
    const { id } = await create(ours.owner.client, { workspace_access: 'comment' })
    const path = { document_id: id }
    const rights = async (who: Signed) => (await who.client.call('getDocument', { path })).can
    expect(await rights(ours.member)).toEqual({ comment: true, write: false, manage: false })
    expect(await rights(ours.guest)).toEqual({ comment: false, write: false, manage: false })
    expect(await rights(ours.admin)).toEqual({ comment: true, write: true, manage: true })
    const reader = await open(ours.member, id)
    expect(reader.session.state.mode).toBe('read')
    await expect(
      ours.guest.client.call('createCommentThread', { path, body: { id: newId(), body: 'No' } }),
    ).rejects.toEqual(fails(403, 'document.forbidden'))
    const member = { ...path, account_id: ours.member.accountId }
    await ours.owner.client.call('setDocumentMember', { path: member, body: { role: 'writer' } })
    await until(
      'the member may write',
      () => reader.session.state.mode === 'write' && reader.session.state.synced,
    )
    await reader.add('Now I may.')
    expect(await markdownOf(id)).toContain('Now I may.')

    const { version } = await ours.owner.client.call('getDocument', { path })
    await ours.owner.client.call('updateDocument', { path, body: { version, visibility: 'private' } })
    await expect(ours.admin.client.call('getDocument', { path })).rejects.toEqual(
      fails(404, 'document.not_found'),
    )
    await ours.owner.client.call('removeDocumentMember', { path: member })
    await until('the member is out', () => reader.session.state.problem === 'document.not_found')
    const last = { ...path, account_id: ours.owner.accountId }
    await expect(ours.owner.client.call('removeDocumentMember', { path: last })).rejects.toEqual(
      fails(422, 'document.last_owner'),
    )
  })

  test('bring it back from the trash, or delete it for ever with all that belongs to it', async () => {
    const { client } = ours.owner
    const { id } = await create()
    const path = { document_id: id }
    await expect(client.call('deleteDocument', { path, query: { permanent: true } })).rejects.toEqual(
      fails(422, 'document.not_trashed'),
    )
    await client.call('deleteDocument', { path })
    await expect(ours.member.client.call('getDocument', { path })).rejects.toEqual(
      fails(404, 'document.not_found'),
    )
    const ticket = () => client.call('createDocumentTicket', { body: path })
    await expect(ticket()).rejects.toEqual(fails(404, 'document.not_found'))
    const trash = await client.call('listDocuments', { query: { trashed: true } })
    expect(trash.items.map((one) => one.id)).toContain(id)
    await client.call('restoreDocument', { path })
    expect((await ticket()).mode).toBe('write')
    await client.call('deleteDocument', { path })
    await client.call('deleteDocument', { path, query: { permanent: true } })
    await expect(client.call('getDocument', { path })).rejects.toEqual(fails(404, 'document.not_found'))
    await expect(ticket()).rejects.toEqual(fails(404, 'document.not_found'))
    const { statesync } = stoa.program.capabilities.realtime
    await until('its text is gone', () =>
      statesync.getDocument({ tenantId: ours.tenantId, documentId: id }).then(
        () => false,
        () => true,
      ),
    )
  })
})

describe('comments', () => {
  test('are said once, answered, edited by their author, resolved and reopened', async () => {
    const { id } = await create()
    const path = { document_id: id }
    const anchor = { start: 'AAAA', end: 'AAAB', quote: { exact: 'never finished' } }
    const body = { id: newId(), anchor, body: `Ours, [@Owner](stoa:account/${ours.owner.accountId})?` }
    const { client } = ours.member
    const thread = await client.call('createCommentThread', { path, body })
    expect(await client.call('createCommentThread', { path, body })).toEqual(thread)
    expect(thread).toMatchObject({
      comment_count: 1,
      anchor: { quote: { exact: 'never finished', prefix: '' } },
    })
    const inThread = { ...path, thread_id: thread.id }
    const resolved = await ours.owner.client.call('updateCommentThread', {
      path: inThread,
      body: { version: 1, resolved: true },
    })
    expect(resolved.resolved_by?.account_id).toBe(ours.owner.accountId)
    await expect(
      client.call('updateCommentThread', { path: inThread, body: { version: 1, resolved: false } }),
    ).rejects.toEqual(fails(409, 'version.conflict'))
    const reply = { id: newId(), body: 'Agreed.' }
    const said = await ours.owner.client.call('createThreadComment', { path: inThread, body: reply })
    expect((await client.call('getCommentThread', { path: inThread })).resolved_at).toBeNull()
    const comment = { ...path, comment_id: said.id }
    await expect(
      client.call('updateThreadComment', { path: comment, body: { version: 1, body: 'Mine' } }),
    ).rejects.toEqual(fails(403, 'document_comment.not_yours'))
    const edited = await ours.owner.client.call('updateThreadComment', {
      path: comment,
      body: { version: 1, body: 'Agreed!' },
    })
    expect(edited).toMatchObject({ body: 'Agreed!', version: 2 })
    const told = await ours.owner.client.call('listDocumentMentions', {})
    expect(told.items).toMatchObject([{ thread_id: thread.id, text: 'Ours, @Owner?' }])
    await client.call('deleteThreadComment', { path: { ...path, comment_id: thread.id } })
    expect((await client.call('listCommentThreads', { path })).items).toEqual([])
  })
})

test('a client tells what it merges, and the state before is kept with what collided', async () => {
  const { client } = ours.owner
  const { id } = await create()
  const path = { document_id: id }
  await (await open(ours.member, id)).add('The server has this.')
  const collisions = [{ mine: 'I wrote this.', theirs: 'The server has this.' }]
  const body = { id: newId(), collisions }
  const kept = await client.call('createDocumentVersion', { path, body })
  expect(kept).toMatchObject({ kind: 'merge', name: null, collisions })
  expect((await client.call('createDocumentVersion', { path, body })).id).toBe(kept.id)
  const { markdown } = await client.call('getDocumentVersion', { path: { ...path, version_id: kept.id } })
  expect(markdown).toBe('The server has this.\n')
})

test('making it again with the same id gives the same document, also to who lost the answer', async () => {
  const { client } = ours.owner
  const body = {
    id: newId(),
    workspace_id: ours.workspaceId,
    template: { id: 'reading-notes' as const, locale: 'en' as const },
  }
  const all = await Promise.all(Array.from({ length: 4 }, () => client.call('createDocument', { body })))
  expect(new Set(all.map((one) => one.id))).toEqual(new Set([body.id]))
  expect((await markdownOf(body.id)).match(/In one paragraph/g)).toHaveLength(1)
  await expect(ours.member.client.call('createDocument', { body })).rejects.toEqual(
    fails(409, 'document.id_taken'),
  )
})

test('lists go on page by page in every order, and take no cursor that is not theirs', async () => {
  const { client } = ours.admin
  const titles = ['乙', 'apple', 'Banana', '甲']
  const made: string[] = []
  for (const title of titles) made.push((await create(client, { title })).id)
  for (const sort of ['edited', 'created', 'title'] as const) {
    const seen: string[] = []
    for (let cursor: string | undefined; ; ) {
      const query = { mine: true, sort, limit: 1, ...(cursor !== undefined && { cursor }) }
      const page: Output<'listDocuments'> = await client.call('listDocuments', { query })
      seen.push(...page.items.map((one) => one.title))
      if (page.next_cursor === null) break
      cursor = page.next_cursor
    }
    expect([sort, seen.toSorted()]).toEqual([sort, titles.toSorted()])
    if (sort === 'title') expect(seen).toEqual(['apple', 'Banana', '甲', '乙'])
    for (const value of ['x', ['2026-02-30T00:00:00.000Z', 'x'], [1, newId()], ['2026', newId()]]) {
      const cursor = Buffer.from(JSON.stringify(value)).toString('base64url')
      if (sort === 'title' && Array.isArray(value) && value[0] === '2026') continue
      await expect(client.call('listDocuments', { query: { sort, cursor } })).rejects.toEqual(
        fails(400, 'cursor.invalid'),
      )
    }
  }
  const found = await client.call('listDocuments', { query: { query: 'ban', mine: true } })
  expect(found.items.map((one) => one.title)).toEqual(['Banana'])
  await client.call('starDocument', { path: { document_id: made[1] ?? '' }, body: { starred: true } })
  const starred = await client.call('listDocuments', { query: { starred: true } })
  expect(starred.items.map((one) => one.id)).toEqual([made[1]])
  expect((await ours.owner.client.call('listDocuments', { query: { starred: true } })).items).toEqual([])
})

test('a file that is none is refused, and nothing is made', async () => {
  await expect(importFile('a.docx', new TextEncoder().encode('no zip'))).rejects.toEqual(
    fails(422, 'document_import.unreadable'),
  )
  await expect(importFile('a.md', new Uint8Array([0xff, 0xfe, 0x80]))).rejects.toEqual(
    fails(422, 'document_import.unreadable'),
  )
  await expect(importFile('a.exe', new Uint8Array([1]))).rejects.toEqual(
    fails(422, 'document_import.unreadable'),
  )
})

test('the text of another organisation cannot be opened by its id', async () => {
  const theirs = await signedTenant(stoa, 'Theirs')
  const { id } = await create()
  const client = createClient({ baseUrl: stoa.url, tokens: { get: () => accessToken(stoa, theirs.owner) } })
  await expect(client.call('createDocumentTicket', { body: { document_id: id } })).rejects.toEqual(
    fails(404, 'document.not_found'),
  )
})
