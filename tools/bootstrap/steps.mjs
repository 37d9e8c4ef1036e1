import { accessSync, constants, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { run } from './run.mjs'
import { BootstrapError, say, tail } from './say.mjs'
import { contentHash, readStamp } from './stamp.mjs'

/** @typedef {import('./toolbox.mjs').Toolbox} Toolbox */

const WEB_SOURCES = [
  'apps/web',
  'packages/contracts/src',
  'packages/kernel/src',
  'packages/locators/src',
  'packages/sdk/src',
  'packages/ui',
  'pnpm-lock.yaml',
]

/**
 * The environment that children get. NODE_ENV=production would leave out what builds the app; an account without a home
 * it can write to (a service user) keeps the package managers' caches in the checkout.
 * @param {string} root @param {NodeJS.ProcessEnv} env
 */
export function childEnvironment(root, env) {
  const { NODE_ENV: _left, ...rest } = env
  if (canWrite(homedir())) return rest
  const caches = join(root, '.tools', 'home')
  mkdirSync(caches, { recursive: true })
  return {
    ...rest,
    HOME: caches,
    npm_config_cache: join(caches, 'npm'),
    XDG_CACHE_HOME: join(caches, 'cache'),
    XDG_DATA_HOME: join(caches, 'data'),
    XDG_CONFIG_HOME: join(caches, 'config'),
    XDG_STATE_HOME: join(caches, 'state'),
  }
}

/** @param {string} folder */
function canWrite(folder) {
  try {
    accessSync(folder, constants.W_OK)
    return true
  } catch {
    return false
  }
}

/**
 * Runs `work` unless its inputs are those of the last time it went well.
 * @param {{ stamp: string, hash: string }} state @param {() => Promise<void>} work
 */
async function once({ stamp, hash }, work) {
  if (readStamp(stamp) === hash) return
  await work()
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, hash)
}

/** @param {string} root */
const installState = (root) => ({
  stamp: join(root, 'node_modules', '.stoa-installed'),
  hash: contentHash(root, ['pnpm-lock.yaml', 'pnpm-workspace.yaml']),
})

/** @param {string} root */
export function dependenciesAreFresh(root) {
  const { stamp, hash } = installState(root)
  return readStamp(stamp) === hash
}

/** Installs what the lock file names, when it changed. @param {string} root @param {Toolbox} toolbox */
export function installDependencies(root, toolbox) {
  return once(installState(root), async () => {
    say('Installing dependencies (the first time takes a minute or two)')
    const args = ['install', '--frozen-lockfile', '--prefer-offline', '--config.confirmModulesPurge=false']
    await must(root, toolbox, args, 'The dependencies could not be installed.')
  })
}

/** Builds the web app when its sources changed. @param {string} root @param {Toolbox} toolbox */
export function buildWeb(root, toolbox) {
  if (!existsSync(join(root, 'apps/web/index.html'))) return Promise.resolve()
  const state = { stamp: join(root, 'apps/web/dist/.built-from'), hash: contentHash(root, WEB_SOURCES) }
  return once(state, async () => {
    say('Building the web app')
    await must(root, toolbox, ['--filter', '@stoa/web', 'run', 'build'], 'The web app could not be built.')
  })
}

/** @param {string} root @param {Toolbox} toolbox @param {string[]} args @param {string} message */
async function must(root, { node, pnpm, env }, args, message) {
  const { code, output } = await run(node, [pnpm, ...args], { cwd: root, env })
  if (code !== 0) throw new BootstrapError(`${message}\n${tail(output, 40)}`)
}
