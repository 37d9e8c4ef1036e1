import { afterEach, expect, test } from 'vitest'
import { keepLeft, recoverLeft } from './left-places.ts'
import type { Place } from './types.ts'

const mine = { name: 'stoa-anna-readers' }
const place = (fraction: number): Place => ({
  locator: { type: 'pdf', page: 3 },
  fraction,
  device_id: 'd',
  device_name: 'D',
  recorded_at: '2026-11-21T10:00:00.000Z',
})
const recovered = async (database = mine) => {
  const found: [string, number][] = []
  await recoverLeft(database, async (bookId, { fraction }) => void found.push([bookId, fraction]))
  return found
}

afterEach(() => localStorage.clear())

test('what the database never got is handed over once', async () => {
  keepLeft(mine, 'walden', place(0.4))
  keepLeft(mine, 'walden', place(0.5))
  expect(await recovered()).toEqual([['walden', 0.5]])
  expect(await recovered()).toEqual([])
})

test('what the database has is not handed over', async () => {
  const forget = keepLeft(mine, 'walden', place(0.4))
  keepLeft(mine, 'emma', place(0.1))
  forget()
  expect(await recovered()).toEqual([['emma', 0.1]])
})

test('a later place stays when an earlier one has reached the database', async () => {
  const forget = keepLeft(mine, 'walden', place(0.4))
  keepLeft(mine, 'walden', place(0.5))
  forget()
  expect(await recovered()).toEqual([['walden', 0.5]])
})

test('places of another account stay where they are, and what is no place is dropped', async () => {
  keepLeft({ name: 'stoa-ben-readers' }, 'walden', place(0.9))
  localStorage.setItem('stoa.left.stoa-anna-readers.x', '{broken')
  expect(await recovered()).toEqual([])
  expect(await recovered({ name: 'stoa-ben-readers' })).toEqual([['walden', 0.9]])
})
