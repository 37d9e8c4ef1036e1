import { expect, test } from 'vitest'
import { readEnvironment } from './environment.ts'

const none = () => undefined

test('without variables it is the server on this machine, at its usual port', () => {
  expect(readEnvironment({}, none)).toEqual({
    url: 'http://localhost:8000',
    data: 'data',
    databaseUrl: undefined,
    sessions: expect.stringMatching(/\.config.stoa.sessions\.json$/),
  })
})

test('variables win, an empty one counts as absent, and the address goes before the port', () => {
  expect(readEnvironment({ STOA_PORT: '8080', STOA_URL: '' }, none).url).toBe('http://localhost:8080')
  expect(readEnvironment({ STOA_PORT: '8080', STOA_URL: 'https://read.example' }, none).url).toBe(
    'https://read.example',
  )
  expect(readEnvironment({ STOA_DATA: '/srv', DATABASE_URL: 'postgres://db' }, none)).toMatchObject({
    data: '/srv',
    databaseUrl: 'postgres://db',
  })
})

test('a server that runs on the data folder is found where it says it is, unless another is named', () => {
  const running = (data: string) => (data === '/srv' ? 'http://localhost:8003' : undefined)
  expect(readEnvironment({ STOA_DATA: '/srv', STOA_PORT: '8000' }, running).url).toBe('http://localhost:8003')
  expect(readEnvironment({ STOA_DATA: '/srv', STOA_URL: 'https://read.example' }, running).url).toBe(
    'https://read.example',
  )
})
