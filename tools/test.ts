/**
 * `npm test`: the gates, then every test. It ends with one line `N passed, N failed, N skipped`, gates included, and
 * with a bad exit status when anything failed.
 */
import { join } from 'node:path'
import { coverageGate } from './gates/coverage.ts'
import { allGates } from './gates/index.ts'
import { addTallies, formatTally, nothingRan, type Tally } from './lib/gate.ts'
import { parseTestOptions, type TestOptions, USAGE } from './lib/options.ts'
import { runShown } from './lib/run.ts'
import { runGates } from './lib/run-gates.ts'
import { runVitest } from './lib/vitest.ts'
import { ROOT } from './lib/workspaces.ts'
import { provideParts } from './system/install.ts'
import { runOnOtherAdapters } from './system/other-adapters.ts'
import { SYSTEM_PARTS } from './system/parts.ts'
import { partsVerdict } from './system/verdict.ts'

const print = (line: string) => process.stdout.write(`${line}\n`)

async function testAll(options: TestOptions): Promise<Tally> {
  const has = (...suites: readonly string[]) => options.suites.some((suite) => suites.includes(suite))
  const missing = has('integration', 'browser') ? await provideParts(SYSTEM_PARTS, print) : []
  const parts = await runGates(partsVerdict(missing, process.env.CI === 'true'), print)
  const gates = has('gates') ? await runGates(allGates(), print) : nothingRan()

  const browserless = missing.some((part) => part.wantedBy === 'browser tests')
  const projects = options.suites.filter(
    (suite) => suite !== 'gates' && !(suite === 'browser' && browserless),
  )
  if (projects.length === 0) return addTallies(parts, gates)
  if (projects.includes('browser')) await buildWeb()
  const environment: Record<string, string> = options.long ? { STOA_LONG: '1' } : {}
  const tests = await runVitest(projects, options.patterns, { coverage: options.full, environment })
  const again = projects.includes('integration') && options.patterns.length === 0
  const others = again ? await runOnOtherAdapters(missing, print) : nothingRan()
  const coverage = options.full && !browserless ? await runGates([coverageGate], print) : nothingRan()
  return addTallies(parts, gates, tests, others, coverage)
}

/** Browser tests drive the app as it ships. A build that fails is left to them to report. */
async function buildWeb(): Promise<void> {
  await runShown(process.execPath, [join(ROOT, 'tools', 'bootstrap.mjs'), 'build'])
}

async function main(args: readonly string[]): Promise<void> {
  if (args.includes('--help') || args.includes('-h')) return void print(USAGE)
  const tally = await testAll(parseTestOptions(args))
  print(formatTally(tally))
  if (tally.failed > 0) process.exitCode = 1
}

await main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${USAGE}\n`)
  process.exitCode = 2
})
