import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { codeOf } from './say.mjs'

const SKIPPED = new Set(['node_modules', 'dist', 'coverage', '.cache', 'paraglide'])

/**
 * One hash of the named files and folders: their paths and contents, in a fixed order. What is missing counts as missing.
 * @param {string} root @param {string[]} paths relative to `root`
 */
export function contentHash(root, paths) {
  const hash = createHash('sha256')
  for (const path of paths) {
    for (const file of filesUnder(join(root, path))) {
      hash
        .update(`${relative(root, file)}\0`)
        .update(readFileSync(file))
        .update('\0')
    }
  }
  return hash.digest('hex')
}

/** @param {string} path @returns {string[]} */
function filesUnder(path) {
  let entries
  try {
    entries = readdirSync(path, { withFileTypes: true })
  } catch (error) {
    if (codeOf(error) === 'ENOTDIR') return [path]
    if (codeOf(error) === 'ENOENT') return []
    throw error
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1))
  return entries.flatMap((entry) => {
    if (SKIPPED.has(entry.name)) return []
    return entry.isDirectory()
      ? filesUnder(join(path, entry.name))
      : entry.isFile()
        ? [join(path, entry.name)]
        : []
  })
}

/** @param {string} file @returns {string | undefined} */
export function readStamp(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
