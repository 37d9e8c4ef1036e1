import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addSpan, holes, reachedFrom, type Span } from './spans.ts'
import { type MessagePage, type RoomChanges, type RoomMessage, RoomTimeline } from './timeline.ts'

const SEED = { seed: 20261122, numRuns: 300 }
const room = '0197a000-0000-7000-8000-000000000001'

/** A server's room in small: every act is one change; its whole past is kept, so that any answer can be given late. */
class FakeRoom {
  /** Messages as they were after each revision. */
  readonly states: RoomMessage[][] = [[]]

  get now(): RoomMessage[] {
    return this.states.at(-1) ?? []
  }

  act(act: { readonly kind: 'send' | 'reply' | 'edit' | 'delete'; readonly which: number }): void {
    const now = this.now
    const target = now[act.which % Math.max(now.length, 1)]
    const root = now.find((one) => one.thread_root_id === null)
    if (act.kind === 'send' || act.kind === 'reply' || target === undefined) {
      this.#push(now, message(now.length + 1, act.kind === 'reply' ? (root?.id ?? null) : null))
      return
    }
    const changed = {
      ...target,
      version: target.version + 1,
      body: act.kind === 'edit' ? `${target.body}!` : '',
    }
    const others = now.filter((one) => one !== target)
    const deleted = act.kind === 'delete' ? { deleted_at: '2026-11-22T00:00:00Z' } : {}
    this.#push(others, { ...changed, ...deleted })
  }

  #push(others: RoomMessage[], next: RoomMessage): void {
    const revision = this.states.length
    this.states.push([...others, { ...next, revision }].sort((a, b) => a.sequence - b.sequence))
  }

  /** A page as it was at a revision. */
  page(at: number, place: number, size: number): MessagePage {
    const state = this.states[at] ?? []
    const from = Math.min(place, state.length + 1)
    const to = Math.min(from + size - 1, state.length)
    const items = state.filter(
      (one) => one.thread_root_id === null && one.sequence >= from && one.sequence <= to,
    )
    const counters = { last_sequence: state.length, last_revision: at }
    return {
      ...{ items, from_sequence: from, to_sequence: to, anchor_sequence: null, ...counters },
      before: from > 1 ? from : null,
      after: to < state.length ? to : null,
    }
  }

  changes(at: number, after: number, limit: number): RoomChanges {
    const state = (this.states[at] ?? []).filter((one) => one.revision > after)
    const found = state.sort((a, b) => a.revision - b.revision)
    const items = found.slice(0, limit)
    const more = found.length > limit
    const through_revision = more ? (items.at(-1)?.revision ?? after) : Math.max(at, after)
    return { items, through_revision, more, last_sequence: (this.states[at] ?? []).length, last_revision: at }
  }

  event(revision: number) {
    const changed = this.states[revision]?.find((one) => one.revision === revision)
    return changed as RoomMessage
  }
}

function message(sequence: number, thread_root_id: string | null): RoomMessage {
  const id = `0197a000-0000-7000-8000-${String(sequence).padStart(12, '0')}`
  return {
    ...{ id, room_id: room, sequence, revision: 0, version: 1, body: `message ${sequence}`, thread_root_id },
    author: { account_id: room, display_name: 'Somebody' },
    ...{ thread: null, mentions: [], mentions_everyone: false, citations: [], quotes: [], attachments: [] },
    ...{ reactions: [], created_at: '2026-11-22T00:00:00Z', edited_at: null, deleted_at: null },
  }
}

type News = (timeline: RoomTimeline) => void

const acts = fc.array(
  fc.record({ kind: fc.constantFrom('send', 'send', 'reply', 'edit', 'delete'), which: fc.nat(30) }),
  { minLength: 1, maxLength: 30 },
)
const asked = fc.array(
  fc.record({
    what: fc.constantFrom('page', 'changes', 'event', 'bare event'),
    at: fc.nat(100),
    place: fc.nat(30),
    size: fc.integer({ min: 1, max: 8 }),
  }),
  { maxLength: 25 },
)

function newsOf(
  fake: FakeRoom,
  wanted: readonly { what: string; at: number; place: number; size: number }[],
): News[] {
  const last = fake.states.length - 1
  return wanted.map(({ what, at, place, size }): News => {
    const revision = at % (last + 1)
    if (what === 'page') return (one) => one.mergePage(fake.page(revision, place + 1, size))
    if (what === 'changes') {
      const after = place % (revision + 1)
      return (one) => one.mergeChanges(after, fake.changes(revision, after, size))
    }
    const changed = fake.event(Math.max(1, revision))
    const { sequence } = changed
    const event = { sequence, revision: changed.revision }
    return (one) => one.applyEvent(what === 'event' ? { ...event, message: changed } : event)
  })
}

const play = (news: readonly News[]): RoomTimeline => {
  const timeline = new RoomTimeline(room)
  for (const one of news) one(timeline)
  return timeline
}

