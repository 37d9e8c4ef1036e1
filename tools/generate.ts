/**
 * `npm run generate`: rewrites every generated file. A workspace that has some says how in its `generate` script;
 * each script must give the same bytes for the same sources.
 */
import { join } from 'node:path'
import { runShown } from './lib/run.ts'
import { ROOT, workspaces } from './lib/workspaces.ts'

const PNPM = join(ROOT, '.tools', 'node_modules', 'pnpm', 'bin', 'pnpm.mjs')

for (const { folder, name, scripts } of workspaces()) {
  if (!scripts.generate) continue
  process.stdout.write(`▸ ${name}\n`)
  const code = await runShown(process.execPath, [PNPM, 'run', 'generate'], { cwd: join(ROOT, folder) })
  if (code !== 0) {
    process.exitCode = code
    break
  }
}
