import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { SERVER_FLAGS } from '../../tools/bootstrap/server-flags.mjs'
import { COLLECT, type Given, type Wanted } from './programs/messages.ts'

export type ServerName = 'stoa' | 'hocuspocus' | 'y-websocket'

/** One of the servers that are compared, in a process of its own. */
export class MeasuredServer implements AsyncDisposable {
  readonly name: ServerName
  readonly #child: ChildProcess

  private constructor(name: ServerName, child: ChildProcess) {
    this.name = name
    this.#child = child
  }

  static async start(name: ServerName): Promise<MeasuredServer> {
    const program = fileURLToPath(new URL(`programs/${name}.ts`, import.meta.url))
    // As each is started by itself: ours by `npm start`.
    const execArgv = ['--expose-gc', ...(name === 'stoa' ? SERVER_FLAGS : [])]
    const child = fork(program, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], execArgv })
    await once(child, 'message')
    return new MeasuredServer(name, child)
  }

  async prepare(wanted: Wanted): Promise<Given> {
    this.#child.send(wanted)
    const [given] = (await once(this.#child, 'message')) as [Given]
    return given
  }

  /** Seconds of processor time so far. */
  get cpuSeconds(): number {
    const fields = readFileSync(`/proc/${this.#child.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
    return (Number(fields[11]) + Number(fields[12])) / 100
  }

  /** Resident memory, MB. */
  get megabytes(): number {
    const status = readFileSync(`/proc/${this.#child.pid}/status`, 'utf8')
    return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024
  }

  /** What stays resident once garbage is gone, MB. */
  async heldMegabytes(): Promise<number> {
    this.#child.send(COLLECT)
    await once(this.#child, 'message')
    return this.megabytes
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const gone = once(this.#child, 'exit')
    this.#child.disconnect()
    await gone
  }
}
