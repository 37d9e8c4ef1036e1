import { writeFileSync } from 'node:fs'
import type { Reporter, SerializedError, TestModule } from 'vitest/node'
import type { Tally } from './lib/gate.ts'

/** Where the figures of a run go, for whoever started it (tools/test.ts). */
export const REPORT_FILE_VARIABLE = 'STOA_TEST_REPORT'

/**
 * Counts what ran. A file that cannot be loaded holds no test, and an error outside any test belongs to none:
 * both count as failures, so that nothing that went wrong is left out of the sum.
 */
export function tallyOf(modules: readonly TestModule[], unhandled: readonly unknown[]): Tally {
  const tally: Tally = { passed: 0, failed: unhandled.length, skipped: 0 }
  for (const module of modules) {
    if (module.errors().length > 0) tally.failed++
    for (const test of module.children.allTests()) {
      const { state } = test.result()
      if (state === 'passed') tally.passed++
      else if (state === 'failed') tally.failed++
      else tally.skipped++
    }
  }
  return tally
}

export default class TallyReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    const file = process.env[REPORT_FILE_VARIABLE]
    if (file) writeFileSync(file, JSON.stringify(tallyOf(modules, unhandled)))
  }
}
