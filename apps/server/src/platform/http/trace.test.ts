import { expect, test } from 'vitest'
import { requestIdOf, traceIdOf } from './trace.ts'

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736'

test.each([
  [`00-${TRACE}-00f067aa0ba902b7-01`, true],
  [`01-${TRACE}-00f067aa0ba902b7-01-more`, true],
  [`00-${'0'.repeat(32)}-00f067aa0ba902b7-01`, false],
  [`00-${TRACE.toUpperCase()}-00f067aa0ba902b7-01`, false],
  ['nonsense', false],
  [undefined, false],
])('traceparent %s is taken: %s', (header, taken) => {
  expect(traceIdOf(header) === TRACE).toBe(taken)
  expect(traceIdOf(header)).toMatch(/^[0-9a-f]{32}$/)
})

test("a caller's request id is taken when it is a plain word", () => {
  expect(requestIdOf('abc-12345')).toBe('abc-12345')
  for (const bad of ['short', 'x'.repeat(65), 'with space 1', 'line\nbreak1', undefined]) {
    expect(requestIdOf(bad)).toMatch(/^[0-9a-f-]{36}$/)
  }
})
