/** What was pushed, in order, for one reader. Ends when `signal` aborts, or once it has overflowed and was emptied. */
export class EventQueue<T> implements AsyncIterable<T> {
  readonly #limit: number
  readonly #signal: AbortSignal
  #items: T[] = []
  #overflowed = false
  #wake: (() => void) | undefined

  constructor(limit: number, signal: AbortSignal) {
    this.#limit = limit
    this.#signal = signal
    signal.addEventListener('abort', () => this.#wake?.(), { once: true })
  }

  /** Nothing more is taken once the reader is `limit` behind: what it has is still in order and without a gap. */
  push(item: T): void {
    if (this.#overflowed) return
    if (this.#items.length >= this.#limit) this.#overflowed = true
    else this.#items.push(item)
    this.#wake?.()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T> {
    while (!this.#signal.aborted) {
      const items = this.#items
      this.#items = []
      for (const item of items) {
        yield item
        if (this.#signal.aborted) return
      }
      if (this.#items.length > 0) continue
      if (this.#overflowed) return
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }
}
