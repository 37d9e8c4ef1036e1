import { join } from 'node:path'
import { type Gate, verdictOf } from '../lib/gate.ts'
import { run } from '../lib/run.ts'
import { ROOT } from '../lib/workspaces.ts'

/** The native compiler checks; TypeScript 6 stays for the tools that need its programming interface. */
const COMPILER = join(ROOT, 'node_modules', 'tsgo', 'lib', 'tsc.js')

const typecheck = (name: string, project: string): Gate => ({
  name: `types: ${name}`,
  run: async () => verdictOf(await run(process.execPath, [COMPILER, '-p', project])),
})

export const typeGates: readonly Gate[] = [
  typecheck('server, libraries, tools', '.'),
  typecheck('web app', 'apps/web'),
]
