import { expect, test } from 'vitest'
import { ApiError, OfflineError } from '../data/problem.ts'
import { judge } from './send.ts'
import type { Write } from './types.ts'

const problem = (status: number, details?: object, retryAfter?: number, code = 'x.y') =>
  new ApiError(
    {
      type: 'about:blank',
      title: '',
      status,
      code,
      request_id: 'r',
      ...(details && { details: { ...details } }),
    },
    retryAfter,
  )

const update: Write = {
  kind: 'note.update',
  id: 'n',
  version: 1,
  base: { body: 'before', tags: ['a'] },
  changes: { body: 'mine', tags: ['a', 'mine'] },
}

test('the server away, busy or unwell means later', () => {
  expect(judge(update, new OfflineError(''))).toEqual({ kind: 'later' })
  expect(judge(update, problem(503))).toEqual({ kind: 'later' })
  expect(judge(update, problem(429, undefined, 7))).toEqual({ kind: 'later', retryAfterMs: 7000 })
  expect(judge(update, problem(401))).toEqual({ kind: 'later' })
})

test('other fields changed elsewhere: sent again over the new version', () => {
  const current = { version: 5, body: 'before', tags: ['a', 'theirs'], title: 'theirs' }
  expect(judge(update, problem(409, { current }))).toEqual({
    kind: 'rewritten',
    write: {
      ...update,
      version: 5,
      base: { body: 'before', tags: ['a', 'theirs'] },
      changes: { body: 'mine', tags: ['a', 'theirs', 'mine'] },
    },
  })
})

test('the same field changed elsewhere is for a person, with both sides', () => {
  const current = { version: 5, body: 'theirs', tags: ['a'] }
  expect(judge(update, problem(409, { current }))).toEqual({
    kind: 'conflict',
    problem: { fields: ['body'], theirs: current },
  })
})

test('removing what is gone is done; being refused is a failure that is kept', () => {
  expect(judge({ kind: 'note.delete', id: 'n' }, problem(404))).toEqual({ kind: 'done' })
  expect(judge({ kind: 'reading.end', sessionId: 's', body: { at: '' } }, problem(404))).toEqual({
    kind: 'done',
  })
  expect(judge(update, problem(403))).toMatchObject({ kind: 'failed', problem: { code: 'x.y' } })
})

test('a thing whose first reply was lost, and that was changed since, is changed where it is', () => {
  const create: Write = {
    kind: 'note.create',
    body: { id: 'n', body: 'as it is now', tags: ['a'], created_at: '2026-11-21T10:00:00Z' },
  }
  expect(judge(create, problem(422, undefined, undefined, 'idempotency.mismatch'))).toEqual({
    kind: 'rewritten',
    write: {
      kind: 'note.update',
      id: 'n',
      version: 1,
      base: {},
      changes: { title: null, body: 'as it is now', tags: ['a'], visibility: 'private' },
    },
  })
  expect(judge(create, problem(422)).kind).toBe('failed')
})
