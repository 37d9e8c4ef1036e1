import type { Scheduler } from '../../../platform/peers/scheduler.ts'
import type { Fetcher } from './fetcher.ts'
import type { BlobShelf, WantedPlace } from './ports.ts'

const PAGE = 64
const AT_ONCE = 8
/** Without news, the missing ones are looked at again so often. */
const IDLE_MS = 60_000

/** Fetches by and by what the policy wants of bodies and images, the newest first. */
export class Backlog {
  readonly #fetcher: Fetcher
  readonly #blobs: BlobShelf
  readonly #scheduler: Scheduler
  readonly #onError: (error: unknown) => void
  #stopped = true
  #running = false
  #kicked = false
  #cancel: (() => void) | undefined

  constructor(parts: {
    fetcher: Fetcher
    blobs: BlobShelf
    scheduler: Scheduler
    onError: (error: unknown) => void
  }) {
    this.#fetcher = parts.fetcher
    this.#blobs = parts.blobs
    this.#scheduler = parts.scheduler
    this.#onError = parts.onError
  }

  start(): void {
    this.#stopped = false
    this.kick()
  }

  stop(): void {
    this.#stopped = true
    this.#cancel?.()
  }

  /** There may be something to fetch now. */
  kick(): void {
    this.#kicked = true
    if (!this.#running && !this.#stopped) void this.#run()
  }

  async #run(): Promise<void> {
    this.#running = true
    this.#cancel?.()
    try {
      while (this.#kicked && !this.#stopped) {
        this.#kicked = false
        await this.#pass()
      }
    } catch (error) {
      this.#onError(error)
    } finally {
      this.#running = false
    }
    if (!this.#stopped) this.#cancel = this.#scheduler.after(IDLE_MS, () => this.kick())
  }

  async #pass(): Promise<void> {
    let after: WantedPlace | undefined
    for (;;) {
      const page = await this.#blobs.wanted(after, PAGE)
      const queue = page.filter(({ digest }) => this.#fetcher.stateOf(digest) === undefined)
      const work = async () => {
        for (let next = queue.shift(); next && !this.#stopped; next = queue.shift())
          await this.#fetcher.fetch(next.content)
      }
      await Promise.all(Array.from({ length: AT_ONCE }, work))
      after = page.at(-1)
      if (page.length < PAGE || this.#stopped) return
    }
  }
}
