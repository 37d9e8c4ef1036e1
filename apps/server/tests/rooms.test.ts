import { uuidv7 } from '@stoa/kernel'
import { type Client, createClient, type Output } from '@stoa/sdk'
import { accessToken, addMember } from '@stoa/testkit/identity'
import { type Signed, type SignedTenant, signedTenant } from '@stoa/testkit/members'
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

const newId = () => uuidv7()
const fails = (status: number, code: string) => expect.objectContaining({ status, code })

async function newRoom(
  client: Client = ours.owner.client,
  more: { visibility?: 'open' | 'private'; member_ids?: string[] } = {},
) {
  const body = { id: newId(), workspace_id: ours.workspaceId, name: 'Walden', ...more }
  return client.call('createRoom', { body })
}

const say = (client: Client, room_id: string, body: string, more: object = {}) =>
  client.call('sendMessage', { path: { room_id }, body: { id: newId(), body, ...more } })

const open = async (...who: Signed[]) => {
  const room = await newRoom()
  for (const one of who) await one.client.call('joinRoom', { path: { room_id: room.id } })
  return room
}

const bodies = (page: { items: readonly { body: string }[] }) => page.items.map((one) => one.body)

describe('a conversation', () => {
  test('has an order without gaps, also with many who write at once and repeat themselves', async () => {
    const room = await open(ours.admin, ours.member, ours.guest)
    const path = { room_id: room.id }
    const people = [ours.owner, ours.admin, ours.member, ours.guest]
    const sends = people.flatMap((one) =>
      Array.from({ length: 15 }, async (_, n) => {
        const input = { path, body: { id: newId(), body: `${one.accountId} ${n}` } }
        const idempotencyKey = newId()
        // Every message is sent three times at once: twice with its key, once as by a client that lost the key.
        const replies = await Promise.all([
          one.client.call('sendMessage', input, { idempotencyKey }),
          one.client.call('sendMessage', input, { idempotencyKey }),
          one.client.call('sendMessage', input),
        ])
        expect(new Set(replies.map((reply) => reply.sequence)).size).toBe(1)
        return replies[0].sequence
      }),
    )
    const sequences = (await Promise.all(sends)).sort((a, b) => a - b)
    expect(sequences).toEqual(Array.from({ length: 60 }, (_, n) => n + 1))
    const { items } = await ours.member.client.call('listMessages', { path, query: { limit: 200 } })
    expect(items.map((one) => one.sequence)).toEqual(sequences)
    expect(items.map((one) => one.revision)).toEqual(sequences)
    const times = items.map((one) => one.created_at)
    expect(times).toEqual([...times].sort())
  })

  test('is read from any place, in both directions, without gaps between pages', async () => {
    const room = await open()
    const path = { room_id: room.id }
    const { client } = ours.owner
    const sent: Output<'sendMessage'>[] = []
    for (let n = 1; n <= 23; n += 1) sent.push(await say(client, room.id, String(n)))
    const page = (query: object) => client.call('listMessages', { path, query: { limit: 5, ...query } })

    const newest = await page({})
    expect([bodies(newest), newest.from_sequence, newest.to_sequence]).toEqual([
      ['19', '20', '21', '22', '23'],
      19,
      23,
    ])
    expect([newest.before, newest.after]).toEqual([19, null])
    const seen: string[] = []
    for (let before: number | null = 24; before !== null; ) {
      const one: Output<'listMessages'> = await page({ before })
      seen.unshift(...bodies(one))
      before = one.before
    }
    expect(seen).toEqual(sent.map((one) => one.body))
    const forward: string[] = []
    for (let after: number | null = 0; after !== null; ) {
      const one: Output<'listMessages'> = await page({ after })
      forward.push(...bodies(one))
      after = one.after === null ? null : one.to_sequence
    }
    expect(forward).toEqual(seen)

    const middle = await page({ around_message: sent[11]?.id })
    expect([bodies(middle), middle.anchor_sequence]).toEqual([['10', '11', '12', '13', '14'], 12])
    const date = await page({ around_date: sent[11]?.created_at })
    expect(date.anchor_sequence).toBe(sent.find((one) => one.created_at === sent[11]?.created_at)?.sequence)
    expect((await page({ around_date: '2000-01-01T00:00:00Z' })).anchor_sequence).toBe(1)
    expect((await page({ around_date: '2100-01-01T00:00:00Z' })).anchor_sequence).toBe(23)
    await expect(page({ before: 3, after: 2 })).rejects.toEqual(fails(400, 'message.places'))
  })

  test('resumes by revision: edits, removals and reactions included, each once', async () => {
    const room = await open(ours.member)
    const path = { room_id: room.id }
    const { client } = ours.owner
    const [first, second, third] = [
      await say(client, room.id, 'one'),
      await say(client, room.id, 'two'),
      await say(client, room.id, 'three'),
    ]
    const at = (message_id: string) => ({ ...path, message_id })
    const edited = await client.call('updateMessage', {
      path: at(first.id),
      body: { version: 1, body: 'one!' },
    })
    await client.call('deleteMessage', { path: at(second.id) })
    await ours.member.client.call('addReaction', { path: { ...at(third.id), emoji: '👍' } })
    await ours.member.client.call('addReaction', { path: { ...at(third.id), emoji: '👍' } })

    const changes = await client.call('listRoomChanges', { path, query: { after: 3 } })
    expect(changes.items.map((one) => [one.id, one.revision])).toEqual([
      [first.id, 4],
      [second.id, 5],
      [third.id, 6],
    ])
    expect([changes.last_revision, changes.through_revision, changes.more]).toEqual([6, 6, false])
    const [one, two, three] = changes.items
    expect(one).toMatchObject({ body: 'one!', version: 2, edited_at: edited.edited_at, sequence: 1 })
    expect(two).toMatchObject({ body: '', sequence: 2 })
    expect(two?.deleted_at).not.toBeNull()
    expect(three?.reactions).toEqual([{ emoji: '👍', count: 1, account_ids: [ours.member.accountId] }])
    const { items } = await client.call('listMessageVersions', { path: at(first.id) })
    expect(items.map(({ version, body }) => [version, body])).toEqual([[1, 'one']])
    const early = await client.call('listRoomChanges', { path, query: { after: 0, limit: 2 } })
    expect([early.items.length, early.through_revision, early.more]).toEqual([2, 5, true])
  })

  test('keeps the last 20 versions and tells of an edit that came in between', async () => {
    const room = await open()
    const { client } = ours.owner
    const { id } = await say(client, room.id, 'v1')
    const path = { room_id: room.id, message_id: id }
    for (let version = 1; version <= 24; version += 1)
      await client.call('updateMessage', { path, body: { version, body: `v${version + 1}` } })
    const { items } = await client.call('listMessageVersions', { path })
    expect(items.map((one) => one.version)).toEqual(Array.from({ length: 20 }, (_, n) => 24 - n))
    await expect(client.call('updateMessage', { path, body: { version: 3, body: 'late' } })).rejects.toEqual(
      expect.objectContaining({
        code: 'version.conflict',
        details: { current: expect.objectContaining({ body: 'v25', version: 25 }) },
      }),
    )
    await client.call('deleteMessage', { path })
    await expect(client.call('listMessageVersions', { path })).rejects.toEqual(fails(410, 'message.removed'))
  })

  test('has threads whose beginnings tell of their replies', async () => {
    const room = await open(ours.member)
    const path = { room_id: room.id }
    const root = await say(ours.owner.client, room.id, 'A promise')
    const reply = await say(ours.member.client, room.id, 'Or a complaint', { thread_root_id: root.id })
    await say(ours.owner.client, room.id, 'Elsewhere')
    const main = await ours.owner.client.call('listMessages', { path })
    expect(bodies(main)).toEqual(['A promise', 'Elsewhere'])
    expect(main.items[0]?.thread).toMatchObject({
      reply_count: 1,
      people: [{ account_id: ours.member.accountId }],
    })
    const thread = await ours.owner.client.call('listMessages', { path, query: { thread: root.id } })
    expect(bodies(thread)).toEqual(['Or a complaint'])
    await expect(say(ours.owner.client, room.id, 'x', { thread_root_id: reply.id })).rejects.toEqual(
      fails(422, 'message.thread'),
    )
    await ours.member.client.call('deleteMessage', { path: { ...path, message_id: reply.id } })
    const { thread: none } = await ours.owner.client.call('getMessage', {
      path: { ...path, message_id: root.id },
    })
    expect(none).toBeNull()
  })
})

