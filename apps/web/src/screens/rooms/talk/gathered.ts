/** A number that only grows and is told a moment after it last did: not once for every message that scrolls by. */
export class Gathered {
  readonly #milliseconds: number
  readonly #tell: (value: number) => Promise<void>
  #wanted = 0
  #told = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(milliseconds: number, tell: (value: number) => Promise<void>) {
    this.#milliseconds = milliseconds
    this.#tell = tell
  }

  raise(value: number): void {
    if (value <= this.#wanted) return
    this.#wanted = value
    this.#timer ??= setTimeout(() => void this.#run(), this.#milliseconds)
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  async #run(): Promise<void> {
    this.#timer = undefined
    const value = this.#wanted
    if (value <= this.#told) return
    try {
      await this.#tell(value)
      this.#told = value
    } catch {
      // Not reached: the next message that is seen tells of this one, too.
      this.#wanted = this.#told
    }
  }
}
