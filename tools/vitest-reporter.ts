import { writeFileSync } from 'node:fs'
import type { Reporter, SerializedError, TestModule } from 'vitest/node'
import { nothingRan, type Tally } from './lib/gate.ts'

/** Where the figures of a run go, for whoever started it (tools/test.ts). */
export const REPORT_FILE_VARIABLE = 'STOA_TEST_REPORT'

/**
 * Counts what ran, and says what failed. A file that cannot be loaded holds no test, and an error of a suite's set-up or
 * outside any test belongs to none: they count as failures, so that nothing that went wrong is left out of the sum.
 */
export function tallyOf(modules: readonly TestModule[], unhandled: readonly SerializedError[]): Tally {
  const tally = nothingRan()
  const fail = (where: string, errors: readonly { message?: string }[]) => {
    tally.failed++
    tally.faults.push(`${where}: ${errors.map(({ message = '' }) => shortened(message)).join('; ')}`)
  }
  for (const error of unhandled) fail('outside any test', [error])
  for (const module of modules) {
    const file = module.relativeModuleId
    if (module.errors().length > 0) fail(file, module.errors())
    for (const suite of module.children.allSuites())
      if (suite.errors().length > 0) fail(`${file} > ${suite.fullName}`, suite.errors())
    for (const test of module.children.allTests()) {
      const { state, errors = [] } = test.result()
      if (state === 'passed') tally.passed++
      else if (state === 'failed') fail(`${file} > ${test.fullName}`, errors)
      else tally.skipped++
    }
  }
  return tally
}

/** The first lines of a message: an assertion's difference stands further up. */
function shortened(message: string): string {
  return message.split('\n', 3).join(' ').slice(0, 300)
}

export default class TallyReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    const file = process.env[REPORT_FILE_VARIABLE]
    if (file) writeFileSync(file, JSON.stringify(tallyOf(modules, unhandled)))
  }
}
