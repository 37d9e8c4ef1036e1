import { expect, test } from 'vitest'
import { readEnvironment } from './environment.ts'

test('without variables it is the server on this machine', () => {
  expect(readEnvironment({})).toEqual({
    url: 'http://127.0.0.1:4040',
    data: 'data',
    databaseUrl: undefined,
    sessions: expect.stringMatching(/\.config.stoa.sessions\.json$/),
  })
})

test('variables win, an empty one counts as absent, and the address goes before the port', () => {
  expect(readEnvironment({ STOA_PORT: '8080', STOA_URL: '' }).url).toBe('http://127.0.0.1:8080')
  expect(readEnvironment({ STOA_PORT: '8080', STOA_URL: 'https://read.example' }).url).toBe(
    'https://read.example',
  )
  expect(readEnvironment({ STOA_DATA: '/srv', DATABASE_URL: 'postgres://db' })).toMatchObject({
    data: '/srv',
    databaseUrl: 'postgres://db',
  })
})
