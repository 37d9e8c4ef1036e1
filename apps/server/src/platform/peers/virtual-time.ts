import type { Scheduler } from './scheduler.ts'

interface Waiting {
  readonly at: number
  readonly order: number
  readonly run: () => void
}

/**
 * Time that passes only when it is told to, and then at once. Between two moments everything that was set going is carried
 * to its end, as long as it waits for nothing outside (disk, sockets): so a run is repeated exactly from its seed.
 */
export class VirtualTime implements Scheduler {
  #now: number
  #order = 0
  /** Sorted by time, then by order. */
  readonly #waiting: Waiting[] = []

  constructor(start: number | Date = new Date('2026-11-22T10:00:00Z')) {
    this.#now = Number(start)
  }

  now(): number {
    return this.#now
  }

  after(milliseconds: number, run: () => void): () => void {
    const waiting = { at: this.#now + Math.max(0, milliseconds), order: this.#order++, run }
    this.#waiting.splice(this.#indexOf(waiting), 0, waiting)
    return () => {
      const at = this.#indexOf(waiting)
      if (this.#waiting[at] === waiting) this.#waiting.splice(at, 1)
    }
  }

  /** Lets so much time pass. */
  async advance(milliseconds: number): Promise<void> {
    const end = this.#now + milliseconds
    await settled()
    while (this.#waiting[0] !== undefined && this.#waiting[0].at <= end) await this.#step()
    this.#now = end
  }

  /** Lets time pass until the work is done; no longer than `withinMs`. */
  async until<T>(work: Promise<T>, withinMs = 86_400_000): Promise<T> {
    const end = this.#now + withinMs
    let done = false
    const watch = () => {
      done = true
    }
    work.then(watch, watch)
    await settled()
    while (!done) {
      if (this.#waiting[0] === undefined || this.#waiting[0].at > end)
        throw new Error('Nothing more will happen, and the work is not done.')
      await this.#step()
    }
    return work
  }

  /** Everything of the next moment. */
  async #step(): Promise<void> {
    this.#now = Math.max(this.#now, this.#waiting[0]!.at)
    while (this.#waiting[0] !== undefined && this.#waiting[0].at <= this.#now) this.#waiting.shift()!.run()
    await settled()
  }

  /** Where it stands, or belongs. */
  #indexOf({ at, order }: Waiting): number {
    let [low, high] = [0, this.#waiting.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      const other = this.#waiting[middle]!
      if (other.at < at || (other.at === at && other.order < order)) low = middle + 1
      else high = middle
    }
    return low
  }
}

/** All promises that can go on have gone on. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
