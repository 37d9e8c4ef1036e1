import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { access, constants, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { createInterface } from 'node:readline'
import { freePort } from './ports.ts'

/** A real Redis of this machine, on a free port of 127.0.0.1, that keeps nothing on disk. */
export interface RedisServer extends AsyncDisposable {
  /** `redis://127.0.0.1:{port}` */
  readonly url: string
  /** Ends the server; `restart` brings it back on the same port, empty. */
  stop(): Promise<void>
  restart(): Promise<void>
  /** Makes it hang: connections stay open, nothing is answered. */
  pause(): void
  resume(): void
}

export type RedisAvailability =
  | { readonly available: true }
  | { readonly available: false; readonly reason: string }

let found: Promise<string | undefined> | undefined

/**
 * Whether `redis-server` is here: `npm test` installs it where it may. In continuous integration (`CI=true`) a missing
 * server is an error instead of a reason to skip.
 */
export async function redisAvailability(): Promise<RedisAvailability> {
  found ??= findServer()
  if (await found) return { available: true }
  const reason = 'redis-server is not installed (apt-get install redis-server)'
  if (process.env.CI === 'true') throw new Error(reason)
  return { available: false, reason }
}

/** Starts a Redis. Call {@link redisAvailability} first. */
export async function startRedis(): Promise<RedisServer> {
  const program = await (found ?? findServer())
  if (!program) throw new Error('redis-server is not installed')
  const directory = await mkdtemp(join(tmpdir(), 'stoa-redis-'))
  let { child, port } = await launchOnFreePort(program, directory)
  const killAtExit = () => child.kill('SIGKILL')
  process.once('exit', killAtExit)

  const stop = () => end(child)
  return {
    url: `redis://127.0.0.1:${port}`,
    stop,
    restart: async () => {
      await stop()
      child = await launch(program, port, directory)
    },
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    [Symbol.asyncDispose]: async () => {
      process.off('exit', killAtExit)
      await stop()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

async function findServer(): Promise<string | undefined> {
  for (const folder of [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/usr/local/bin']) {
    const path = join(folder, 'redis-server')
    const usable = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    )
    if (usable) return path
  }
  return undefined
}

async function launchOnFreePort(
  program: string,
  directory: string,
): Promise<{ child: ChildProcess; port: number }> {
  for (let attempt = 1; ; attempt++) {
    const port = await freePort()
    try {
      return { child: await launch(program, port, directory), port }
    } catch (error) {
      if (attempt === 5) throw error
    }
  }
}

/** Resolves when the server says that it accepts connections; another process on the port makes it end instead. */
async function launch(program: string, port: number, directory: string): Promise<ChildProcess> {
  const options = [
    '--port',
    `${port}`,
    '--bind',
    '127.0.0.1',
    '--dir',
    directory,
    '--save',
    '',
    '--appendonly',
    'no',
  ]
  const child = spawn(program, options, { stdio: ['ignore', 'pipe', 'inherit'] })
  const said: string[] = []
  const ready = new Promise<void>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`redis-server ended with ${code}:\n${said.join('\n')}`)))
    createInterface({ input: child.stdout }).on('line', (line) => {
      said.push(line)
      if (line.includes('Ready to accept connections')) resolve()
    })
  })
  await ready
  return child
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}