describe('what waits', () => {
  test('is counted from the read marker, own and removed messages left out', async () => {
    const room = await open(ours.member)
    const path = { room_id: room.id }
    const reader = ours.member.client
    const state = async () => {
      const { unread_count, mention_count } = await reader.call('getRoom', { path })
      return [unread_count, mention_count]
    }
    expect(await state()).toEqual([0, 0])
    await say(ours.owner.client, room.id, 'one')
    const mine = `[@Me](stoa:account/${ours.member.accountId})`
    const second = await say(ours.owner.client, room.id, `two ${mine}`)
    await say(reader, room.id, 'mine')
    const fourth = await say(ours.owner.client, room.id, 'four [@everyone](stoa:everyone)')
    expect(await state()).toEqual([3, 2])
    const inbox = await reader.call('listMentions', { query: { unread: true } })
    expect(inbox.items.map((one) => one.message.id)).toEqual([fourth.id, second.id])
    expect(second.mentions).toEqual([
      { account_id: ours.member.accountId, display_name: ours.member.displayName },
    ])

    const jump = await reader.call('listMessages', { path, query: { first_unread: true } })
    expect(jump.anchor_sequence).toBe(1)
    const read = (sequence: number) => reader.call('markRoomRead', { path, body: { sequence } })
    expect(await read(2)).toMatchObject({ read_sequence: 2, unread_count: 1, mention_count: 1 })
    expect(await read(1)).toMatchObject({ read_sequence: 2 })
    expect(await read(1000)).toMatchObject({ read_sequence: 4, delivered_sequence: 4, unread_count: 0 })
    const receipts = await ours.owner.client.call('listRoomReceipts', { path })
    expect(receipts.items.find((one) => one.account_id === ours.member.accountId)).toMatchObject({
      read_sequence: 4,
    })
    await say(ours.owner.client, room.id, 'five')
    await ours.owner.client.call('deleteMessage', {
      path: { ...path, message_id: (await say(ours.owner.client, room.id, mine)).id },
    })
    expect(await state()).toEqual([1, 0])
    const summary = await reader.call('getUnreadSummary')
    expect(summary.messages).toBeGreaterThanOrEqual(1)
  })
})

