import { writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { DatabaseSync } from 'node:sqlite'
import { DatabaseError } from '../errors.ts'

/** Held until released or until this process ends, however it ends. */
export interface FolderLock {
  release(): void
}

/**
 * Takes the lock on a folder, or throws `database.already_running`. Node has no flock(2); an exclusive transaction of
 * its SQLite takes the same kind of lock on every system, and the kernel drops it with the process, so that a killed
 * program never leaves a stale one.
 */
export async function lockFolder(path: string): Promise<FolderLock> {
  const holder = `${path}.pid`
  const file = new DatabaseSync(path)
  try {
    file.exec('begin exclusive')
  } catch (cause) {
    file.close()
    const pid = await readFile(holder, 'utf8').catch(() => 'unknown')
    throw new DatabaseError(
      'database.already_running',
      `Another Stoa (process ${pid.trim()}) is using this data folder. Stop it first, or choose another folder.`,
      { cause },
    )
  }
  writeFileSync(holder, `${process.pid}\n`)
  return { release: () => file.close() }
}
