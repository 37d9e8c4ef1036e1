import { expect, test } from 'vitest'
import type { Write } from '../../../offline/types.ts'
import { ReadingClock } from './reading-clock.ts'

const START = Date.parse('2026-11-21T20:00:00Z')
const at = (seconds: number) => START + seconds * 1000

function clock() {
  const written: Write[] = []
  let ids = 0
  const reading = new ReadingClock({
    bookId: 'book',
    deviceId: 'device',
    timeZone: 'Asia/Shanghai',
    newId: () => `session-${++ids}`,
    write: (write) => written.push(write),
  })
  /** Seconds told in all beats. */
  const told = () =>
    written.reduce((sum, write) => sum + (write.kind === 'reading.beat' ? write.body.active_seconds : 0), 0)
  return { reading, written, told, kinds: () => written.map(({ kind }) => kind) }
}

test('the first sign of life begins a session', () => {
  const { reading, written } = clock()
  reading.tick(at(0))
  expect(written).toEqual([])
  reading.activity(at(1))
  expect(written).toEqual([
    {
      kind: 'reading.start',
      body: {
        id: 'session-1',
        book_id: 'book',
        device_id: 'device',
        started_at: '2026-11-21T20:00:01.000Z',
        time_zone: 'Asia/Shanghai',
      },
    },
  ])
})

test('a beat is told for every half minute of activity, numbered', () => {
  const { reading, written, told } = clock()
  for (let second = 0; second <= 90; second += 5) reading.activity(at(second))
  const beats = written.filter((write) => write.kind === 'reading.beat')
  expect(beats.map(({ body }) => body.sequence)).toEqual([1, 2, 3])
  expect(told()).toBe(90)
})

test('a minute without a sign of life ends the session; that minute counts, what follows does not', () => {
  const { reading, told, kinds, written } = clock()
  reading.activity(at(0))
  for (let second = 5; second <= 600; second += 5) reading.tick(at(second))
  expect(told()).toBe(60)
  expect(kinds().at(-1)).toBe('reading.end')
  expect(written.at(-1)).toMatchObject({ body: { at: '2026-11-21T20:01:00.000Z' } })
})

test('coming back begins another session', () => {
  const { reading, kinds, written } = clock()
  reading.activity(at(0))
  reading.activity(at(500))
  expect(kinds()).toEqual(['reading.start', 'reading.beat', 'reading.end', 'reading.start'])
  expect(written[3]).toMatchObject({ body: { id: 'session-2' } })
})

test('leaving tells the rest and ends, once', () => {
  const { reading, told, kinds } = clock()
  reading.activity(at(0))
  reading.stop(at(12))
  reading.stop(at(13))
  expect(told()).toBe(12)
  expect(kinds()).toEqual(['reading.start', 'reading.beat', 'reading.end'])
})

test('a machine that slept through the night does not count it', () => {
  const { reading, told } = clock()
  reading.activity(at(0))
  reading.tick(at(10))
  reading.activity(at(8 * 3600))
  expect(told()).toBe(60)
})

test('a clock set back counts nothing twice', () => {
  const { reading, told } = clock()
  reading.activity(at(100))
  reading.activity(at(40))
  reading.stop(at(50))
  expect(told()).toBeGreaterThanOrEqual(0)
  expect(told()).toBeLessThanOrEqual(10)
})
