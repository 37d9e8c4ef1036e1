import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { until } from './until.ts'

const MAIN = fileURLToPath(new URL('../../../apps/server/src/main.ts', import.meta.url))

export interface ChildProgramOptions {
  readonly dataDir: string
  /** More environment; of the test's own, only `PATH` and `TMPDIR` are passed on. */
  readonly environment?: Readonly<Record<string, string>>
  /** False: its roles answer no HTTP, and `url` is empty. */
  readonly http?: boolean
  /** Where it runs, if not simply here: that of a network namespace. */
  readonly spawn?: (command: string, args: readonly string[], options: SpawnOptions) => ChildProcess
}

/** The real program as a process of its own, as `npm start` starts it: to be killed, starved or restarted. */
export interface ChildProgram extends AsyncDisposable {
  /** Scheme, host and port. */
  readonly url: string
  readonly pid: number
  /** What it printed: the link of a new installation, its log. */
  output(): string
  /** SIGKILL: as when the machine takes it away. Its PostgreSQL stays. Resolves when it is gone. */
  kill(): Promise<void>
  /** SIGTERM. Resolves with the exit status. */
  stop(): Promise<number | NodeJS.Signals>
}

/** Starts it on a free port and waits until it answers. @throws Error with what it printed when it ends before that */
export async function startChildProgram(options: ChildProgramOptions): Promise<ChildProgram> {
  const { PATH = '', TMPDIR } = process.env
  const child = (options.spawn ?? spawn)(
    process.execPath,
    [MAIN, '--data', options.dataDir, '--port', '0', '--no-open'],
    {
      env: { PATH, ...(TMPDIR && { TMPDIR }), CI: 'true', ...options.environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (printed += String(chunk)))
  let ended: number | NodeJS.Signals | undefined
  const end = new Promise<number | NodeJS.Signals>((resolve) =>
    child.on('close', (code, signal) => {
      ended = code ?? signal ?? 0
      resolve(ended)
    }),
  )
  const finish = (signal: NodeJS.Signals) => {
    if (ended === undefined) child.kill(signal)
    return end
  }
  const url = await until(
    'the program has started',
    () => {
      if (ended !== undefined) throw new Error(`the program ended with ${ended}`)
      if (options.http === false) return /action=started/.test(printed) && 'none'
      // The link, which may hold the set-up token, is its last word.
      return /^Stoa is ready: /m.test(printed) && /action=started .*?url=(\S+)/.exec(printed)?.[1]
    },
    60_000,
  ).catch(async (error: unknown) => {
    await finish('SIGKILL')
    const why = error instanceof Error ? error.message : String(error)
    throw new Error(`${why}; it said:\n${printed}`, { cause: error })
  })
  return {
    url: options.http === false ? '' : url,
    pid: child.pid ?? 0,
    output: () => printed,
    kill: async () => void (await finish('SIGKILL')),
    stop: () => finish('SIGTERM'),
    [Symbol.asyncDispose]: async () => void (await finish('SIGTERM')),
  }
}