describe('who may see', () => {
  test('a private room: its members, nobody else, in no list, count, search or event', async () => {
    const secret = `xylophone${Date.now()}`
    const room = await newRoom(ours.member.client, {
      visibility: 'private',
      member_ids: [ours.guest.accountId],
    })
    const path = { room_id: room.id }
    const everyone = `${secret} [@everyone](stoa:everyone) [@o](stoa:account/${ours.owner.accountId})`
    const message = await say(ours.member.client, room.id, everyone)
    const found = async ({ client }: Signed) =>
      (await client.call('search', { query: { q: secret, kinds: ['message'] } })).facets.kinds
    expect(await found(ours.guest)).toEqual([{ kind: 'message', count: 1 }])
    for (const outsider of [ours.owner, ours.admin, theirs.owner]) {
      const { client } = outsider
      const item = { ...path, message_id: message.id }
      for (const attempt of [
        () => client.call('getRoom', { path }),
        () => client.call('listMessages', { path }),
        () => client.call('listRoomChanges', { path, query: { after: 0 } }),
        () => client.call('getMessage', { path: item }),
        () => client.call('listRoomMembers', { path }),
        () => client.call('listRoomReceipts', { path }),
        () => client.call('joinRoom', { path }),
        () => say(client, room.id, 'let me in'),
        () => client.call('deleteMessage', { path: item }),
        () => client.call('addReaction', { path: { ...item, emoji: '👍' } }),
        () => client.call('exportRoom', { path, query: { format: 'json' } }),
        () => client.call('search', { query: { q: secret, room_id: room.id } }),
      ]) {
        await expect(attempt()).rejects.toEqual(fails(404, 'room.not_found'))
      }
      expect(await found(outsider)).toEqual([])
      const rooms = await client.call('listRooms', { query: { limit: 200 } })
      expect(rooms.items.map((one) => one.id)).not.toContain(room.id)
      const { items } = await client.call('listMentions')
      expect(items.map((one) => one.room_id)).not.toContain(room.id)
    }
    const guard = stoa.program.capabilities.rooms.topics
    const follows = (one: Signed) => guard.mayFollow(one.context, room.id)
    expect(await Promise.all([ours.member, ours.guest, ours.owner, theirs.owner].map(follows))).toEqual([
      ...[true, true, false, false],
    ])
    await ours.member.client.call('removeRoomMember', {
      path: { ...path, account_id: ours.guest.accountId },
    })
    expect(await follows(ours.guest)).toBe(false)
    expect(await found(ours.guest)).toEqual([])
  })

  test('a conversation of two is one room, whoever opens it and however often', async () => {
    const [a, b] = [ours.member, ours.guest]
    const openFrom = (from: Signed, to: Signed) =>
      from.client.call('openDirectRoom', { body: { account_id: to.accountId } })
    const opened = await Promise.all([openFrom(a, b), openFrom(b, a), openFrom(a, b)])
    expect(new Set(opened.map((one) => one.id)).size).toBe(1)
    const room_id = opened[0]?.id ?? ''
    expect(opened[0]?.name).toBe(b.displayName)
    await say(a.client, room_id, 'between us')
    await expect(ours.owner.client.call('getRoom', { path: { room_id } })).rejects.toEqual(
      fails(404, 'room.not_found'),
    )
    await expect(openFrom(a, theirs.owner)).rejects.toEqual(fails(404, 'member.not_found'))
    await expect(
      a.client.call('removeRoomMember', { path: { room_id, account_id: a.accountId } }),
    ).rejects.toEqual(fails(422, 'room.direct'))
  })

  test('an open room: the whole workspace reads, members write, others of the organisation see nothing', async () => {
    const room = await open()
    const path = { room_id: room.id }
    await say(ours.owner.client, room.id, 'hello')
    expect(bodies(await ours.guest.client.call('listMessages', { path }))).toEqual(['hello'])
    await expect(say(ours.guest.client, room.id, 'hi')).rejects.toEqual(fails(403, 'room.not_joined'))
    const outside = await addMember(stoa.db, { tenantId: ours.tenantId, role: 'member' })
    const token = await accessToken(stoa, outside)
    const client = createClient({ baseUrl: stoa.url, tokens: { get: () => token } })
    await expect(client.call('getRoom', { path })).rejects.toEqual(fails(404, 'room.not_found'))
    await expect(
      ours.owner.client.call('addRoomMember', { path, body: { account_id: outside.accountId } }),
    ).rejects.toEqual(fails(422, 'room.not_in_workspace'))
  })
})

