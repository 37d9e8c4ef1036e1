/** Values for an async iteration: pushed by events, taken by one reader. */
export class AsyncQueue<T> implements AsyncIterable<T> {
  readonly #values: T[] = []
  readonly #waiting: { resolve(result: IteratorResult<T>): void; reject(error: unknown): void }[] = []
  #ended = false
  #error: unknown

  get size(): number {
    return this.#values.length
  }

  push(value: T): void {
    if (this.#ended) return
    const reader = this.#waiting.shift()
    if (reader) reader.resolve({ value, done: false })
    else this.#values.push(value)
  }

  /** What was pushed before is still given out; then the iteration ends, or throws. */
  end(error?: unknown): void {
    if (this.#ended) return
    this.#ended = true
    this.#error = error
    for (const reader of this.#waiting.splice(0)) {
      if (error === undefined) reader.resolve({ value: undefined, done: true })
      else reader.reject(error)
    }
  }

  next(): Promise<IteratorResult<T>> {
    const value = this.#values.shift()
    if (value !== undefined) return Promise.resolve({ value, done: false })
    if (this.#ended)
      return this.#error === undefined
        ? Promise.resolve({ value: undefined, done: true })
        : Promise.reject(this.#error as Error)
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject })
    })
  }

  [Symbol.asyncIterator](): AsyncIterator<T> {
    return { next: () => this.next() }
  }
}
