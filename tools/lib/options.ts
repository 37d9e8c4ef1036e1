import { parseArgs } from 'node:util'

export const SUITES = ['gates', 'unit', 'web', 'integration', 'browser'] as const
export type Suite = (typeof SUITES)[number]

export interface TestOptions {
  suites: readonly Suite[]
  /** Passed on to Vitest: parts of file names. */
  patterns: readonly string[]
  /** Everything runs: then coverage is measured and held to its floor. */
  full: boolean
  /** The tests of what must hold for long, each for minutes. */
  long: boolean
}

export const USAGE = `npm test [-- [--only SUITE[,SUITE]] [FILE…]]

  --only   which suites run: ${SUITES.join(', ')} (all of them unless said)
  --long   the tests of reliability alone, many more rounds of each (npm run test:long)
  FILE     parts of test file names; only those files run, and no gate`

/** @throws Error that says what is wrong with the arguments */
export function parseTestOptions(args: readonly string[]): TestOptions {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { only: { type: 'string', multiple: true }, long: { type: 'boolean', default: false } },
    allowPositionals: true,
  })
  const named = (values.only ?? []).flatMap((list) => list.split(',')).filter(Boolean)
  for (const name of named) {
    if (!isSuite(name)) throw new Error(`No suite "${name}"; there are: ${SUITES.join(', ')}`)
  }
  if (values.long) {
    const patterns = positionals.length > 0 ? positionals : LONG
    return { suites: ['unit', 'integration'], patterns, full: false, long: true }
  }
  const chosen = SUITES.filter((suite) => named.length === 0 || named.includes(suite))
  const suites = positionals.length > 0 ? chosen.filter((suite) => suite !== 'gates') : chosen
  return { suites, patterns: positionals, full: named.length === 0 && positionals.length === 0, long: false }
}

/** Where the tests are that are worth running for longer: those that ask `@stoa/testkit/long` how often. */
const LONG = [
  'tests/reliability/',
  'tests/boards-kills',
  'packages/quantum/tests/',
  'packages/quantum/src/connection/simulation',
]

function isSuite(name: string): name is Suite {
  return SUITES.some((suite) => suite === name)
}
