import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** What the server says of itself in `postmaster.pid` (PostgreSQL's miscadmin.h, LOCK_FILE_LINE_*). */
export interface PidFile {
  readonly pid: number
  /** `starting`, `stopping`, `ready`, `standby`; empty in the first moments. */
  readonly status: string
}

/** Larger than any process id (Linux: 2^22 at most), so nobody will ever have it. */
const NO_PROCESS = 4_194_304

export async function readPidFile(cluster: string): Promise<PidFile | undefined> {
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '')
  const lines = text.split('\n')
  const pid = Number(lines[0])
  return Number.isInteger(pid) && pid > 0 ? { pid, status: (lines[7] ?? '').trim() } : undefined
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** Whether the living process `pid` is the server of `cluster`, and not one that got its number later. */
export async function isServerOf(pid: number, cluster: string): Promise<boolean> {
  const command = existsSync('/proc/self/cmdline')
    ? (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).replaceAll('\0', ' ')
    : await run('ps', ['-p', String(pid), '-o', 'command=']).then(
        ({ stdout }) => stdout,
        () => '',
      )
  return command.includes('postgres') && command.includes(cluster)
}

/**
 * A container starts its processes with the same small numbers each time, so a stale file can name a living stranger and
 * the server would refuse to start. Only the number is replaced: the shared-memory line stays, by which the server still
 * notices children of the old one.
 */
export async function disownPidFile(cluster: string): Promise<void> {
  const path = join(cluster, 'postmaster.pid')
  const [, ...rest] = (await readFile(path, 'utf8')).split('\n')
  await writeFile(path, [String(NO_PROCESS), ...rest].join('\n'))
}
