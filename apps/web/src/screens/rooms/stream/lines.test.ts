import type { TimelineRow } from '@stoa/sdk'
import { describe, expect, it } from 'vitest'
import type { Message } from '../../../data/rooms.ts'
import { linesOf, streamLines, stretchAround } from './lines.ts'

const me = 'me'
const message = (
  sequence: number,
  author: string,
  minutes: number,
  given: Partial<Message> = {},
): TimelineRow => {
  const made: Message = {
    ...{ id: `m${sequence}`, room_id: 'r', sequence, revision: sequence, version: 1, body: `${sequence}` },
    author: { account_id: author, display_name: author },
    ...{
      thread_root_id: null,
      thread: null,
      mentions: [],
      mentions_everyone: false,
      citations: [],
      quotes: [],
    },
    ...{ attachments: [], reactions: [], edited_at: null, deleted_at: null },
    created_at: new Date(Date.UTC(2026, 10, 21, 10, minutes)).toISOString(),
    ...given,
  }
  return { kind: 'message', key: made.id, message: made }
}
const gap = (from: number, to: number): TimelineRow => ({ kind: 'gap', key: `gap ${from}`, from, to })
const shape = (rows: readonly TimelineRow[], readUntil?: number) =>
  linesOf(rows, { accountId: me, readUntil }).lines.map((line) =>
    line.kind === 'message' ? `${line.message.sequence}${line.continued ? '+' : ''}` : line.kind,
  )

describe('lines of a conversation', () => {
  it('puts a day above its first message and one name above what follows soon', () => {
    const rows = [message(1, 'a', 0), message(2, 'a', 3), message(3, 'b', 4), message(4, 'b', 20)]
    expect(shape(rows)).toEqual(['day', '1', '2+', '3', '4'])
    expect(shape([message(1, 'a', 0), message(2, 'a', 3000)])).toEqual(['day', '1', 'day', '2'])
  })

  it('draws the new line above the first unread of others, once', () => {
    const rows = [message(1, 'a', 0), message(2, me, 1), message(3, 'a', 2), message(4, 'a', 3)]
    expect(shape(rows, 1)).toEqual(['day', '1', '2', 'new', '3', '4+'])
    expect(shape(rows, 4)).toEqual(['day', '1', '2', '3', '4+'])
  })

  it('keeps gaps at the ends out of the lines and those between in them', () => {
    const rows = [gap(1, 4), message(5, 'a', 0), gap(6, 8), message(9, 'a', 1), gap(10, 12)]
    // Whether the day of the first begins with it is not known.
    expect(shape(rows)).toEqual(['5', 'gap', '9'])
    expect(linesOf(rows, { accountId: me, readUntil: undefined })).toMatchObject({
      before: { from: 1, to: 4 },
      after: { from: 10, to: 12 },
    })
  })

  it('starts a name anew after a removed message, and leaves out what is being removed', () => {
    const gone = message(2, 'a', 1, { deleted_at: '2026-11-21T11:00:00Z' })
    expect(shape([message(1, 'a', 0), gone, message(3, 'a', 2)])).toEqual(['day', '1', '2+', '3'])
    const rows = [message(1, 'a', 0), message(2, 'a', 1)]
    const { lines } = linesOf(rows, { accountId: me, readUntil: undefined, hidden: new Set(['m2']) })
    expect(lines).toHaveLength(2)
  })

  it('shows what waits after everything else, as one’s own', () => {
    const created_at = Date.UTC(2026, 10, 21, 10, 1)
    const pending: TimelineRow = {
      kind: 'pending',
      key: 'p',
      pending: { id: 'p', body: 'x', state: 'waiting', created_at },
    }
    const { lines } = linesOf([message(1, me, 0), pending], { accountId: me, readUntil: undefined })
    expect(lines.at(-1)).toMatchObject({ kind: 'pending', continued: true })
  })
})

describe('the stretch of a room one stands in', () => {
  const middle = [message(500, 'a', 0), gap(501, 520), message(521, 'a', 1)]
  const rows = [message(1, 'a', 0), gap(2, 499), ...middle, gap(522, 899), message(900, 'a', 2)]
  const numbers = (some: readonly TimelineRow[]) =>
    some.map((row) => (row.kind === 'message' ? row.message.sequence : row.kind))

  it('ends at wide gaps on both sides and holds narrow ones', () => {
    expect(numbers(stretchAround(rows, 500))).toEqual(['gap', 500, 'gap', 521, 'gap'])
    // A reply is not among the rows: the message after it stands for its place.
    expect(numbers(stretchAround(rows, 510))).toEqual(['gap', 500, 'gap', 521, 'gap'])
    expect(numbers(stretchAround(rows, 1))).toEqual([1, 'gap'])
    expect(numbers(stretchAround(rows, 900))).toEqual(['gap', 900])
  })

  it('is the newest without a place, also while the newest is not held', () => {
    expect(numbers(stretchAround(rows, undefined))).toEqual(['gap', 900])
    expect(numbers(stretchAround([...middle, gap(522, 899)], undefined))).toEqual([500, 'gap', 521, 'gap'])
    expect(stretchAround([], undefined)).toEqual([])
    expect(numbers(stretchAround([gap(1, 900)], undefined))).toEqual(['gap'])
  })

  it('has the beginning of the room only where that is', () => {
    const options = { accountId: me, readUntil: undefined }
    const kinds = (around: number) =>
      streamLines({ rows, atBeginning: true }, { ...options, around }).lines.map(({ kind }) => kind)
    expect(kinds(1)).toEqual(['beginning', 'day', 'message'])
    expect(kinds(900)).toEqual(['message'])
  })
})
