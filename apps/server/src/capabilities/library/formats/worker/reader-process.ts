import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { Socket } from 'node:net'
import { FileTooComplexError, fileErrorFrom } from '../errors.ts'
import type { Reply, Request } from './messages.ts'

export interface ReaderLimits {
  /** Heap of the process. */
  memoryMb: number
  /** Computing time for one file; waiting for whoever stores the result does not count. */
  timeoutMs: number
}

/** How V8 ends a process whose heap is full, and the system one that takes too much. */
const outOfMemory: ReadonlySet<string | null> = new Set(['SIGABRT', 'SIGKILL'])
const keptOfErrors = 4_096

/**
 * A process that reads one file at a time. Not a thread: a thread that runs out of memory, or is ended in native code, can
 * take the program with it. Any way out of a job but its end kills the process.
 */
export class ReaderProcess {
  readonly #child: ChildProcess
  readonly #limits: ReaderLimits
  #ended = false
  #errors = ''
  jobs = 0

  constructor(limits: ReaderLimits) {
    this.#limits = limits
    this.#child = fork(new URL('./worker.ts', import.meta.url), {
      // No secrets in reach of a parser.
      env: {},
      execArgv: [`--max-old-space-size=${limits.memoryMb}`],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    })
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#errors = (this.#errors + text).slice(-keptOfErrors)
    })
    this.#child.on('error', () => {})
    this.#child.once('exit', () => {
      this.#ended = true
    })
    this.#keepAlive(false)
  }

  get usable(): boolean {
    return !this.#ended
  }

  /** The number of the process. Undefined when there was none to be had. */
  get pid(): number | undefined {
    return this.#child.pid
  }

  /**
   * Runs one job and yields its replies; asks for the next one only when the last was taken. Throws the `FileError` of the
   * file, `FileTooComplexError` when it costs more than the limits, or the signal's reason.
   */
  async *run(request: Request, signal: AbortSignal): AsyncGenerator<Reply> {
    this.jobs++
    let left = this.#limits.timeoutMs
    let clean = false
    try {
      for (let ask = request; ; ask = { type: 'more' }) {
        const started = performance.now()
        const reply = await this.#ask(ask, left, signal)
        left -= performance.now() - started
        if (reply.type === 'refused' || reply.type === 'failed') {
          clean = reply.type === 'refused'
          throw reply.type === 'refused' ? fileErrorFrom(reply.error) : defect(reply)
        }
        clean = reply.type !== 'batch'
        yield reply
        if (clean) return
      }
    } finally {
      if (!clean) await this.stop()
    }
  }

  /** Kills the process; whatever it reads fails. */
  async stop(): Promise<void> {
    this.#ended = true
    const child = this.#child
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    this.#keepAlive(true)
    child.kill('SIGKILL')
    await gone
  }

  #ask(request: Request, timeoutMs: number, signal: AbortSignal): Promise<Reply> {
    const child = this.#child
    const { promise, resolve, reject } = Promise.withResolvers<Reply>()
    const timer = setTimeout(() => reject(new FileTooComplexError({ part: 'time' })), Math.max(0, timeoutMs))
    const onAbort = () => reject(signal.reason)
    const onMessage = (reply: unknown) => resolve(reply as Reply)
    const onExit = (code: number | null, by: string | null) => reject(this.#death(code, by))
    child.once('message', onMessage).once('error', reject).once('exit', onExit)
    signal.addEventListener('abort', onAbort)
    if (signal.aborted) onAbort()
    else if (this.#ended) reject(this.#death(child.exitCode, child.signalCode))
    // Where the other end is gone, its exit says why.
    else child.send(request, () => {})
    // While a job runs the process keeps the program alive.
    this.#keepAlive(true)
    return promise.finally(() => {
      clearTimeout(timer)
      child.off('message', onMessage).off('error', reject).off('exit', onExit)
      signal.removeEventListener('abort', onAbort)
      this.#keepAlive(false)
    })
  }

  #death(code: number | null, by: string | null): Error {
    const cause = new Error(`the book reader ended: ${by ?? code}\n${this.#errors}`)
    return outOfMemory.has(by) ? new FileTooComplexError({ part: 'memory' }, cause) : cause
  }

  #keepAlive(alive: boolean): void {
    const { channel, stderr } = this.#child
    const act = alive ? 'ref' : 'unref'
    this.#child[act]()
    channel?.[act]()
    if (stderr instanceof Socket) stderr[act]()
  }
}

function defect(reply: { message: string; stack: string | undefined }): Error {
  const error = new Error(`book reader: ${reply.message}`)
  if (reply.stack) error.stack = reply.stack
  return error
}
