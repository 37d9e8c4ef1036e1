import { describe, expect, test } from 'vitest'
import type { Client } from '../client.ts'
import { ApiError, ConnectionError } from '../errors.ts'
import { Room } from './room.ts'
import type { RoomMessage } from './timeline.ts'

const roomId = '0197a000-0000-7000-8000-000000000001'
const clock = { now: () => 1_000 }

interface Asked {
  readonly operation: string
  readonly input: { readonly query?: Record<string, unknown>; readonly body?: { id: string; body: string } }
}

/** A room of one's own without a network; answers may be exchanged for failures. */
class FakeServer {
  readonly messages: RoomMessage[] = []
  readonly asked: Asked[] = []
  fault: Error | undefined

  readonly client = {
    call: (operation: string, input: unknown) => this.#answer(operation, input),
  } as unknown as Pick<Client, 'call'>

  say(
    body: string,
    id = `0197a000-0000-7000-8000-${String(this.messages.length).padStart(12, '0')}`,
  ): RoomMessage {
    const known = this.messages.find((one) => one.id === id)
    if (known) return known
    const sequence = this.messages.length + 1
    const message: RoomMessage = {
      ...{ id, room_id: roomId, sequence, revision: sequence, version: 1, body, thread_root_id: null },
      author: { account_id: roomId, display_name: 'Me' },
      ...{ thread: null, mentions: [], mentions_everyone: false, citations: [], quotes: [], attachments: [] },
      ...{ reactions: [], created_at: '2026-11-22T00:00:00Z', edited_at: null, deleted_at: null },
    }
    this.messages.push(message)
    return message
  }

  async #answer(operation: string, input: unknown): Promise<unknown> {
    const asked = { operation, input: input as Asked['input'] }
    this.asked.push(asked)
    await Promise.resolve()
    if (this.fault) throw this.fault
    const { query = {}, body } = asked.input
    const last = this.messages.length
    const counters = { last_sequence: last, last_revision: last }
    if (operation === 'sendMessage' && body) return this.say(body.body, body.id)
    if (operation === 'listRoomChanges') {
      const items = this.messages.filter((one) => one.revision > Number(query.after))
      return { items, through_revision: last, more: false, ...counters }
    }
    const to = query.before === undefined ? last : Number(query.before) - 1
    const from = Math.max(1, to - Number(query.limit) + 1)
    const ends = { before: from > 1 ? from : null, after: to < last ? to : null, anchor_sequence: null }
    return {
      items: this.messages.slice(from - 1, to),
      from_sequence: from,
      to_sequence: to,
      ...ends,
      ...counters,
    }
  }
}

const bodies = (room: Room): string[] =>
  room.timeline
    .snapshot()
    .rows.map((row) =>
      row.kind === 'message' ? row.message.body : row.kind === 'pending' ? `…${row.pending.body}` : '-',
    )

const made = (server: FakeServer) => new Room({ client: server.client, roomId, clock, pageSize: 3 })

describe('a room', () => {
  test('is opened at its end and filled backwards', async () => {
    const server = new FakeServer()
    for (let n = 1; n <= 7; n += 1) server.say(String(n))
    const room = made(server)
    await room.open()
    expect(bodies(room)).toEqual(['-', '5', '6', '7'])
    for (;;) {
      const gap = room.timeline.snapshot().rows.find((row) => row.kind === 'gap')
      if (gap?.kind !== 'gap') break
      await room.fill(gap, 'end')
    }
    expect(bodies(room)).toEqual(['1', '2', '3', '4', '5', '6', '7'])
    expect(room.timeline.snapshot()).toMatchObject({ atBeginning: true, atEnd: true })
  })

  test('sends in the order of writing, each message once, also when an answer was lost', async () => {
    const server = new FakeServer()
    const room = made(server)
    await room.open()
    const sends = [room.send({ body: 'a' }), room.send({ body: 'b' }), room.send({ body: 'c' })]
    expect(bodies(room)).toEqual(['…a', '…b', '…c'])
    await Promise.all(sends)
    expect(bodies(room)).toEqual(['a', 'b', 'c'])
    server.fault = new ConnectionError('No answer.')
    const lost = room.send({ body: 'd' })
    await expect(lost).rejects.toBe(server.fault)
    const [pending] = room.timeline.pending
    if (!pending) throw new Error('it is not kept')
    expect(pending).toMatchObject({ state: 'waiting', body: 'd' })
    server.fault = undefined
    server.say('d', pending.id)
    await room.deliver(pending)
    expect(bodies(room)).toEqual(['a', 'b', 'c', 'd'])
    expect(server.messages).toHaveLength(4)
  })

  test('keeps what the server refuses, with the reason', async () => {
    const server = new FakeServer()
    const room = made(server)
    server.fault = new ApiError({ type: '', title: '', status: 422, code: 'room.archived', request_id: '' })
    await expect(room.send({ body: 'late' })).rejects.toBe(server.fault)
    expect(room.timeline.pending).toMatchObject([{ state: 'failed', problem: 'room.archived' }])
  })

  test('catches up with one question, and with none when nothing is missing', async () => {
    const server = new FakeServer()
    const room = made(server)
    server.say('1')
    await room.open()
    await room.catchUp()
    expect(server.asked.map((one) => one.operation)).toEqual(['listMessages'])
    server.say('2')
    room.timeline.applyEvent({ sequence: 3, revision: 3, message: server.say('3') })
    await Promise.all([room.catchUp(), room.catchUp()])
    expect(server.asked.map((one) => one.operation)).toEqual(['listMessages', 'listRoomChanges'])
    expect(bodies(room)).toEqual(['1', '2', '3'])
  })

  test('starts afresh after a long absence, without losing what was not sent', async () => {
    const server = new FakeServer()
    const room = made(server)
    server.say('1')
    await room.open()
    server.fault = new ConnectionError('No answer.')
    await expect(room.send({ body: 'mine' })).rejects.toBe(server.fault)
    server.fault = undefined
    for (let n = 2; n <= 2500; n += 1) server.say(String(n), `${n}`)
    room.timeline.noteCounters(2500, 2500)
    await room.catchUp()
    expect(bodies(room)).toEqual(['-', '2498', '2499', '2500', '…mine'])
  })
})
