import { globSync } from 'node:fs'
import { basename, join } from 'node:path'
import { type Gate, verdictOf } from '../lib/gate.ts'
import { run } from '../lib/run.ts'
import { ROOT } from '../lib/workspaces.ts'

/** One gate for each generator: what is committed is what its sources give. */
export function generatedGates(): readonly Gate[] {
  return globSync('tools/generate-*.ts', { cwd: ROOT })
    .sort()
    .map((file) => ({
      name: `generated files are fresh: ${basename(file, '.ts').slice('generate-'.length)}`,
      run: async () => verdictOf(await run(process.execPath, [join(ROOT, file), '--check'])),
    }))
}
