/** `npm run example -- NAME`: runs `examples/NAME/run.ts`; without a name it lists what there is. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { runShown } from './lib/run.ts'
import { ROOT } from './lib/workspaces.ts'

const EXAMPLES = join(ROOT, 'examples')
const names = readdirSync(EXAMPLES).filter((name) => existsSync(join(EXAMPLES, name, 'run.ts')))
const [name] = process.argv.slice(2)

if (name !== undefined && names.includes(name))
  process.exitCode = await runShown(process.execPath, [join(EXAMPLES, name, 'run.ts')])
else {
  process.stdout.write(`npm run example -- NAME, where NAME is one of: ${names.join(', ')}\n`)
  if (name !== undefined) process.exitCode = 2
}
