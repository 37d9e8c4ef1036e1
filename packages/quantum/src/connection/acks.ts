/** Ranges that are remembered to tell duplicates; older numbers count as seen (SPEC PKT-8). */
const MAX_RANGES = 512
/** Ranges told in one ACK frame: older ones were told before. */
const TOLD_RANGES = 48
/** Packets that ask for an acknowledgement before one is due at once; more when they come fast. */
const EVERY = 2
const EVERY_WHEN_FAST = 8
const FAST_PACKETS = 64
/** Then the rest of a burst waits no longer than this (milliseconds): its sender may have no window left. */
const FAST_DELAY = 1

/** Packet numbers received in one space: tells duplicates and replays, and what to acknowledge. */
export class ReceivedNumbers {
  /** low, high, low, high, …; ascending, inclusive. */
  readonly #edges: number[] = []
  #floor = -1
  largest = -1

  has(number: number): boolean {
    if (number > this.largest) return false
    if (number <= this.#floor) return true
    const at = this.#find(number)
    return at < this.#edges.length && this.#edges[at]! <= number
  }

  add(number: number): void {
    const edges = this.#edges
    if (number > this.largest) {
      if (edges.length > 0 && edges[edges.length - 1] === number - 1) edges[edges.length - 1] = number
      else edges.push(number, number)
      this.largest = number
    } else this.#insert(number)
    if (edges.length > MAX_RANGES * 2) this.#floor = edges.splice(0, 2)[1]!
  }

  #insert(number: number): void {
    const edges = this.#edges
    const at = this.#find(number)
    const joinsNext = edges[at] === number + 1
    const joinsPrevious = at > 0 && edges[at - 1] === number - 1
    if (joinsNext && joinsPrevious) edges.splice(at - 1, 2)
    else if (joinsNext) edges[at] = number
    else if (joinsPrevious) edges[at - 1] = number
    else edges.splice(at, 0, number, number)
  }

  /** The peer knows that we have these: they need not be told again. */
  forget(upTo: number): void {
    const edges = this.#edges
    let count = 0
    while (count < edges.length - 2 && edges[count + 1]! <= upTo) count += 2
    if (count > 0) this.#floor = edges.splice(0, count)[count - 1]!
  }

  /** Puts the newest ranges, descending, into `out` and returns how many. */
  fill(out: Float64Array): number {
    const edges = this.#edges
    const count = Math.min(edges.length >> 1, TOLD_RANGES)
    for (let i = 0; i < count; i++) {
      out[i * 2] = edges[edges.length - 2 - i * 2]!
      out[i * 2 + 1] = edges[edges.length - 1 - i * 2]!
    }
    return count
  }

  /** Index of the first range that ends at `number` or later. */
  #find(number: number): number {
    let low = 0
    let high = this.#edges.length >> 1
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.#edges[middle * 2 + 1]! < number) low = middle + 1
      else high = middle
    }
    return low * 2
  }
}

export const ACK_SCRATCH = new Float64Array(TOLD_RANGES * 2)

/** When and what to acknowledge in one packet number space (SPEC ACK-*). */
export class AckState {
  readonly received = new ReceivedNumbers()
  readonly #maxDelay: number
  #unacked = 0
  /** Anything received that no ACK has told yet. */
  pending = false
  #due = Number.POSITIVE_INFINITY
  #largestAt = 0
  #windowFrom = 0
  #windowCount = 0
  #threshold = EVERY

  /** `maxDelay`: longest wait in milliseconds; 0 acknowledges at once. */
  constructor(maxDelay: number) {
    this.#maxDelay = maxDelay
  }

  onReceived(number: number, eliciting: boolean, now: number): void {
    const { largest } = this.received
    const gap = number !== largest + 1
    if (number > largest) this.#largestAt = now
    this.received.add(number)
    this.pending = true
    this.#measure(now)
    if (!eliciting) return
    this.#unacked++
    if (this.#unacked >= this.#threshold || gap || this.#maxDelay === 0) this.#due = now
    else this.#due = Math.min(this.#due, now + (this.#threshold === EVERY ? this.#maxDelay : FAST_DELAY))
  }

  /** Fewer acknowledgements when many packets come: each costs both sides as much as a data packet. */
  #measure(now: number): void {
    this.#windowCount++
    if (now - this.#windowFrom < 25) return
    this.#threshold = this.#windowCount > FAST_PACKETS ? EVERY_WHEN_FAST : EVERY
    this.#windowFrom = now
    this.#windowCount = 0
  }

  get deadline(): number {
    return this.#due
  }

  isDue(now: number): boolean {
    return this.#due <= now
  }

  demand(now: number): void {
    if (this.pending) this.#due = now
  }

  /** Microseconds since the newest packet came. */
  delay(now: number): number {
    return Math.max(0, Math.round((now - this.#largestAt) * 1000))
  }

  onSent(): void {
    this.pending = false
    this.#unacked = 0
    this.#due = Number.POSITIVE_INFINITY
  }
}
