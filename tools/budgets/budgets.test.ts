import { expect, test } from 'vitest'
import { BUDGETS, formatBudgets, judge } from './budgets.ts'
import { type FileSize, measureFile } from './measure.ts'

const SAMPLE = `// a comment
export function outer(a: any): number {
  const inner = (b: number) => {
    return b
  }
  return inner(1)
}

// @ts-expect-error for the test
class Thing {
  method(): void {}
  abstract(): void
}
`

test('measures functions with what they hold, and counts escapes', () => {
  const { lines, functions, escapes } = measureFile('a.ts', SAMPLE)
  expect(lines).toBe(13)
  expect(functions).toEqual([
    { name: 'outer', line: 2, lines: 6 },
    { name: 'inner', line: 3, lines: 3 },
    { name: 'method', line: 11, lines: 1 },
  ])
  expect(escapes).toBe(2)
})

test('the word any in text or in a name is no escape', () => {
  expect(measureFile('a.ts', `const any = 'any' // any\nexport const company: string = any\n`).escapes).toBe(
    0,
  )
})

const file = (lines: number, functionLines: readonly number[] = [], escapes = 0): FileSize => ({
  path: `f${lines}.ts`,
  lines,
  functions: functionLines.map((size, i) => ({ name: `g${i}`, line: 1, lines: size })),
  escapes,
})

test('a tree within its budgets has no fault', () => {
  const report = judge([file(10, [5, 5, 5, 60]), file(60, [12]), file(300, [3, 3, 3, 3, 3])])
  expect(report.faults).toHaveLength(1) // 300 lines are more than the p90 of three files
  expect(judge(Array.from({ length: 20 }, () => file(80, [12, 12]))).faults).toEqual([])
})

test.each([
  ['the median file', Array.from({ length: 3 }, () => file(81)), 'half of the files'],
  [
    'the tenth largest file',
    [...Array.from({ length: 8 }, () => file(10)), file(251), file(251)],
    'a tenth of the files',
  ],
  ['one huge file', [...Array.from({ length: 20 }, () => file(10)), file(501)], 'f501.ts: 501 lines'],
  [
    'one huge function',
    [file(90), ...Array.from({ length: 20 }, () => file(1, [1])), file(85, [81])],
    'g0: 81 lines',
  ],
  ['escapes', [file(80, [], 1)], '1 any/suppressions'],
])('%s beyond its budget is a fault', (_name, files, fault) => {
  expect(judge(files).faults.join('\n')).toContain(fault)
})

test('figures are one line', () => {
  expect(formatBudgets(judge([file(10, [2]), file(20, [4])], BUDGETS))).toBe(
    '2 files 10/20/20, functions 2/4/4 lines (median/p90/most), any 0.00 in 1,000',
  )
})
