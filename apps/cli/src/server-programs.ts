import { spawn } from 'node:child_process'
import { join } from 'node:path'

const SERVER = join(import.meta.dirname, '..', '..', 'server', 'src')

/** Programs of the server that the command line starts; it imports none of its code. */
export const PROGRAMS = {
  main: join(SERVER, 'main.ts'),
  /** Works on an installation that does not run. */
  maintenance: join(SERVER, 'maintenance.ts'),
  /** Works beside one that runs. */
  operator: join(SERVER, 'operator.ts'),
  /** Speaks to the nodes of the cluster. */
  cluster: join(SERVER, 'cluster.ts'),
}

/** Runs a program of the server on this terminal; Ctrl-C reaches it from the terminal itself. Resolves with its status. */
export function runShown(program: string, args: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...args], { stdio: 'inherit' })
    const ignore = () => {}
    const pass = (signal: NodeJS.Signals) => child.kill(signal)
    process.on('SIGINT', ignore).on('SIGTERM', pass)
    child.on('error', reject)
    child.on('close', (code) => {
      process.off('SIGINT', ignore).off('SIGTERM', pass)
      resolve(code ?? 1)
    })
  })
}

/** Runs a program of the server and keeps what it prints. */
export function runQuietly(
  program: string,
  args: readonly string[],
): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
    const text = { stdout: '', stderr: '' }
    for (const stream of ['stdout', 'stderr'] as const)
      child[stream].setEncoding('utf8').on('data', (part: string) => (text[stream] += part))
    child.on('error', reject)
    child.on('close', (code) => resolve({ code: code ?? 1, ...text }))
  })
}
