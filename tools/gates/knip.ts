import { type Gate, verdictOf } from '../lib/gate.ts'
import { bin, run } from '../lib/run.ts'

export const knipGate: Gate = {
  name: 'nothing unused: files, exports, dependencies (knip)',
  run: async () => verdictOf(await run(bin('knip'), ['--no-progress', '--no-config-hints'])),
}
