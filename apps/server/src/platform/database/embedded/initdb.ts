import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { DatabaseError } from '../errors.ts'
import type { PostgresBinaries } from './binaries.ts'
import type { Layout } from './layout.ts'

const run = promisify(execFile)

/** Name of the superuser that `initdb` makes; it owns the schema and migrates. */
export const OWNER = 'stoa_owner'

/** An environment without the caller's PG* variables, which would redirect the server's programs. */
export function childEnvironment(home: string): NodeJS.ProcessEnv {
  return { PATH: '/usr/bin:/bin', HOME: home, LC_ALL: 'C', TZ: 'UTC' }
}

/**
 * Makes the cluster unless there is one. `trust` on the socket, because the socket's folder admits nobody but the user
 * who could read the files as well; no other way in. Collation `C.UTF-8` of the builtin provider never changes with the
 * operating system, so an index never goes bad under an upgrade.
 */
export async function ensureCluster(
  layout: Layout,
  binaries: PostgresBinaries,
  fsync: boolean,
): Promise<boolean> {
  const major = binaries.version.split('.')[0]
  if (existsSync(join(layout.cluster, 'PG_VERSION'))) {
    const found = (await readFile(join(layout.cluster, 'PG_VERSION'), 'utf8')).trim()
    if (found === major) return false
    throw new DatabaseError(
      'database.version_unsupported',
      `${layout.cluster} was made by PostgreSQL ${found}; this program brings ${major}. Restore a backup into a new data folder.`,
    )
  }
  const fresh = `${layout.cluster}.new`
  await rm(fresh, { recursive: true, force: true })
  const options = [
    ...[
      '-D',
      fresh,
      '-U',
      OWNER,
      '--auth-local=trust',
      '--auth-host=reject',
      '--encoding=UTF8',
      '--locale=C',
    ],
    ...['--locale-provider=builtin', '--builtin-locale=C.UTF-8', ...(fsync ? [] : ['--no-sync'])],
  ]
  try {
    await run(join(binaries.directory, 'bin', 'initdb'), options, {
      ...layout.user,
      cwd: layout.home,
      env: childEnvironment(layout.home),
    })
  } catch (cause) {
    await rm(fresh, { recursive: true, force: true })
    throw startFailure(cause instanceof Error ? cause.message : String(cause), layout.log, cause)
  }
  await rename(fresh, layout.cluster)
  return true
}

/** Turns what the server said when it did not start into an error that says what to do. */
export function startFailure(output: string, log: string, cause?: unknown): DatabaseError {
  const where = `The database's log is ${log}.`
  if (/no space left on device|disk quota exceeded/i.test(output)) {
    const text =
      'The disk that holds the database is full. Free some space and start again; nothing stored is lost.'
    return new DatabaseError('database.disk_full', `${text} ${where}`, { cause })
  }
  if (/permission denied/i.test(output)) {
    const text =
      'The database may not use its folder. Give it back to the user that made it, or start as that user.'
    return new DatabaseError('database.folder_denied', `${text} ${lastLine(output)} ${where}`, { cause })
  }
  const nameless = /effective user ID (\d+): user does not exist/.exec(output)
  if (nameless !== null) {
    const text = `The user ${nameless[1]} has no name on this machine, which PostgreSQL wants. Add a line for it to /etc/passwd, or start as another user.`
    return new DatabaseError('database.embedded_failed', text, { cause })
  }
  const text = `The database did not start: ${lastLine(output) || 'it said nothing'}.`
  return new DatabaseError('database.embedded_failed', `${text} ${where}`, { cause })
}

function lastLine(output: string): string {
  const lines = output.split('\n').map((line) => line.trim())
  return (
    lines.findLast((line) => /FATAL|PANIC|error/i.test(line)) ?? lines.findLast((line) => line !== '') ?? ''
  )
}
