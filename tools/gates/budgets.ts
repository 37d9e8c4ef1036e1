import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { formatBudgets, judge } from '../budgets/budgets.ts'
import { measureFile } from '../budgets/measure.ts'
import { type Gate, verdictOfFaults } from '../lib/gate.ts'
import { isShippedSource, repositoryFiles } from '../lib/repository.ts'
import { ROOT } from '../lib/workspaces.ts'

export const budgetGate: Gate = {
  name: 'sizes of files and functions',
  run: async () => {
    const paths = repositoryFiles().filter(isShippedSource)
    const report = judge(paths.map((path) => measureFile(path, readFileSync(join(ROOT, path), 'utf8'))))
    return verdictOfFaults(report.faults, formatBudgets(report))
  },
}
