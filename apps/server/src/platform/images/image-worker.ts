import { Worker } from 'node:worker_threads'
import type { Service } from '@stoa/kernel'
import type { PreparedImage } from './prepare.ts'

const WORKER = new URL('./worker.ts', import.meta.url)
const TIMEOUT_MS = 60_000
const IDLE_MS = 30_000
const LIMITS = { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 16 }

/**
 * Prepares images in a thread of its own, one at a time: decoded, one may take 200 MB. A thread that takes too long or dies
 * is replaced; the image that it was given is then unusable. The thread starts with the first image, and ends when idle.
 */
export class ImageWorker implements Service {
  readonly name = 'image worker'
  #worker: Worker | undefined
  #idle: NodeJS.Timeout | undefined
  #last: Promise<unknown> = Promise.resolve()

  async start(): Promise<void> {}

  async stop(): Promise<void> {
    await this.#end()
  }

  /** `undefined`: no image that can be shown. */
  prepare(bytes: Uint8Array): Promise<PreparedImage | undefined> {
    const mine = this.#last.then(() => this.#run(bytes))
    this.#last = mine.catch(() => {})
    return mine
  }

  async #run(bytes: Uint8Array): Promise<PreparedImage | undefined> {
    clearTimeout(this.#idle)
    const worker = this.#worker ?? new Worker(WORKER, { resourceLimits: LIMITS })
    this.#worker = worker
    const { promise, resolve } = Promise.withResolvers<PreparedImage | 'lost' | undefined>()
    const timer = setTimeout(() => resolve('lost'), TIMEOUT_MS)
    const lost = () => resolve('lost')
    worker.once('message', resolve).once('error', lost).once('exit', lost)
    worker.postMessage(bytes)
    const answer = await promise
    clearTimeout(timer)
    // One by one: a Worker listens to itself, too.
    worker.off('message', resolve).off('error', lost).off('exit', lost)
    if (answer === 'lost') {
      await this.#end()
      return undefined
    }
    this.#idle = setTimeout(() => void this.#end(), IDLE_MS)
    this.#idle.unref()
    return answer
  }

  async #end(): Promise<void> {
    clearTimeout(this.#idle)
    const worker = this.#worker
    this.#worker = undefined
    worker?.on('error', () => {})
    await worker?.terminate()
  }
}
