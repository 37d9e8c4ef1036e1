import { expect, test } from 'vitest'
import { formatResults, formatTable, mergePart, mergeRows } from './results.ts'
import { type Figure, type Row, toRow } from './row.ts'

const occasion = { machine: '2 cores', commit: 'abc1234', date: '2026-11-22T00:00:00.000Z' }
const row = (bench: string, figure: Partial<Figure> = {}): Row =>
  toRow(bench, { case: 'one word', metric: 'p95', value: 12.3456, unit: 'ms', ...figure }, occasion)

test('a figure becomes a row: rounded, with the ratio to its peer', () => {
  expect(row('search', { peer: 'ts_rank', peerValue: 50 })).toEqual({
    bench: 'search',
    case: 'one word',
    metric: 'p95',
    value: 12.3,
    unit: 'ms',
    peer: 'ts_rank',
    peerValue: 50,
    ratio: 0.247,
    seeds: 1,
    ...occasion,
  })
  expect(row('search')).toMatchObject({ peer: null, peerValue: null, ratio: null })
  expect(row('search', { value: 123456.7 }).value).toBe(123457)
})

test('a run replaces what its benchmark had and leaves the others', () => {
  const kept = [row('import'), row('search', { case: 'gone' }), row('start')]
  const fresh = [row('search', { case: 'b' }), row('search', { case: 'a' })]
  expect(mergeRows(kept, 'search', fresh).map(({ bench, case: name }) => `${bench} ${name}`)).toEqual([
    'import one word',
    'search b',
    'search a',
    'start one word',
  ])
})

test('a part replaces the cases that were measured, in their place', () => {
  const kept = ['a', 'b', 'c'].map((name) => row('search', { case: name }))
  const fresh = [row('search', { case: 'new' }), row('search', { case: 'b', metric: 'p99' })]
  const merged = mergePart([row('start'), ...kept], 'search', fresh)
  expect(merged.map(({ case: name, metric }) => `${name} ${metric}`)).toEqual([
    'a p95',
    'b p99',
    'c p95',
    'new p95',
    'one word p95',
  ])
})

test('the document says which cases were measured at another time', () => {
  const later = { ...row('search', { case: 'b' }), commit: 'def5678' }
  const text = formatResults([row('search'), row('search', { case: 'a' }), later])
  expect(text).toContain(
    'on 2 cores, commit abc1234, 2026-11-22\n\\\nOn 2 cores, commit def5678, 2026-11-22 (`--only`): b\n',
  )
})

test('the same figure twice in one run is kept once, the later', () => {
  const fresh = [row('search', { value: 1 }), row('search', { value: 2 })]
  expect(mergeRows([], 'search', fresh).map(({ value }) => value)).toEqual([2])
})

test('the table is in columns', () => {
  expect(
    formatTable([row('search'), row('search', { case: 'a', peer: 'ts_rank', peerValue: 24.6912 })]),
  ).toBe(
    [
      'case      metric  value    peer     peer value  ratio',
      'one word  p95     12.3 ms',
      'a         p95     12.3 ms  ts_rank  24.7        0.5',
    ].join('\n'),
  )
})

test('the document groups by benchmark and says how each was made', () => {
  const text = formatResults([row('import', { case: 'a|b' }), row('search')])
  expect(text).toContain('## import\n\n`npm run bench -- import` on 2 cores, commit abc1234, 2026-11-22\n')
  expect(text).toContain('| a\\|b | p95 | 12.3 ms |  |  |  |')
  expect(text.indexOf('## import')).toBeLessThan(text.indexOf('## search'))
})
