/** Places jumped from and to, like a browser's: reading on replaces the current entry, a jump adds one. */
export class JumpHistory<Place> {
  #entries: Place[] = []
  #at = -1

  get canBack(): boolean {
    return this.#at > 0
  }

  get canForward(): boolean {
    return this.#at < this.#entries.length - 1
  }

  push(place: Place): void {
    this.#entries = [...this.#entries.slice(0, this.#at + 1), place].slice(-100)
    this.#at = this.#entries.length - 1
  }

  replace(place: Place): void {
    if (this.#at < 0) this.push(place)
    else this.#entries[this.#at] = place
  }

  back(): Place | undefined {
    return this.canBack ? this.#entries[--this.#at] : undefined
  }

  forward(): Place | undefined {
    return this.canForward ? this.#entries[++this.#at] : undefined
  }
}
