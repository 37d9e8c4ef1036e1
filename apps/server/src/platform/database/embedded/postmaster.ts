import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { sqlState } from '../errors.ts'
import type { PostgresBinaries } from './binaries.ts'
import { childEnvironment, startFailure } from './initdb.ts'
import type { Layout } from './layout.ts'
import type { LogFile } from './log-file.ts'
import { disownPidFile, isAlive, isServerOf, readPidFile } from './pid-file.ts'

/** A running server, whether this process started it or found it. */
export interface Postmaster {
  readonly pid: number
  readonly adopted: boolean
  /** Resolves when it is gone, for whatever reason. */
  readonly gone: Promise<void>
}

export interface PostmasterOptions {
  readonly layout: Layout
  readonly binaries: PostgresBinaries
  readonly log: LogFile
  readonly arguments: readonly string[]
}

const READY_POLL_MS = 5
const LIVENESS_POLL_MS = 250
/** A server that has to replay its log after a crash may take a while. */
const START_LIMIT_MS = 120_000
/** How long children of a killed server may hold its shared memory before that counts as a failure. */
const LEFTOVERS_LIMIT_MS = 15_000
const FAST_STOP_LIMIT_MS = 30_000
const IMMEDIATE_STOP_LIMIT_MS = 10_000

/** The server left behind by a program that was killed, if it is ready and was started with the same settings. */
export async function adopt(options: PostmasterOptions): Promise<Postmaster | undefined> {
  const { cluster } = options.layout
  const found = await readPidFile(cluster)
  if (found === undefined || !isAlive(found.pid)) return undefined
  if (!(await isServerOf(found.pid, cluster))) {
    await disownPidFile(cluster)
    return undefined
  }
  if (found.status === 'ready' && (await hasSameOptions(options)))
    return { pid: found.pid, adopted: true, gone: watch(found.pid) }
  await stop(found.pid)
  return undefined
}

/** `postmaster.opts` holds the command line of the last start, each argument in double quotes. */
async function hasSameOptions({ layout, binaries, arguments: args }: PostmasterOptions): Promise<boolean> {
  const written = await readFile(join(layout.cluster, 'postmaster.opts'), 'utf8').catch(() => '')
  const expected = [join(binaries.directory, 'bin', 'postgres'), ...args.map((argument) => `"${argument}"`)]
  return written.trim() === expected.join(' ')
}

/** Starts the server and waits until it answers. */
export async function launch(options: PostmasterOptions, signal: AbortSignal): Promise<Postmaster> {
  const deadline = performance.now() + LEFTOVERS_LIMIT_MS
  for (;;) {
    signal.throwIfAborted()
    const offset = await options.log.size()
    const started = spawnServer(options)
    if (await becomesReady(started, options.layout.cluster)) return started
    const output = await options.log.tail(offset)
    if (
      !/lock file .* already exists|pre-existing shared memory block/.test(output) ||
      performance.now() > deadline
    )
      throw startFailure(output, options.log.path)
    await delay(100)
  }
}

/** Detached: Ctrl-C in a terminal must reach the program alone, which stops the server after everything else. */
function spawnServer({ layout, binaries, log, arguments: args }: PostmasterOptions): Postmaster {
  const child = log.withDescriptor((descriptor) =>
    spawn(join(binaries.directory, 'bin', 'postgres'), [...args], {
      ...layout.user,
      cwd: layout.home,
      env: childEnvironment(layout.home),
      detached: true,
      stdio: ['ignore', descriptor, descriptor],
    }),
  )
  const gone = Promise.race([once(child, 'exit'), once(child, 'error')]).then(
    () => {},
    () => {},
  )
  child.unref()
  return { pid: child.pid ?? 0, adopted: false, gone }
}

async function becomesReady(server: Postmaster, cluster: string): Promise<boolean> {
  let exited = server.pid === 0
  void server.gone.then(() => {
    exited = true
  })
  const deadline = performance.now() + START_LIMIT_MS
  while (!exited && performance.now() < deadline) {
    const file = await readPidFile(cluster)
    if (file?.pid === server.pid && file.status === 'ready') return true
    await delay(READY_POLL_MS)
  }
  if (!exited) await stop(server.pid)
  return false
}

/** A process that is not our child sends no exit event: it is looked at. */
async function watch(pid: number): Promise<void> {
  while (isAlive(pid)) await delay(LIVENESS_POLL_MS, undefined, { ref: false })
}

/** Fast shutdown (SIGINT): rolls back what is open and writes everything; after a long wait, immediate (SIGQUIT). */
export async function stop(pid: number): Promise<void> {
  if (await endWith(pid, 'SIGINT', FAST_STOP_LIMIT_MS)) return
  await endWith(pid, 'SIGQUIT', IMMEDIATE_STOP_LIMIT_MS)
}

/** Whether the process was gone in time. */
async function endWith(pid: number, name: NodeJS.Signals, limit: number): Promise<boolean> {
  const deadline = performance.now() + limit
  if (isAlive(pid)) signalProcess(pid, name)
  while (isAlive(pid)) {
    if (performance.now() > deadline) return false
    await delay(READY_POLL_MS)
  }
  return true
}

function signalProcess(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    // It may end by itself between the look and the signal.
    if (sqlState(error) !== 'ESRCH') throw error
  }
}
