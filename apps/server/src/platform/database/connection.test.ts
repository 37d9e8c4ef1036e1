import { describe, expect, test } from 'vitest'
import { connectionConfig } from './connection.ts'
import { socketUrl, withDatabase } from './server.ts'

describe('connection URLs', () => {
  test('a socket’s folder stands in the place of the host', () => {
    expect(socketUrl('/data/stoa 1/run', 'me', 'stoa')).toBe('postgresql://me@%2Fdata%2Fstoa%201%2Frun/stoa')
  })

  test('another database keeps everything else', () => {
    expect(withDatabase('postgresql://me:p%40ss@host:5433/one?sslmode=require', 'two words')).toBe(
      'postgresql://me:p%40ss@host:5433/two%20words?sslmode=require',
    )
  })

  test('limits are added to the options that the URL brings', () => {
    const config = connectionConfig(
      'postgresql://me@host/stoa?options=-c%20geqo%3Doff&sslmode=require',
      'test',
      {
        statementTimeout: 5,
      },
    )
    expect(config.connectionString).toBe('postgresql://me@host/stoa?sslmode=require')
    expect(config.options).toMatch(/^-c geqo=off -c search_path=stoa .*statement_timeout=5 /)
    expect(config.application_name).toBe('stoa-test')
  })
})
