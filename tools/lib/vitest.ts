import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { REPORT_FILE_VARIABLE } from '../vitest-reporter.ts'
import { nothingRan, type Tally } from './gate.ts'
import type { Suite } from './options.ts'
import { runShown } from './run.ts'
import { ROOT } from './workspaces.ts'

export interface VitestOptions {
  readonly coverage?: boolean
  /** On top of our own. */
  readonly environment?: Readonly<Record<string, string>>
}

/** Runs the Vitest projects of the named suites; a run that ends without figures counts as one failure. */
export async function runVitest(
  suites: readonly Suite[],
  patterns: readonly string[],
  { coverage = false, environment = {} }: VitestOptions = {},
): Promise<Tally> {
  const folder = mkdtempSync(join(tmpdir(), 'stoa-test-'))
  const file = join(folder, 'tally.json')
  const args = [
    join(ROOT, 'node_modules', 'vitest', 'vitest.mjs'),
    'run',
    ...suites.flatMap((suite) => ['--project', suite]),
    '--passWithNoTests',
    '--reporter=default',
    `--reporter=${join(ROOT, 'tools', 'vitest-reporter.ts')}`,
    ...(coverage ? ['--coverage'] : []),
    ...patterns,
  ]
  try {
    const code = await runShown(process.execPath, args, {
      env: { ...process.env, ...environment, [REPORT_FILE_VARIABLE]: file },
    })
    return settle(code, readTally(file))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** A bad exit status that no test explains is a failure of its own. */
export function settle(code: number, tally: Tally | undefined): Tally {
  const found = tally ?? nothingRan()
  const unexplained = (code !== 0 || tally === undefined) && found.failed === 0
  return unexplained ? { ...found, failed: 1, faults: [`Vitest ended with exit status ${code}`] } : found
}

function readTally(file: string): Tally | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}
