#!/usr/bin/env node
/**
 * The door to every command of this repository. It runs on any Node from 18 on, brings the Node and pnpm that Stoa
 * needs, installs and builds what changed, then hands over. Nothing to do means nothing done: about a tenth of a second.
 *
 *   node tools/bootstrap.mjs start | test | bench | example | cli | generate | build | check  [its arguments]
 */
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { withLock } from './bootstrap/lock.mjs'
import { handOver } from './bootstrap/run.mjs'
import { BootstrapError } from './bootstrap/say.mjs'
import { SERVER_FLAGS } from './bootstrap/server-flags.mjs'
import { buildWeb, childEnvironment, dependenciesAreFresh, installDependencies } from './bootstrap/steps.mjs'
import { ensureToolbox } from './bootstrap/toolbox.mjs'

/**
 * The program behind each command, flags of Node for it, its first arguments, and whether it wants the web app built.
 * @type {Record<string, { program?: string, node?: string[], args: string[], web: boolean }>}
 */
const COMMANDS = {
  start: { program: 'apps/server/src/main.ts', node: SERVER_FLAGS, args: [], web: true },
  test: { program: 'tools/test.ts', args: [], web: false },
  bench: { program: 'tools/bench.ts', args: [], web: true },
  example: { program: 'tools/example.ts', args: [], web: false },
  cli: { program: 'apps/cli/src/main.ts', args: [], web: false },
  generate: { program: 'tools/generate.ts', args: [], web: false },
  build: { args: [], web: true },
  check: { program: 'tools/test.ts', args: ['--only', 'gates'], web: false },
}

async function main() {
  const [name = '', ...args] = process.argv.slice(2)
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (!command) throw new BootstrapError(`Say one of: ${Object.keys(COMMANDS).join(', ')}`)

  const root = dirname(dirname(fileURLToPath(import.meta.url)))
  const env = childEnvironment(root, process.env)
  const lock = join(root, '.cache', 'bootstrap.lock')
  const toolbox = await withLock(lock, async () => {
    const found = await ensureToolbox(root, env)
    if (!dependenciesAreFresh(root)) await installDependencies(root, found)
    if (command.web && !asksForHelp(args)) await buildWeb(root, found)
    return found
  })
  if (!command.program) return
  const handed = [...(command.node ?? []), join(root, command.program), ...command.args, ...args]
  await handOver(toolbox.node, handed, { ...compiled(root, name), ...process.env, PATH: toolbox.env.PATH })
}

/**
 * Compiled modules are kept: the second start of a program costs half of the first. Not for tests, whose coverage would be
 * less exact. @param {string} root @param {string} name
 */
function compiled(root, name) {
  return name === 'test' || name === 'check' ? {} : { NODE_COMPILE_CACHE: join(root, '.cache', 'node') }
}

/** @param {string[]} args */
function asksForHelp(args) {
  return args.includes('--help') || args.includes('-h')
}

main().catch((error) => {
  process.stderr.write(`\n${error instanceof BootstrapError ? error.message : error.stack}\n`)
  process.exit(1)
})
