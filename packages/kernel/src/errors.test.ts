import { expect, test } from 'vitest'
import { isStoaError, StoaError } from './errors.ts'

class BookError extends StoaError {
  override readonly name = 'BookError'
}

test('an error carries its code, its cause and its facts', () => {
  const cause = new Error('disk')
  const error = new BookError('book.damaged', 'It is damaged.', { cause, details: { part: 'cover' } })
  expect(error).toBeInstanceOf(Error)
  expect(error).toMatchObject({ name: 'BookError', code: 'book.damaged', message: 'It is damaged.' })
  expect(error.cause).toBe(cause)
  expect(error.details).toEqual({ part: 'cover' })
})

test('without a cause there is no property of that name', () => {
  expect('cause' in new StoaError('a.b', 'text')).toBe(false)
})

test('it is told from other errors', () => {
  expect(isStoaError(new BookError('a.b', 'text'))).toBe(true)
  expect(isStoaError(Object.assign(new Error('text'), { code: 'a.b' }))).toBe(false)
  expect(isStoaError('a.b')).toBe(false)
})
