import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { until } from '@stoa/testkit/until'
import { builtApp } from './built-app.ts'

const MAIN = resolve(import.meta.dirname, '../../../server/src/main.ts')
const READY = /^Stoa is ready: (\S+)/m
/** The first start makes a database cluster. */
const START_MS = 90_000

/** The program as `npm start` runs it: a process of its own, on embedded parts, in a data folder nobody used before. */
export interface RunningProgram extends AsyncDisposable {
  /** What it printed for the first person: the address with the set-up token. */
  readonly link: string
  readonly origin: string
  readonly dataDir: string
  /** Everything it has printed, all runs together. */
  printed(): string
  /** As Ctrl-C does; fulfilled when the process has ended. */
  stop(): Promise<void>
  /** Again, in the same folder, at the same address. */
  start(): Promise<void>
}

export async function runProgram(environment: Record<string, string> = {}): Promise<RunningProgram> {
  await builtApp()
  const dataDir = await mkdtemp(join(tmpdir(), 'stoa-running-'))
  let printed = ''
  let child: ChildProcess | undefined
  const start = async (port: string): Promise<string> => {
    const { PATH = '' } = process.env
    const began = printed.length
    const running = spawn(process.execPath, [MAIN, '--data', dataDir, '--port', port, '--no-open'], {
      env: { PATH, NODE_COMPILE_CACHE: join(tmpdir(), 'stoa-compiled'), ...environment },
    })
    child = running
    for (const stream of [running.stdout, running.stderr])
      stream.on('data', (chunk: Buffer) => (printed += chunk))
    return until(
      'the program says where it is',
      () => {
        if (running.exitCode !== null) throw new Error(`ended with ${running.exitCode}:\n${printed}`)
        return READY.exec(printed.slice(began))?.[1]
      },
      START_MS,
    )
  }
  const stop = async () => {
    const running = child
    child = undefined
    if (!running || running.exitCode !== null) return
    const ended = new Promise((resolve) => running.once('exit', resolve))
    running.kill('SIGINT')
    await ended
  }
  const link = await start('0')
  const { origin, port } = new URL(link)
  return {
    link,
    origin,
    dataDir,
    printed: () => printed,
    stop,
    start: async () => void (await start(port)),
    async [Symbol.asyncDispose]() {
      await stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
