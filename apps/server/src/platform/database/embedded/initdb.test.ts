import { describe, expect, test } from 'vitest'
import { startFailure } from './initdb.ts'

describe('a server that did not start', () => {
  test.each([
    [
      'initdb: error: could not write to file: No space left on device',
      'database.disk_full',
      /Free some space/,
    ],
    ['FATAL:  could not open file "x": Permission denied', 'database.folder_denied', /start as that user/],
    [
      'initdb: error: could not look up effective user ID 7: user does not exist',
      'database.embedded_failed',
      /passwd/,
    ],
    ['LOG: hello\nFATAL:  bad settings\nLOG: bye', 'database.embedded_failed', /FATAL: {2}bad settings/],
    ['', 'database.embedded_failed', /said nothing/],
  ])('%j gives %s', (output, code, text) => {
    const failure = startFailure(output, '/data/postgres.log')
    expect(failure).toMatchObject({ code, message: expect.stringMatching(text) })
  })

  test('names the log', () => {
    expect(startFailure('FATAL: no', '/data/postgres.log').message).toContain('/data/postgres.log')
  })
})
