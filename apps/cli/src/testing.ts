import { execFile, spawn } from 'node:child_process'
import { join } from 'node:path'

export interface Ended {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** The command line while it runs. */
export interface Running {
  /** What it has printed so far. */
  readonly printed: { readonly stdout: string; readonly stderr: string }
  readonly ended: Promise<Ended>
  /** Ctrl-C. */
  interrupt(): Promise<Ended>
}

/** Runs the real command line as its own process, with nothing of our surroundings but what is named. */
export function stoa(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const [command, env] = [commandOf(args), environmentOf(environment)]
  return new Promise((resolve) => {
    execFile(process.execPath, command, { env }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1
      resolve({ code, stdout, stderr })
    })
  })
}

/** The same for a command that goes on until it is interrupted. */
export function startStoa(args: readonly string[], environment: Readonly<Record<string, string>>): Running {
  const child = spawn(process.execPath, commandOf(args), {
    env: environmentOf(environment),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const printed = { stdout: '', stderr: '' }
  child.stdout.on('data', (chunk) => (printed.stdout += String(chunk)))
  child.stderr.on('data', (chunk) => (printed.stderr += String(chunk)))
  const ended = new Promise<Ended>((resolve) =>
    child.on('close', (code) => resolve({ code: code ?? 1, ...printed })),
  )
  const interrupt = () => {
    child.kill('SIGINT')
    return ended
  }
  return { printed, ended, interrupt }
}

const commandOf = (args: readonly string[]) => [join(import.meta.dirname, 'main.ts'), ...args]

const environmentOf = (environment: Readonly<Record<string, string>>) => ({
  PATH: process.env.PATH,
  HOME: process.env.HOME,
  STOA_URL: 'http://127.0.0.1:9',
  ...environment,
})