describe('a timeline', () => {
  test('is the same in whatever order and however often its news come', () => {
    fc.assert(
      fc.property(acts, asked, fc.array(fc.nat()), (done, wanted, order) => {
        const fake = new FakeRoom()
        for (const one of done) fake.act(one)
        const news = newsOf(fake, wanted)
        const shuffled = [...news, ...news.filter((_, n) => n % 3 === 0)]
          .map((one, n) => ({ one, at: order[n % Math.max(order.length, 1)] ?? n }))
          .sort((a, b) => a.at - b.at)
          .map(({ one }) => one)
        expect(play(shuffled).snapshot()).toEqual(play(news).snapshot())
      }),
      SEED,
    )
  })

  test('becomes the room itself once gaps are loaded and changes are asked for', () => {
    fc.assert(
      fc.property(acts, asked, (done, wanted) => {
        const fake = new FakeRoom()
        for (const one of done) fake.act(one)
        const last = fake.states.length - 1
        const timeline = play(newsOf(fake, wanted))
        timeline.mergePage(fake.page(last, Math.max(1, fake.now.length - 4), 5))
        for (let round = 0; round < 200; round += 1) {
          const { resumeAfter, rows } = timeline.snapshot()
          const gap = rows.find((row) => row.kind === 'gap')
          if (resumeAfter !== undefined)
            timeline.mergeChanges(resumeAfter, fake.changes(last, resumeAfter, 3))
          else if (gap?.kind === 'gap') timeline.mergePage(fake.page(last, gap.from, 4))
          else break
        }
        const { rows } = timeline.snapshot()
        const shown = rows.map((row) => (row.kind === 'message' ? row.message : row.kind))
        expect(shown).toEqual(fake.now.filter((one) => one.thread_root_id === null))
      }),
      SEED,
    )
  })

  test('shows own messages at once, and each once', () => {
    const timeline = new RoomTimeline(room)
    const confirmed = { ...message(1, null), revision: 1 }
    const pending = { id: confirmed.id, body: 'message 1', state: 'waiting' as const, created_at: 0 }
    timeline.mergePage(new FakeRoom().page(0, 1, 5))
    timeline.addPending(pending)
    timeline.addPending(pending)
    timeline.addPending({ ...pending, id: message(9, null).id, body: 'later' })
    const kinds = () => timeline.snapshot().rows.map((row) => row.kind)
    expect(kinds()).toEqual(['pending', 'pending'])
    timeline.applyEvent({ sequence: 1, revision: 1, message: confirmed })
    timeline.mergeMessage(confirmed)
    timeline.addPending(pending)
    expect(kinds()).toEqual(['message', 'pending'])
    timeline.markFailed(message(9, null).id, 'room.archived')
    expect(timeline.pending).toMatchObject([{ state: 'failed', problem: 'room.archived' }])
    timeline.markFailed(message(9, null).id, undefined)
    expect(timeline.pending[0]).toEqual({
      id: message(9, null).id,
      body: 'later',
      state: 'waiting',
      created_at: 0,
    })
    timeline.removePending(message(9, null).id)
    expect(kinds()).toEqual(['message'])
  })

  test('shows an edit until the server knows better', () => {
    const timeline = new RoomTimeline(room)
    const first = { ...message(1, null), revision: 1 }
    timeline.mergeMessage(first)
    timeline.showEdit(first.id, { version: 1, body: 'edited' })
    const row = timeline.snapshot().rows[0]
    expect(row).toMatchObject({ message: { body: 'edited' } })
    timeline.mergeMessage({ ...first, revision: 2, version: 2, body: 'edited elsewhere' })
    expect(timeline.message(first.id)?.body).toBe('edited elsewhere')
  })

  test('keeps rows that did not change as they are, and tells of changes', () => {
    const fake = new FakeRoom()
    for (let n = 0; n < 3; n += 1) fake.act({ kind: 'send', which: 0 })
    const timeline = new RoomTimeline(room)
    let told = 0
    const end = timeline.subscribe(() => {
      told += 1
    })
    timeline.mergePage(fake.page(3, 1, 3))
    const before = timeline.snapshot()
    expect(timeline.snapshot()).toBe(before)
    fake.act({ kind: 'edit', which: 1 })
    timeline.applyEvent({ ...fake.event(4), message: fake.event(4) })
    const { rows } = timeline.snapshot()
    expect(rows[0]).toBe(before.rows[0])
    expect(rows[1]).not.toBe(before.rows[1])
    end()
    timeline.noteCounters(5, 6)
    expect(told).toBe(2)
    expect(timeline.snapshot()).toMatchObject({ resumeAfter: 4, lastSequence: 5, atEnd: false })
  })
})

test('spans are the numbers they hold', () => {
  const some = fc.array(fc.record({ from: fc.nat(30), size: fc.nat(6) }), { maxLength: 10 })
  fc.assert(
    fc.property(some, fc.nat(36), (given, start) => {
      const spans = given.reduce<readonly Span[]>(
        (all, { from, size }) => addSpan(all, { from: from + 1, to: from + size }),
        [],
      )
      const held = new Set(
        given.flatMap(({ from, size }) => Array.from({ length: size }, (_, n) => from + 1 + n)),
      )
      const inside = (n: number) => spans.some((one) => one.from <= n && n <= one.to)
      for (let n = 1; n <= 40; n += 1) expect(inside(n)).toBe(held.has(n))
      for (const hole of holes(spans, 40))
        for (let n = hole.from; n <= hole.to; n += 1) expect(held.has(n)).toBe(false)
      let reached = start
      while (held.has(reached + 1)) reached += 1
      expect(reachedFrom(spans, start + 1)).toBe(reached)
    }),
    SEED,
  )
})
