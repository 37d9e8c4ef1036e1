import { describe, expect, test } from 'vitest'
import { errorFields, isConflict, isConnectionLost, isDiskFull, sqlState } from './errors.ts'

const withCode = (code: string, message = 'said') => Object.assign(new Error(message), { code })

describe('errors of the server', () => {
  test.each(['40001', '40P01'])('%s is a conflict to be tried again', (code) => {
    expect(isConflict(withCode(code))).toBe(true)
    expect(isConnectionLost(withCode(code))).toBe(false)
  })

  test.each(['57P01', '57P03', '08006'])('%s is a lost connection', (code) => {
    expect(isConnectionLost(withCode(code))).toBe(true)
  })

  test.each([
    ['ECONNREFUSED', 'connect', true],
    ['ENOENT', 'connect', true],
    ['ECONNRESET', 'read', true],
    ['EPIPE', 'write', true],
    ['ENOENT', 'open', false],
    ['ENOTFOUND', 'getaddrinfo', false],
  ])('%s of %s is one: %s', (code, syscall, lost) => {
    expect(isConnectionLost(Object.assign(withCode(code), { syscall }))).toBe(lost)
  })

  test('so is what the driver says without a code', () => {
    expect(isConnectionLost(new Error('Connection terminated unexpectedly'))).toBe(true)
  })

  test.each(['23505', '42501', '53100'])('%s is neither', (code) => {
    expect([isConflict(withCode(code)), isConnectionLost(withCode(code))]).toEqual([false, false])
  })

  test('a full disk is known', () => {
    expect(isDiskFull(withCode('53100'))).toBe(true)
    expect(isDiskFull(new Error('no'))).toBe(false)
  })

  test('anything else has no state', () => {
    for (const thing of [undefined, null, 'text', {}, { code: 7 }]) expect(sqlState(thing)).toBeUndefined()
  })

  test('a log line holds the text and the code, and nothing of the connection', () => {
    const error = Object.assign(withCode('57P01'), { client: { password: 'secret' } })
    expect(errorFields(error)).toEqual({ error: 'said', code: '57P01' })
    expect(errorFields('plain')).toEqual({ error: 'plain' })
  })
})
