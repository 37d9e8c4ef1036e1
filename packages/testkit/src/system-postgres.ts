import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chown, mkdtemp, open, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import pg from 'pg'
import { freePort } from './ports.ts'

/** A PostgreSQL as an administrator would hand it out: TCP, passwords, an owner that is no superuser. */
export interface SystemPostgres {
  /** User `stoa_owner`, who may create databases and roles, in a database of its own. */
  readonly ownerUrl: string
  /** The superuser, to arrange and to look behind the scenes. */
  readonly adminUrl: string
  /** As an administrator does it: connections are ended, what was committed is there afterwards. */
  restart(): Promise<void>
  stop(): Promise<void>
}

const DEBIAN = '/usr/lib/postgresql'
const READY_WITHIN_MS = 60_000

/** Folder of the newest server programs that the system has; Debian's packages bring them. */
export async function systemPostgresPrograms(): Promise<string | undefined> {
  const majors = await readdir(DEBIAN).catch(() => [])
  const found = majors
    .filter((major) => Number(major) >= 15)
    .sort((a, b) => Number(b) - Number(a))
    .map((major) => join(DEBIAN, major, 'bin'))
  return found.find((folder) => existsSync(join(folder, 'initdb')))
}

/** Starts the system's PostgreSQL in a temporary folder. Throws when there is none. */
export async function startSystemPostgres(): Promise<SystemPostgres> {
  const programs = await systemPostgresPrograms()
  if (programs === undefined) throw new Error('PostgreSQL is not installed (apt-get install postgresql)')
  const folder = await mkdtemp(join(tmpdir(), 'stoa-system-pg-'))
  const user = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {}
  if (user.uid !== undefined) await chown(folder, user.uid, user.gid)
  const secrets = join(folder, 'password')
  await writeFile(secrets, 'admin-password\n')
  const data = join(folder, 'db')
  const initdb = [
    '-D',
    data,
    '-U',
    'admin',
    '--auth=scram-sha-256',
    '--pwfile',
    secrets,
    '-E',
    'UTF8',
    '--no-locale',
    '-N',
  ]
  await promisify(execFile)(join(programs, 'initdb'), initdb, { ...user, cwd: folder })
  const port = await freePort()
  const settings = [`port=${port}`, 'listen_addresses=127.0.0.1', `unix_socket_directories=${folder}`]
  const speed = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=150']
  const log = await open(join(folder, 'log'), 'a')
  const launch = () => {
    const options = ['-D', data, ...[...settings, ...speed].flatMap((each) => ['-c', each])]
    const child = spawn(join(programs, 'postgres'), options, {
      ...{ ...user, cwd: folder },
      stdio: ['ignore', log.fd, log.fd],
    })
    return { child, ended: once(child, 'exit') }
  }
  let running = launch()
  const halt = async () => {
    running.child.kill('SIGINT')
    await running.ended
  }
  const stop = async () => {
    await halt()
    await log.close()
    await rm(folder, { recursive: true, force: true })
  }
  const restart = async () => {
    await halt()
    running = launch()
    await whenReady(adminUrl, async () => {})
  }
  const adminUrl = `postgresql://admin:admin-password@127.0.0.1:${port}/postgres`
  try {
    await createOwner(adminUrl)
  } catch (error) {
    const said = await readFile(join(folder, 'log'), 'utf8')
    await stop()
    throw new Error(`PostgreSQL did not start:\n${said.slice(-2000)}`, { cause: error })
  }
  return {
    ownerUrl: `postgresql://stoa_owner:owner-password@127.0.0.1:${port}/stoa`,
    adminUrl,
    restart,
    stop,
  }
}

async function createOwner(adminUrl: string): Promise<void> {
  await whenReady(adminUrl, async (client) => {
    await client.query(`create role stoa_owner login createdb createrole password 'owner-password'`)
    await client.query('create database stoa owner stoa_owner')
  })
}

/** Runs once the server answers. */
async function whenReady(adminUrl: string, run: (client: pg.Client) => Promise<void>): Promise<void> {
  const deadline = performance.now() + READY_WITHIN_MS
  for (;;) {
    const client = new pg.Client({ connectionString: adminUrl })
    try {
      await client.connect()
      await run(client)
      return
    } catch (error) {
      if (performance.now() > deadline) throw error
      await delay(50)
    } finally {
      await client.end().catch(() => {})
    }
  }
}
