/**
 * `npm run generate [name]`: rewrites every generated file, or those of one generator. A generator is a program
 * `tools/generate-NAME.ts`, or the `generate` script of a workspace; it must give the same bytes for the same sources.
 */
import { globSync } from 'node:fs'
import { basename, join } from 'node:path'
import { runShown } from './lib/run.ts'
import { ROOT, workspaces } from './lib/workspaces.ts'

interface Generator {
  name: string
  args: readonly string[]
  folder: string
}

const PNPM = join(ROOT, '.tools', 'node_modules', 'pnpm', 'bin', 'pnpm.mjs')

function generators(): Generator[] {
  const programs = globSync('tools/generate-*.ts', { cwd: ROOT }).sort()
  return [
    ...programs.map((file) => ({
      name: basename(file, '.ts').slice('generate-'.length),
      args: [join(ROOT, file)],
      folder: ROOT,
    })),
    ...workspaces()
      .filter(({ scripts }) => scripts.generate)
      .map(({ folder, name }) => ({ name, args: [PNPM, 'run', 'generate'], folder: join(ROOT, folder) })),
  ]
}

const [only] = process.argv.slice(2)
const chosen = generators().filter(({ name }) => only === undefined || name === only)
if (chosen.length === 0) {
  process.stderr.write(
    `No generator ${only}; there are: ${generators()
      .map(({ name }) => name)
      .join(', ')}\n`,
  )
  process.exitCode = 1
}
for (const { name, args, folder } of chosen) {
  process.stdout.write(`▸ ${name}\n`)
  const code = await runShown(process.execPath, args, { cwd: folder })
  if (code !== 0) {
    process.exitCode = code
    break
  }
}