describe('roles', () => {
  test('moderators remove messages and members, owners hand over before they leave', async () => {
    const room = await newRoom(ours.member.client, {
      visibility: 'private',
      member_ids: [ours.guest.accountId, ours.admin.accountId],
    })
    const path = { room_id: room.id }
    const message = await say(ours.guest.client, room.id, 'mine')
    const remove = (one: Signed) =>
      one.client.call('deleteMessage', { path: { ...path, message_id: message.id } })
    await expect(remove(ours.admin)).rejects.toEqual(fails(403, 'message.not_yours'))
    const setRole = (by: Signed, whom: Signed, role: 'owner' | 'moderator' | 'member') =>
      by.client.call('updateRoomMember', { path: { ...path, account_id: whom.accountId }, body: { role } })
    await setRole(ours.member, ours.admin, 'moderator')
    await remove(ours.admin)
    await expect(setRole(ours.admin, ours.guest, 'owner')).rejects.toEqual(fails(403, 'room.forbidden'))
    const leave = (one: Signed) =>
      one.client.call('removeRoomMember', { path: { ...path, account_id: one.accountId } })
    await expect(leave(ours.member)).rejects.toEqual(fails(422, 'room.last_owner'))
    await setRole(ours.member, ours.admin, 'owner')
    await leave(ours.member)
    await expect(ours.member.client.call('getRoom', { path })).rejects.toEqual(fails(404, 'room.not_found'))
  })

  test('an archived room is read and never written, until it is brought back', async () => {
    const room = await open(ours.member)
    const path = { room_id: room.id }
    await say(ours.member.client, room.id, 'before')
    const archived = await ours.owner.client.call('updateRoom', {
      path,
      body: { version: room.version, archived: true },
    })
    await expect(say(ours.member.client, room.id, 'after')).rejects.toEqual(fails(422, 'room.archived'))
    expect(bodies(await ours.member.client.call('listMessages', { path }))).toEqual(['before'])
    const listed = async (query: object) =>
      (await ours.owner.client.call('listRooms', { query })).items.map((one) => one.id)
    expect(await listed({ limit: 200 })).not.toContain(room.id)
    expect(await listed({ limit: 200, archived: true })).toContain(room.id)
    await ours.owner.client.call('updateRoom', { path, body: { version: archived.version, archived: false } })
    await say(ours.member.client, room.id, 'again')
  })
})
