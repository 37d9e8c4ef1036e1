import type { Stream } from './stream.ts'

/** Streams that have something to send: lower priority numbers first, in turn among equals. */
export class Scheduler {
  readonly #queues: Stream[][] = Array.from({ length: 8 }, () => [])

  add(stream: Stream): void {
    if (stream.queued) return
    stream.queued = true
    this.#queues[stream.priority]!.push(stream)
  }

  /** The stream whose turn it is, of those that have work; the others leave the queue. */
  next(credit: number, early: boolean): Stream | undefined {
    // No iterator: this is asked several times for each packet.
    for (let priority = 0; priority < this.#queues.length; priority++) {
      const queue = this.#queues[priority]!
      let skipped = 0
      while (queue.length > skipped) {
        const stream = queue[skipped]!
        if (!stream.sender?.hasWork(credit)) {
          stream.queued = false
          queue.splice(skipped, 1)
        } else if (early && !stream.idempotent) skipped++
        else return stream
      }
    }
    return undefined
  }

  /** Puts a stream that has had its turn behind its equals. */
  rotate(stream: Stream): void {
    const queue = this.#queues[stream.priority]!
    if (queue.length < 2 || queue[0] !== stream) return
    queue.shift()
    queue.push(stream)
  }

  clear(): void {
    for (const queue of this.#queues) queue.length = 0
  }
}
