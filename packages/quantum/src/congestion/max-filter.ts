/** Largest value of the running and the previous `windows - 1` windows; `advance` begins a new one. */
export class WindowedMax {
  readonly #slots: number[]
  #index = 0
  /** Kept, because it is read for every packet and changes rarely. */
  #largest = 0

  constructor(windows: number) {
    this.#slots = new Array<number>(windows).fill(0)
  }

  update(value: number): void {
    if (value > this.#slots[this.#index]!) this.#slots[this.#index] = value
    if (value > this.#largest) this.#largest = value
  }

  advance(): void {
    this.#index = (this.#index + 1) % this.#slots.length
    this.#slots[this.#index] = 0
    this.#largest = Math.max(...this.#slots)
  }

  get value(): number {
    return this.#largest
  }

  reset(value = 0): void {
    this.#slots.fill(0)
    this.#slots[this.#index] = value
    this.#largest = value
  }
}
