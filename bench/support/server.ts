import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { SERVER_FLAGS } from '../../tools/bootstrap/server-flags.mjs'

const MAIN = fileURLToPath(new URL('../../apps/server/src/main.ts', import.meta.url))

/** The whole program as `npm start` runs it, in a process of its own. */
export interface Server {
  readonly pid: number
  readonly url: string
  /** From the start of the process to the first byte of the app. */
  readonly milliseconds: number
  /** Waits until it prints this; gives the first group. */
  says(pattern: RegExp): Promise<string>
  stop(): Promise<void>
}

export async function startServer(dataDir: string): Promise<Server> {
  const began = performance.now()
  const args = [...SERVER_FLAGS, MAIN, '--data', dataDir, '--port', '0', '--no-open']
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  child.stdout.on('data', (chunk: Buffer) => {
    said = `${said}${chunk}`.slice(-20_000)
  })
  const says = (pattern: RegExp) =>
    new Promise<string>((resolve, reject) => {
      const look = () => {
        const found = pattern.exec(said)?.[1]
        if (found === undefined) return
        child.stdout.off('data', look)
        resolve(found)
      }
      child.stdout.on('data', look)
      child.once('exit', (code) => reject(new Error(`ended with ${code}:\n${said}`)))
      look()
    })
  const url = await says(/action=started .*?url=(\S+)/)
  await (await fetch(url)).arrayBuffer()
  const milliseconds = performance.now() - began
  const stop = () =>
    new Promise<void>((resolve) => {
      child.once('exit', () => resolve())
      child.kill('SIGINT')
    })
  return { pid: child.pid ?? 0, url, milliseconds, says, stop }
}
