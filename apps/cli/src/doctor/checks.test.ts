import { expect, test } from 'vitest'
import { type Facts, judge } from './checks.ts'

const SOUND: Facts = {
  nodeVersion: '24.21.0',
  data: { folder: '/srv/stoa', writable: true, exists: true, freeBytes: 50 * 2 ** 30 },
  port: { number: 4040, state: 'free' },
  database: { kind: 'embedded', state: 'works', text: 'works' },
}

const BUCKET = { bucket: 'books', origin: 'https://stoa.example' }

const stateOf = (facts: Facts, name: string) =>
  judge(facts).find((finding) => finding.name.startsWith(name))?.state

test('a sound machine has nothing to mend', () => {
  expect(judge(SOUND).map(({ state, hint }) => [state, hint])).toEqual(Array(5).fill(['good', undefined]))
})

test.each([
  ['Node', { nodeVersion: '22.18.0' }, 'bad'],
  ['Node', { nodeVersion: '24.11.1' }, 'bad'],
  ['Node', { nodeVersion: '24.12.0' }, 'good'],
  ['Node', { nodeVersion: '26.0.0' }, 'good'],
  ['Data folder', { data: { ...SOUND.data, writable: false } }, 'bad'],
  ['Disk', { data: { ...SOUND.data, freeBytes: 2 ** 30 } }, 'doubtful'],
  ['Disk', { data: { ...SOUND.data, freeBytes: 100 * 2 ** 20 } }, 'bad'],
  ['Port', { port: { number: 4040, state: 'stoa' as const } }, 'good'],
  ['Port', { port: { number: 4040, state: 'other' as const } }, 'doubtful'],
  ['Signing key', { keyAgeDays: 90 }, 'good'],
  ['Signing key', { keyAgeDays: 91 }, 'doubtful'],
  ['Files', { storage: { ...BUCKET, state: 'allowed' as const } }, 'good'],
  ['Files', { storage: { ...BUCKET, state: 'refused' as const, refused: ['PUT'] } }, 'bad'],
  ['Files', { storage: { ...BUCKET, state: 'unreachable' as const, reason: 'no' } }, 'bad'],
  ['Database', { database: { kind: 'url' as const, state: 'fails' as const, text: 'no' } }, 'bad'],
])('%s: %j is %s', (name, facts, state) => {
  expect(stateOf({ ...SOUND, ...facts }, name)).toBe(state)
})

test('whatever is not good says what to do', () => {
  const poor: Facts = {
    nodeVersion: '20.0.0',
    data: { ...SOUND.data, writable: false, freeBytes: 0 },
    port: { number: 80, state: 'other' },
    database: { kind: 'embedded', state: 'fails', text: 'no' },
    storage: { ...BUCKET, state: 'refused', refused: ['GET', 'PUT'] },
  }
  for (const { state, hint } of judge(poor)) {
    expect(state).not.toBe('good')
    expect(hint).toBeTruthy()
  }
})
