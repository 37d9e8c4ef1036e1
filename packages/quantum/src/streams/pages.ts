const PAGE_BYTES = 65_536
/** Copies of less are made anew: a page that they would not half fill is waste. */
const WORTHWHILE_BYTES = PAGE_BYTES / 2
/** Kept for the next writers: two megabytes. */
const MOST_KEPT = 32

/** Memory for copies of what was written, used again and again: new memory for each would keep the collector busy. */
class Pages {
  readonly worthwhile = WORTHWHILE_BYTES
  readonly #free: Uint8Array[] = []

  take(): Uint8Array {
    return this.#free.pop() ?? new Uint8Array(PAGE_BYTES)
  }

  /** Nobody may look at it any more. */
  giveBack(page: Uint8Array): void {
    if (this.#free.length < MOST_KEPT) this.#free.push(page)
  }
}

/** One for all connections of the process. */
export const pages = new Pages()
