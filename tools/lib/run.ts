import { type SpawnOptions, spawn } from 'node:child_process'
import { delimiter, join } from 'node:path'
import { ROOT } from './workspaces.ts'

export interface Finished {
  code: number
  /** Standard output and standard error together, as they came. */
  output: string
  stdout: string
}

/** Runs a command in the checkout, with the workspace's own programs first on the PATH; never throws for a bad status. */
export function run(command: string, args: readonly string[], options: SpawnOptions = {}): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      env: environment(),
      ...options,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let stdout = ''
    let output = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
      output += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
    child.on('error', reject)
    child.on('close', (code) => resolve({ code: code ?? 1, output, stdout }))
  })
}

/** Runs a command with this process's own standard streams; resolves with its exit status. */
export function runShown(
  command: string,
  args: readonly string[],
  options: SpawnOptions = {},
): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: ROOT, env: environment(), ...options, stdio: 'inherit' })
    child.on('error', reject)
    child.on('close', (code) => resolve(code ?? 1))
  })
}

/** The command line of a program that the root package depends on. */
export function bin(name: string): string {
  return join(ROOT, 'node_modules', '.bin', name)
}

function environment(): NodeJS.ProcessEnv {
  const { PATH = '', ...rest } = process.env
  return { ...rest, PATH: `${join(ROOT, 'node_modules', '.bin')}${delimiter}${PATH}` }
}
