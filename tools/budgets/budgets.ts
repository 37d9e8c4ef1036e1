import type { FileSize } from './measure.ts'

/** ARCHITECTURE.md §5.8 and STYLE.md rule 15. */
export const BUDGETS = {
  file: { median: 80, p90: 250, most: 500 },
  function: { median: 12, p90: 40, most: 80 },
  /** `any` and suppressions in 1,000 lines. */
  escapesPerThousand: 1,
} as const

interface Spread {
  median: number
  p90: number
  most: number
}

export interface BudgetReport {
  files: number
  file: Spread
  function: Spread
  escapesPerThousand: number
  faults: readonly string[]
}

/** Holds measured files to the budgets; a fault names what to mend. */
export function judge(files: readonly FileSize[], budgets: typeof BUDGETS = BUDGETS): BudgetReport {
  const functions = files.flatMap((file) => file.functions.map((item) => ({ ...item, path: file.path })))
  const lines = files.reduce((sum, file) => sum + file.lines, 0)
  const escapes = files.reduce((sum, file) => sum + file.escapes, 0)
  const file = spreadOf(files.map((item) => item.lines))
  const fn = spreadOf(functions.map((item) => item.lines))
  const escapesPerThousand = lines === 0 ? 0 : (escapes * 1000) / lines
  const faults = [
    ...beyond('files', file, budgets.file),
    ...beyond('functions', fn, budgets.function),
    ...files
      .filter((item) => item.lines > budgets.file.most)
      .map((item) => `${item.path}: ${item.lines} lines, the most is ${budgets.file.most}`),
    ...functions
      .filter((item) => item.lines > budgets.function.most)
      .map(
        ({ path, line, name, lines }) =>
          `${path}:${line} ${name}: ${lines} lines, the most is ${budgets.function.most}`,
      ),
  ]
  if (escapesPerThousand > budgets.escapesPerThousand) {
    const worst = files.filter((item) => item.escapes > 0).map((item) => `${item.path} (${item.escapes})`)
    faults.push(`${escapes} any/suppressions in ${lines} lines: ${worst.join(', ')}`)
  }
  return { files: files.length, file, function: fn, escapesPerThousand, faults }
}

function beyond(what: string, found: Spread, allowed: Spread): string[] {
  const faults: string[] = []
  if (found.median > allowed.median)
    faults.push(`half of the ${what} exceed ${found.median} lines; ${allowed.median} are allowed`)
  if (found.p90 > allowed.p90)
    faults.push(`a tenth of the ${what} exceed ${found.p90} lines; ${allowed.p90} are allowed`)
  return faults
}

function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0
  return { median: at(0.5), p90: at(0.9), most: at(1) }
}

/** One line with every figure. */
export function formatBudgets({ files, file, function: fn, escapesPerThousand }: BudgetReport): string {
  const spread = (item: Spread) => `${item.median}/${item.p90}/${item.most}`
  return `${files} files ${spread(file)}, functions ${spread(fn)} lines (median/p90/most), any ${escapesPerThousand.toFixed(2)} in 1,000`
}
