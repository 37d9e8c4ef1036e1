/** A fake clock with a queue of what is to happen: time jumps from one event to the next, so hours run in seconds. */

interface ScheduledEvent {
  at: number
  order: number
  act: (() => void) | undefined
}

export class Simulation {
  /** Milliseconds since the start. */
  now = 0
  #order = 0
  readonly #heap: ScheduledEvent[] = []

  /** Calls `act` at time `at` (not before now); events of one moment happen in the order they were asked for. Returns a cancel. */
  at(at: number, act: () => void): () => void {
    const event: ScheduledEvent = { at: Math.max(at, this.now), order: this.#order++, act }
    this.#push(event)
    return () => {
      event.act = undefined
    }
  }

  after(milliseconds: number, act: () => void): () => void {
    return this.at(this.now + milliseconds, act)
  }

  /** Runs until `end` or until `enough` says so or nothing is left to happen. Returns the time reached. */
  run(end: number, enough: () => boolean = () => false): number {
    while (!enough()) {
      const first = this.#heap[0]
      if (!first || first.at > end) {
        this.now = Math.max(this.now, Math.min(end, first?.at ?? end))
        break
      }
      this.#pop()
      if (!first.act) continue
      this.now = first.at
      first.act()
    }
    return this.now
  }

  #before(a: ScheduledEvent, b: ScheduledEvent): boolean {
    return a.at < b.at || (a.at === b.at && a.order < b.order)
  }

  #push(event: ScheduledEvent): void {
    const heap = this.#heap
    let index = heap.length
    heap.push(event)
    while (index > 0) {
      const parent = (index - 1) >> 1
      if (!this.#before(event, heap[parent]!)) break
      heap[index] = heap[parent]!
      index = parent
    }
    heap[index] = event
  }

  #pop(): void {
    const heap = this.#heap
    const last = heap.pop()!
    if (heap.length === 0) return
    let index = 0
    for (;;) {
      let child = 2 * index + 1
      if (child >= heap.length) break
      if (child + 1 < heap.length && this.#before(heap[child + 1]!, heap[child]!)) child++
      if (!this.#before(heap[child]!, last)) break
      heap[index] = heap[child]!
      index = child
    }
    heap[index] = last
  }
}
