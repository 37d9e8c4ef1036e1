import { expect, test } from 'vitest'
import type { ModerationEntry } from '../../../data/boards.ts'
import { author, board, detail, hash, opened, post } from '../mock.ts'
import { causeOf, closedTo } from './closed.ts'

const me = author(4)
const accountId = me.account_id ?? ''
const may = { post: true, comment: true, moderate: false, own: false, settings: false }
const reads = { ...may, post: false, comment: false }
const open = detail(board(1, 'Walks', { can: may }))
const locked = opened(post(1, 2, 5, 'Tea', { locked: true }), 'Green.')

test('it is told why somebody may not write', () => {
  expect(closedTo(accountId, open)).toBeUndefined()
  expect(closedTo(accountId, open, { ...locked, locked: false })).toBeUndefined()
  expect(closedTo(accountId, open, locked)).toBe('locked')
  expect(closedTo(accountId, { ...open, can: reads, access: 'granted' }, locked)).toBe('named')
  expect(closedTo(accountId, { ...open, can: reads, title: null })).toBe('unnamed')
  expect(closedTo(accountId, { ...open, can: reads, banned: [author(3), me] }, locked)).toBe('banned')
})

test('a lock does not close a discussion to moderators', () => {
  expect(closedTo(accountId, { ...open, can: { ...may, moderate: true } }, locked)).toBeUndefined()
})

test('its cause is the last act that counts and was about this', () => {
  const act = (n: number, given: Partial<ModerationEntry>): ModerationEntry => ({
    ...{ id: hash(n), action: 'ban', by: author(3), target_id: null, author: me, role: null, reason: '' },
    ...{ created_at: '2026-11-21T14:00:00Z', kept_out: null },
    ...given,
  })
  const lock = { action: 'lock', author: null } as const
  const log = [
    act(1, { kept_out: 'no_right' }),
    act(2, { author: author(5) }),
    act(3, { action: 'unban' }),
    act(4, {}),
    act(5, {}),
    act(6, { ...lock, target_id: hash(9) }),
    act(7, { ...lock, target_id: locked.id }),
  ]
  const asked = { accountId, postId: locked.id }
  expect(causeOf(log, 'banned', asked)?.id).toBe(hash(4))
  expect(causeOf(log, 'locked', asked)?.id).toBe(hash(7))
  expect(causeOf(log, 'locked', { ...asked, postId: undefined })).toBeUndefined()
  expect(causeOf(log, 'named', asked)).toBeUndefined()
})
