import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const MAIN = resolve(import.meta.dirname, '../../../cli/src/main.ts')

/** Somebody's terminal: the command line as its own process, signed in for itself. */
export interface Terminal extends AsyncDisposable {
  /** Runs `stoa …` to its end. @throws Error with what it printed, when it fails */
  stoa(...args: readonly string[]): Promise<string>
  /** Starts `stoa …` and gives what it has printed so far; ended with the terminal. */
  follow(...args: readonly string[]): () => string
}

export async function openTerminal(url: string): Promise<Terminal> {
  const folder = await mkdtemp(join(tmpdir(), 'stoa-terminal-'))
  const running = new Set<ChildProcess>()
  const start = (args: readonly string[]) => {
    const env = { PATH: process.env.PATH, HOME: folder, XDG_CONFIG_HOME: folder, STOA_URL: url }
    const child = spawn(process.execPath, [MAIN, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] })
    running.add(child)
    let printed = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (printed += chunk))
    const ended = new Promise<number | null>((done) =>
      child.once('close', (code) => {
        running.delete(child)
        done(code)
      }),
    )
    return { child, ended, printed: () => printed }
  }
  return {
    async stoa(...args) {
      const { ended, printed } = start(args)
      const code = await ended
      if (code !== 0) throw new Error(`stoa ${args[0]} ended with ${code}: ${printed()}`)
      return printed()
    },
    follow: (...args) => start(args).printed,
    async [Symbol.asyncDispose]() {
      const ends = [...running].map((child) => {
        child.kill('SIGTERM')
        return new Promise((done) => child.once('close', done))
      })
      await Promise.all(ends)
      await rm(folder, { recursive: true, force: true })
    },
  }
}
