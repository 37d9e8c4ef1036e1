import { Worker } from 'node:worker_threads'
import { FileTooComplexError, fileErrorFrom } from '../errors.ts'
import type { Reply, Request } from './messages.ts'

export interface ThreadLimits {
  /** Heap of the thread. */
  memoryMb: number
  /** Computing time for one file; waiting for whoever stores the result does not count. */
  timeoutMs: number
}

/** One worker thread, one file at a time. Any way out of a job but its end kills the thread. */
export class Thread {
  readonly #worker: Worker
  readonly #limits: ThreadLimits
  #ended = false
  jobs = 0

  constructor(limits: ThreadLimits) {
    this.#limits = limits
    this.#worker = new Worker(new URL('./worker.ts', import.meta.url), {
      name: 'book-reader',
      // No secrets in reach of a parser.
      env: {},
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: limits.memoryMb, stackSizeMb: 4 },
    })
    this.#worker.unref()
    this.#worker.on('error', () => {})
    this.#worker.once('exit', () => {
      this.#ended = true
    })
  }

  get usable(): boolean {
    return !this.#ended
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

  async stop(): Promise<void> {
    this.#ended = true
    await this.#worker.terminate()
  }

  #ask(request: Request, timeoutMs: number, signal: AbortSignal): Promise<Reply> {
    const worker = this.#worker
    const { promise, resolve, reject } = Promise.withResolvers<Reply>()
    const timer = setTimeout(() => reject(new FileTooComplexError({ part: 'time' })), Math.max(0, timeoutMs))
    const onAbort = () => reject(signal.reason)
    const onError = (error: Error & { code?: string }) => {
      reject(
        error.code === 'ERR_WORKER_OUT_OF_MEMORY'
          ? new FileTooComplexError({ part: 'memory' }, error)
          : error,
      )
    }
    const onExit = () => reject(new Error('the book reader thread ended'))
    worker.once('message', resolve).once('error', onError).once('exit', onExit)
    signal.addEventListener('abort', onAbort)
    if (signal.aborted) onAbort()
    else worker.postMessage(request)
    // While a job runs the thread keeps the program alive.
    worker.ref()
    return promise.finally(() => {
      clearTimeout(timer)
      worker.off('message', resolve).off('error', onError).off('exit', onExit)
      signal.removeEventListener('abort', onAbort)
      worker.unref()
    })
  }
}

function defect(reply: { message: string; stack: string | undefined }): Error {
  const error = new Error(`book reader: ${reply.message}`)
  if (reply.stack) error.stack = reply.stack
  return error
}
