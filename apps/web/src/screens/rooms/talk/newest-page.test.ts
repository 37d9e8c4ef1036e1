import { RoomTimeline } from '@stoa/sdk'
import { expect, it } from 'vitest'
import { message } from '../mock.ts'
import { newestPage } from './newest-page.ts'

const ROOM = message(1, 1, 0, '').room_id
const page = (from: number, to: number, last: number) => ({
  items: Array.from({ length: to - from + 1 }, (_, n) => message(from + n, 1, 0, `${from + n}`)),
  ...{ from_sequence: from, to_sequence: to, before: null, after: null, anchor_sequence: null },
  ...{ last_sequence: last, last_revision: last },
})
const timelineOf = (...pages: ReturnType<typeof page>[]) => {
  const timeline = new RoomTimeline(ROOM)
  for (const one of pages) timeline.mergePage(one)
  return timeline
}
const numbers = (timeline: RoomTimeline) =>
  timeline.snapshot().rows.map((row) => (row.kind === 'message' ? row.message.sequence : row.kind))

it('begins another timeline where the room ended, with what is missing before it', () => {
  const kept = newestPage(timelineOf(page(1, 10, 400), page(301, 400, 400)).snapshot())
  expect(kept).toMatchObject({ from_sequence: 341, to_sequence: 400, last_revision: 400 })
  const again = timelineOf()
  if (kept) again.mergePage(kept)
  expect(numbers(again).slice(0, 2)).toEqual(['gap', 341])
  expect(numbers(again).at(-1)).toBe(400)
  expect(again.snapshot()).toMatchObject({ atEnd: true, atBeginning: false, resumeAfter: undefined })
})

it('of a short room is all of it', () => {
  const kept = newestPage(timelineOf(page(1, 5, 5)).snapshot())
  const again = timelineOf()
  if (kept) again.mergePage(kept)
  expect(numbers(again)).toEqual([1, 2, 3, 4, 5])
  expect(again.snapshot().atBeginning).toBe(true)
})

it('is nothing while the end of the room is not held', () => {
  expect(newestPage(timelineOf(page(1, 10, 400)).snapshot())).toBeUndefined()
  expect(newestPage(new RoomTimeline(ROOM).snapshot())).toBeUndefined()
})
