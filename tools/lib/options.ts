import { parseArgs } from 'node:util'

export const SUITES = ['gates', 'unit', 'web', 'integration', 'browser'] as const
export type Suite = (typeof SUITES)[number]

export interface TestOptions {
  suites: readonly Suite[]
  /** Passed on to Vitest: parts of file names. */
  patterns: readonly string[]
  /** Everything runs: then coverage is measured and held to its floor. */
  full: boolean
}

export const USAGE = `npm test [-- [--only SUITE[,SUITE]] [FILE…]]

  --only   which suites run: ${SUITES.join(', ')} (all of them unless said)
  FILE     parts of test file names; only those files run, and no gate`

/** @throws Error that says what is wrong with the arguments */
export function parseTestOptions(args: readonly string[]): TestOptions {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { only: { type: 'string', multiple: true } },
    allowPositionals: true,
  })
  const named = (values.only ?? []).flatMap((list) => list.split(',')).filter(Boolean)
  for (const name of named) {
    if (!isSuite(name)) throw new Error(`No suite "${name}"; there are: ${SUITES.join(', ')}`)
  }
  const chosen = SUITES.filter((suite) => named.length === 0 || named.includes(suite))
  const suites = positionals.length > 0 ? chosen.filter((suite) => suite !== 'gates') : chosen
  return { suites, patterns: positionals, full: named.length === 0 && positionals.length === 0 }
}

function isSuite(name: string): name is Suite {
  return SUITES.some((suite) => suite === name)
}
