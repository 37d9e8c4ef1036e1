import { Worker } from 'node:worker_threads'
import type { MergeReply, MergeRequest } from './compactor-worker.ts'

interface Waiting {
  readonly resolve: (state: Uint8Array) => void
  readonly reject: (error: Error) => void
}

/** A thread that has had nothing to do for so long ends; milliseconds. */
const IDLE_MS = 30_000

/** Makes one state of the updates of large documents, in a thread of its own, so that nobody else waits for that. */
export class Compactor {
  readonly #waiting = new Map<number, Waiting>()
  #worker: Worker | undefined
  #idle: NodeJS.Timeout | undefined
  #jobs = 0

  /** One after the other. @throws Error when they are no updates, or the thread has ended */
  merge(updates: readonly Uint8Array[]): Promise<Uint8Array> {
    clearTimeout(this.#idle)
    this.#worker ??= this.#start()
    const id = ++this.#jobs
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
      this.#worker?.postMessage({ id, updates } satisfies MergeRequest)
    })
  }

  async stop(): Promise<void> {
    clearTimeout(this.#idle)
    await this.#worker?.terminate()
  }

  #start(): Worker {
    const worker = new Worker(new URL('./compactor-worker.ts', import.meta.url), {
      ...{ name: 'compactor', env: {}, execArgv: [] },
    })
    worker.unref()
    worker.on('message', (reply: MergeReply) => this.#settle(reply))
    worker.on('error', (error) =>
      this.#end(worker, error instanceof Error ? error : new Error(String(error))),
    )
    worker.on('exit', () => this.#end(worker, new Error('The thread that compacts has ended.')))
    return worker
  }

  #settle(reply: MergeReply): void {
    const waiting = this.#waiting.get(reply.id)
    this.#waiting.delete(reply.id)
    if ('state' in reply) waiting?.resolve(reply.state)
    else waiting?.reject(new Error(reply.failure))
    if (this.#waiting.size > 0) return
    this.#idle = setTimeout(() => void this.stop(), IDLE_MS)
    this.#idle.unref()
  }

  #end(worker: Worker, error: Error): void {
    if (this.#worker !== worker) return
    this.#worker = undefined
    for (const { reject } of this.#waiting.values()) reject(error)
    this.#waiting.clear()
  }
}
