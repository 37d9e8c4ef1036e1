import { globSync } from 'node:fs'
import { dirname } from 'node:path'
import { ROOT } from '../lib/workspaces.ts'
import { type InstalledPackage, installedPackages } from './packages.ts'

/** Third-party packages in what people get: the server, the apps and the libraries, without tools and tests. */
export function shippedPackages(): readonly InstalledPackage[] {
  const folders = globSync(['apps/*/package.json', 'packages/*/package.json'], { cwd: ROOT }).map((file) =>
    dirname(file),
  )
  return installedPackages(ROOT, folders.filter((folder) => folder !== 'packages/testkit').sort(), false)
}

/** Everything that is installed to build, test and measure. */
export function developmentPackages(): readonly InstalledPackage[] {
  const folders = globSync(['apps/*/package.json', 'packages/*/package.json', 'bench/package.json'], {
    cwd: ROOT,
  })
  return installedPackages(ROOT, ['.', ...folders.map((file) => dirname(file)).sort()], true)
}
