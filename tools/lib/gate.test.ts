import { expect, test } from 'vitest'
import { addTallies, formatTally, nothingRan } from './gate.ts'
import { runGates } from './run-gates.ts'

test('the sum is the last line, and what failed stands above it', async () => {
  const gates = await runGates(
    [
      { name: 'sizes', run: async () => ({ ok: true }) },
      { name: 'layers', run: async () => ({ ok: false, report: 'a imports b' }) },
      { name: 'a tool that is away', run: async () => ({ skipped: 'not here' }) },
      { name: 'a tool that crashes', run: () => Promise.reject(new Error('gone')) },
    ],
    () => {},
  )
  const tests = { passed: 4, failed: 1, skipped: 0, faults: ['boards.test.ts > a post is seen: it was not'] }
  expect(formatTally(addTallies(gates, tests)).split('\n')).toEqual([
    ' ✗ layers',
    ' ✗ a tool that crashes',
    ' ✗ boards.test.ts > a post is seen: it was not',
    '5 passed, 3 failed, 1 skipped',
  ])
  expect(formatTally(nothingRan())).toBe('0 passed, 0 failed, 0 skipped')
})
