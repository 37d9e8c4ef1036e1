import { expect, test } from 'vitest'
import { presentIn } from './presence.ts'

const state = (account_id: string, name: string, cursor: object | null = null) => ({
  account_id,
  user: { name },
  cursor,
})

test('each account is there once, oneself is not, those who write come first', () => {
  const states = new Map<number, Record<string, unknown>>([
    [1, state('me', 'Anna')],
    [2, state('b', 'Ben')],
    [3, state('c', 'Chloë', { anchor: 1 })],
    [4, state('b', 'Ben', null)],
    [5, { user: { name: 'Nobody' } }],
  ])
  expect(presentIn(states, 'me')).toEqual([
    { accountId: 'c', name: 'Chloë', writing: true },
    { accountId: 'b', name: 'Ben', writing: false },
  ])
})

test('who writes in one of two windows writes', () => {
  const states = new Map([
    [1, state('b', 'Ben', { anchor: 1 })],
    [2, state('b', 'Ben')],
  ])
  expect(presentIn(states, 'me')).toEqual([{ accountId: 'b', name: 'Ben', writing: true }])
})
