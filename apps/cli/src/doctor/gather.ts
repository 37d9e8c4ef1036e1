import { constants } from 'node:fs'
import { access, stat, statfs } from 'node:fs/promises'
import { connect } from 'node:net'
import { dirname, join, resolve } from 'node:path'
import { readHealth } from '../health.ts'
import { PROGRAMS, runQuietly } from '../server-programs.ts'
import type { Facts } from './checks.ts'

export interface Asked {
  readonly data: string
  readonly url: string
  readonly databaseUrl: string | undefined
}

/** Looks at the machine. It changes nothing; an embedded database that does not run is started for a moment. */
export async function gather({ data, url, databaseUrl }: Asked): Promise<Facts> {
  const folder = resolve(data)
  const nearest = await nearestExisting(folder)
  const { bavail, bsize } = await statfs(nearest)
  const port = await portFacts(url)
  const database = await databaseFacts(folder, databaseUrl)
  const running = database.state === 'running' || port.state === 'stoa'
  return {
    nodeVersion: process.versions.node,
    data: {
      folder,
      exists: nearest === folder,
      writable: (await stat(nearest)).isDirectory() && (await can(nearest, constants.W_OK | constants.X_OK)),
      freeBytes: bavail * bsize,
    },
    port,
    database,
    ...(await storageFacts(url)),
    ...(running ? await keyFacts(folder) : {}),
  }
}

async function nearestExisting(folder: string): Promise<string> {
  for (let path = folder; ; path = dirname(path)) if (await can(path, constants.F_OK)) return path
}

function can(path: string, mode: number): Promise<boolean> {
  return access(path, mode).then(
    () => true,
    () => false,
  )
}

async function portFacts(url: string): Promise<Facts['port']> {
  const { hostname, port, protocol } = new URL(url)
  const number = Number(port) || (protocol === 'https:' ? 443 : 80)
  if (!(await answers(hostname, number))) return { number, state: 'free' }
  return readHealth(url).then(
    () => ({ number, state: 'stoa' as const }),
    () => ({ number, state: 'other' as const }),
  )
}

function answers(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 2_000 })
    const end = (result: boolean) => {
      socket.destroy()
      resolve(result)
    }
    socket.once('connect', () => end(true))
    socket.once('timeout', () => end(false))
    socket.once('error', () => end(false))
  })
}

async function databaseFacts(folder: string, databaseUrl: string | undefined): Promise<Facts['database']> {
  const kind = databaseUrl === undefined ? 'embedded' : 'url'
  const begun =
    (await can(join(folder, 'postgres'), constants.F_OK)) ||
    (await can(join(folder, 'postgres.location'), constants.F_OK))
  if (kind === 'embedded' && !begun) return { kind, state: 'new', text: 'will be made at the first start' }
  const { code, stdout, stderr } = await runQuietly(PROGRAMS.maintenance, [
    'migrate',
    'status',
    '--json',
    '--data',
    folder,
  ])
  if (code === 0) return { kind, state: 'works', text: describeSchema(stdout) }
  if (stderr.includes('database.already_running'))
    return { kind, state: 'running', text: 'in use by a running Stoa' }
  return { kind, state: 'fails', text: stderr.trim() }
}

function describeSchema(json: string): string {
  const { migrations }: { migrations: readonly { appliedAt?: string }[] } = JSON.parse(json)
  const waiting = migrations.filter(({ appliedAt }) => appliedAt === undefined).length
  if (waiting === 0) return 'works; its schema is up to date'
  return `works; ${waiting} migrations will be applied at the next start`
}

/** Configured wrongly, it says nothing here: the start names every wrong setting. */
async function storageFacts(url: string): Promise<Pick<Facts, 'storage'>> {
  const { code, stdout } = await runQuietly(PROGRAMS.maintenance, ['storage', 'status', '--url', url])
  if (code !== 0) return {}
  const report: { kind: 'disk' } | ({ kind: 's3' } & NonNullable<Facts['storage']>) = JSON.parse(stdout)
  return report.kind === 's3' ? { storage: report } : {}
}

async function keyFacts(folder: string): Promise<Pick<Facts, 'keyAgeDays'>> {
  const { code, stdout } = await runQuietly(PROGRAMS.operator, ['keys', 'status', '--data', folder])
  if (code !== 0) return {}
  const { ageDays }: { ageDays: number } = JSON.parse(stdout)
  return { keyAgeDays: ageDays }
}
