import { randomBytes } from 'node:crypto'
import { readdir, rm, stat } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'

const STALE_AFTER_MS = 24 * 60 * 60 * 1000

const host = hostname().replace(/[^A-Za-z0-9-]/g, '-') || 'host'
/** Tells this life of the program from an earlier one with the same process id (in a container it is always 1). */
const life = randomBytes(6).toString('hex')

/** A new name for a file in the making. It says who is making it, so that {@link sweepTemporary} can tell. */
export const temporaryName = (): string => `${host}.${process.pid}.${life}.${randomBytes(8).toString('hex')}`

/**
 * Removes what crashed writers left: files of processes of this machine that no longer run, and of other machines when
 * untouched for a day. @returns how many.
 */
export async function sweepTemporary(directory: string, now: number): Promise<number> {
  let swept = 0
  for (const name of await readdir(directory)) {
    const path = join(directory, name)
    if (!(await isAbandoned(name, path, now))) continue
    await rm(path, { force: true, recursive: true })
    swept++
  }
  return swept
}

async function isAbandoned(name: string, path: string, now: number): Promise<boolean> {
  const [writerHost, pid, writerLife] = name.split('.')
  if (writerHost === host && pid === String(process.pid)) return writerLife !== life
  if (writerHost === host && !isRunning(Number(pid))) return true
  const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: now }))
  return now - mtimeMs > STALE_AFTER_MS
}

function isRunning(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
