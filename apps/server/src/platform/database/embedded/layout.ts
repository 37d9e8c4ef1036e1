import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import {
  access,
  chmod,
  chown,
  constants,
  lstat,
  mkdir,
  readFile,
  realpath,
  stat,
  writeFile,
} from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { DatabaseError } from '../errors.ts'

/** An operating-system user the server runs as; absent = the user of this process. */
export interface SystemUser {
  readonly uid: number
  readonly gid: number
}

/** Where everything of one embedded server is. */
export interface Layout {
  /** Folder that belongs to the server's user. */
  readonly home: string
  /** PGDATA. */
  readonly cluster: string
  /** Folder of the unix socket; its whole path fits into `sun_path`. */
  readonly socket: string
  readonly log: string
  readonly lock: string
  readonly user: SystemUser | undefined
}

/** What of the machine the layout depends on; given by the caller, so that it can be tested. */
export interface Machine {
  readonly uid: number
  /** Folder for short-lived files, used for the socket when the data folder's path is too long. */
  readonly temporary: string
  /** Folder that any user can enter, used when the data folder is one that `nobody` cannot. */
  readonly system: string
}

/** `sun_path` holds 104 bytes on macOS and 108 on Linux, one of them the closing zero (unix(4), unix(7)). */
const SOCKET_PATH_LIMIT = 103
const SOCKET_FILE = '/.s.PGSQL.5432'
/** `nobody` and `nogroup`: PostgreSQL refuses to run as uid 0. */
const NOBODY: SystemUser = { uid: 65534, gid: 65534 }

/** Decides where the server of `dataDir` lives and as whom it runs, and makes those folders. */
export async function prepareLayout(dataDir: string, machine: Machine): Promise<Layout> {
  await mkdir(dataDir, { recursive: true })
  const folder = await realpath(dataDir)
  const home = await chooseHome(folder, machine)
  const cluster = join(home, 'db')
  const user = machine.uid === 0 ? await ownerOf(cluster) : undefined
  await makePrivate(home, user)
  const near = join(home, 'run')
  const fits = Buffer.byteLength(near + SOCKET_FILE) <= SOCKET_PATH_LIMIT
  const socket = fits ? near : join(machine.temporary, `stoa-${fingerprint(home)}`)
  await makePrivate(socket, user)
  await assertPrivate(socket, user?.uid ?? machine.uid)
  return { home, cluster, socket, log: join(folder, 'postgres.log'), lock: join(home, 'stoa.lock'), user }
}

/** Short, stable name for a path. */
export function fingerprint(path: string): string {
  return createHash('sha256').update(path).digest('hex').slice(0, 16)
}

/**
 * The data folder itself, or `system` when this process is root and the server's user cannot enter the data folder. The
 * choice is written down, so that a later change of permissions never makes the database seem empty.
 */
async function chooseHome(folder: string, machine: Machine): Promise<string> {
  const inside = join(folder, 'postgres')
  const pointer = join(folder, 'postgres.location')
  if (existsSync(pointer)) return (await readFile(pointer, 'utf8')).trim()
  if (machine.uid !== 0 || (await canEnter(folder, NOBODY)) || (await admit(folder, NOBODY))) return inside
  const outside = join(machine.system, fingerprint(folder))
  await mkdir(machine.system, { recursive: true, mode: 0o755 })
  await writeFile(pointer, `${outside}\n`, { flush: true })
  return outside
}

/**
 * Lets the server's group pass through a folder that root keeps to itself, without letting it look around; not where
 * somebody has given the folder a group on purpose. Returns whether the folder can be entered now.
 */
async function admit(folder: string, user: SystemUser): Promise<boolean> {
  const { mode, uid, gid } = await stat(folder)
  if (uid !== 0 || gid !== 0 || !(await canEnter(dirname(folder), user))) return false
  await chown(folder, uid, user.gid)
  await chmod(folder, (mode & 0o7777) | 0o010)
  return true
}

/** Whether `user` may pass through every folder down to `path`, by the permission bits. */
export async function canEnter(path: string, user: SystemUser): Promise<boolean> {
  for (let folder = path; ; folder = dirname(folder)) {
    const { mode, uid, gid } = await stat(folder)
    const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001
    if ((mode & bit) === 0) return false
    if (folder === dirname(folder)) return true
  }
}

/** Who an existing cluster belongs to: one made by a plain user keeps its owner when root starts it later. */
async function ownerOf(cluster: string): Promise<SystemUser> {
  if (!existsSync(cluster)) return NOBODY
  const { uid, gid } = await stat(cluster)
  return uid === 0 ? NOBODY : { uid, gid }
}

async function makePrivate(folder: string, user: SystemUser | undefined): Promise<void> {
  try {
    const made = await mkdir(folder, { recursive: true, mode: 0o700 })
    if (made !== undefined && user !== undefined) await chown(folder, user.uid, user.gid)
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (cause) {
    throw new DatabaseError(
      'database.folder_denied',
      `The folder ${folder} cannot be made or used. Start as the user that owns it, or give it to this one.`,
      { cause },
    )
  }
}

/** The socket is the only door to the server, and the folder's permissions are its lock: nobody else may own it. */
async function assertPrivate(folder: string, uid: number): Promise<void> {
  const found = await lstat(folder)
  if (found.isDirectory() && found.uid === uid && (found.mode & 0o077) === 0) return
  throw new DatabaseError(
    'database.folder_denied',
    `${folder} must be a folder of user ${uid} that nobody else can enter. Remove it, or start as the user that made it.`,
  )
}
