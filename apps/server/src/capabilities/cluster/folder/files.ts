import { randomBytes } from 'node:crypto'
import { link, mkdir, open, readFile, rename, stat, unlink } from 'node:fs/promises'
import { dirname } from 'node:path'
import { ClusterError } from '../errors.ts'

/** Durable and whole: written aside, synced, put into place. For nobody else to read. */
export async function replaceFile(path: string, content: string | Uint8Array): Promise<void> {
  const draft = await writeDraft(path, content)
  await rename(draft, path)
  await syncFolder(dirname(path))
}

/** The same, unless there is one already; tells whether it was made. */
export async function createFile(path: string, content: string | Uint8Array): Promise<boolean> {
  const draft = await writeDraft(path, content)
  try {
    await link(draft, path)
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  } finally {
    await unlink(draft)
    await syncFolder(dirname(path))
  }
}

/** `undefined` when there is no such file. */
export async function readIfThere(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path)
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT') return undefined
    throw new ClusterError('cluster.folder_unusable', `${path} cannot be read.`, { cause })
  }
}

/** A file with a secret in it. @throws ClusterError `cluster.key_exposed` when others may read it */
export async function readSecret(path: string): Promise<string | undefined> {
  const content = await readIfThere(path)
  if (content === undefined) return undefined
  const { mode } = await stat(path)
  if (process.platform !== 'win32' && (mode & 0o077) !== 0)
    throw new ClusterError('cluster.key_exposed', `Others may read ${path}: chmod 600 it, or make a new key.`)
  return content.toString('utf8').trim()
}

/** When it was last written and how long it is, as one text; `undefined` when there is no such file. */
export async function stampOf(path: string): Promise<string | undefined> {
  try {
    const { mtimeMs, size, ino } = await stat(path)
    return `${mtimeMs} ${size} ${ino}`
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}

async function writeDraft(path: string, content: string | Uint8Array): Promise<string> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const draft = `${path}.${randomBytes(6).toString('hex')}`
  const handle = await open(draft, 'wx', 0o600)
  try {
    await handle.writeFile(content)
    await handle.sync()
  } finally {
    await handle.close()
  }
  return draft
}

async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  await handle.sync().finally(() => handle.close())
}

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code
