import { type Gate, verdictOf } from '../lib/gate.ts'
import { bin, run } from '../lib/run.ts'

/** Formatting and syntax-level rules by Biome; the rules that need types (floating promises and the like) by oxlint. */
export const lintGates: readonly Gate[] = [
  {
    name: 'lint: Biome',
    run: async () =>
      verdictOf(await run(bin('biome'), ['check', '--error-on-warnings', '--colors=off', '.'])),
  },
  {
    name: 'lint: oxlint, type-aware',
    run: async () => verdictOf(await run(bin('oxlint'), ['--type-aware', '--deny-warnings', '.'])),
  },
]
