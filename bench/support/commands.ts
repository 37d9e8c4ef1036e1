import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const CLI = fileURLToPath(new URL('../../apps/cli/src/main.ts', import.meta.url))

/** Runs a program to its end; what it printed, or an error with its last words. */
export function run(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let [said, complained] = ['', '']
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk
    })
    child.stderr.on('data', (chunk: Buffer) => {
      complained = `${complained}${chunk}`.slice(-2000)
    })
    child.once('error', reject)
    child.once('exit', (code) =>
      code === 0
        ? resolve(said)
        : reject(new Error(`${command} ${args[0]} ended with ${code}: ${complained}`)),
    )
  })
}

/** The command line of Stoa. */
export const stoa = (args: readonly string[], env: Readonly<Record<string, string>>): Promise<string> =>
  run(process.execPath, [CLI, ...args], env)
