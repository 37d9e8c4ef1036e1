import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'

export interface InstalledPackage {
  name: string
  version: string
  licence: string
  /** Made for some systems only, so that it is not installed everywhere. */
  platformBound: boolean
}

interface Manifest {
  name: string
  version: string
  license?: unknown
  licenses?: unknown
  os?: unknown
  cpu?: unknown
  dependencies?: Record<string, string>
  optionalDependencies?: Record<string, string>
  devDependencies?: Record<string, string>
}

/**
 * Every third-party package that the named workspaces need at run time, transitively, as installed.
 * Optional packages for other systems are absent; development dependencies are followed only when `development` is set.
 */
export function installedPackages(
  root: string,
  workspaces: readonly string[],
  development: boolean,
): readonly InstalledPackage[] {
  const found = new Map<string, InstalledPackage>()
  const seen = new Set<string>()
  const visit = (folder: string, top: boolean): void => {
    if (seen.has(folder)) return
    seen.add(folder)
    const manifest = readManifest(folder)
    const ours = !folder.includes('node_modules')
    if (!ours) found.set(`${manifest.name}@${manifest.version}`, describe(manifest))
    for (const name of dependencyNames(manifest, top && development)) {
      const target = resolve(folder, name)
      if (target) visit(target, false)
    }
  }
  for (const workspace of workspaces) visit(realpathSync(join(root, workspace)), true)
  return [...found.values()].sort((a, b) => compare(a.name, b.name) || compare(a.version, b.version))
}

function dependencyNames(manifest: Manifest, development: boolean): string[] {
  const { dependencies, optionalDependencies, devDependencies } = manifest
  return Object.keys({ ...dependencies, ...optionalDependencies, ...(development ? devDependencies : {}) })
}

/** Node's own way of looking: the nearest node_modules that has the package, from the importing folder upwards. */
function resolve(from: string, name: string): string | undefined {
  for (let folder = from; folder !== dirname(folder); folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name)
    if (existsSync(join(candidate, 'package.json'))) return realpathSync(candidate)
  }
  return undefined
}

function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
}

function describe(manifest: Manifest): InstalledPackage {
  return {
    name: manifest.name,
    version: manifest.version,
    licence: licenceOf(manifest),
    platformBound: manifest.os !== undefined || manifest.cpu !== undefined,
  }
}

/** The SPDX expression; older manifests hold an object, or a list of them. */
function licenceOf({ license, licenses }: Manifest): string {
  const names = [license ?? licenses].flat().map((entry) => {
    if (typeof entry === 'string') return entry
    const type = entry && typeof entry === 'object' && 'type' in entry ? entry.type : undefined
    return typeof type === 'string' ? type : 'unknown'
  })
  return names.join(' OR ')
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
