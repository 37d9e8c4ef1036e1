import type { Dirent } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { BlobInfo } from '../blobs.ts'
import { checkPrefix } from '../key.ts'
import { codeOf, fromFileSystem } from './errors.ts'
import { toInfo } from './info.ts'

/** Every file below `root` whose key starts with `prefix`, in the order of the keys' bytes. */
export async function* walk(root: string, prefix: string): AsyncGenerator<BlobInfo> {
  checkPrefix(prefix)
  const folder = prefix.slice(0, prefix.lastIndexOf('/') + 1)
  yield* walkFolder(root, folder, prefix)
}

async function* walkFolder(root: string, folder: string, prefix: string): AsyncGenerator<BlobInfo> {
  for (const name of await namesIn(join(root, folder))) {
    const key = folder + name
    if (name.endsWith('/')) {
      if (key.startsWith(prefix) || prefix.startsWith(key)) yield* walkFolder(root, key, prefix)
    } else if (key.startsWith(prefix)) {
      const info = await infoAt(root, key)
      if (info) yield info
    }
  }
}

/** Names in byte order, folders with the slash that follows them in keys. Dot names are ours, not blobs. */
async function namesIn(directory: string): Promise<string[]> {
  let entries: Dirent[]
  try {
    entries = await readdir(directory, { withFileTypes: true })
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return []
    throw fromFileSystem(error, directory)
  }
  return entries
    .filter((entry) => !entry.name.startsWith('.') && (entry.isFile() || entry.isDirectory()))
    .map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name))
    .sort((a, b) => (a < b ? -1 : 1))
}

async function infoAt(root: string, key: string): Promise<BlobInfo | undefined> {
  try {
    return toInfo(key, await stat(join(root, key), { bigint: true }))
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw fromFileSystem(error, key)
  }
}
