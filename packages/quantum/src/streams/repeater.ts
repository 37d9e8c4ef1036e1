import type { ThinFlowPolicy } from '../fec/types.ts'
import type { Chunk } from './send-part.ts'
import type { Stream } from './stream.ts'

/** A recent range of a latency-sensitive stream that is to be sent again although nobody knows that it was lost. */
export interface Repetition {
  stream: Stream
  offset: number
  length: number
  fin: boolean
  message: boolean
}

/** More would not fit a packet beside the data itself. */
const MAX_RECENT = 8
const MAX_BYTES = 600

/** Remembers what to repeat and when; how often is the policy's to say. */
export class Repeater {
  readonly #policy: ThinFlowPolicy
  readonly #recent = new Map<Stream, Repetition[]>()
  /** Copies to be sent at a time of their own, soonest first. */
  readonly #copies: { at: number; range: Repetition }[] = []

  constructor(policy: ThinFlowPolicy) {
    this.#policy = policy
  }

  /**
   * A frame leaves for the first time. Returns the ranges before it that shall ride along, newest first: as many as the
   * policy says, and none that has arrived.
   */
  onFrame(now: number, stream: Stream, chunk: Chunk): readonly Repetition[] {
    if (chunk.length > MAX_BYTES) return NONE
    const { repeatInNext, copiesAfterMs } = this.#policy.onFrame(now, stream.id, chunk.length)
    const { offset, length, fin, message } = chunk
    const range = { stream, offset, length, fin, message }
    for (const after of copiesAfterMs) this.#schedule(now + after, range)
    const recent = (this.#recent.get(stream) ?? []).filter((earlier) => !isDone(earlier))
    const riding = repeatInNext > 0 ? recent.slice(-repeatInNext).reverse() : NONE
    recent.push(range)
    if (recent.length > MAX_RECENT) recent.shift()
    this.#recent.set(stream, recent)
    return riding
  }

  #schedule(at: number, range: Repetition): void {
    let index = this.#copies.length
    while (index > 0 && this.#copies[index - 1]!.at > at) index--
    this.#copies.splice(index, 0, { at, range })
  }

  onRepeated(now: number, range: Repetition): void {
    this.#policy.onRepeated(now, range.stream.id, range.length)
  }

  /** When the next copy is due; Infinity when none is. */
  deadline(): number {
    while (this.#copies.length > 0 && isDone(this.#copies[0]!.range)) this.#copies.shift()
    return this.#copies[0]?.at ?? Number.POSITIVE_INFINITY
  }

  /** The next copy that is due. */
  takeDue(now: number): Repetition | undefined {
    return this.deadline() <= now ? this.#copies.shift()!.range : undefined
  }

  forget(stream: Stream): void {
    this.#recent.delete(stream)
    this.#policy.forget(stream.id)
  }

  clear(): void {
    this.#recent.clear()
    this.#copies.length = 0
  }
}

const NONE: readonly Repetition[] = []

const isDone = ({ stream, offset, length }: Repetition) => stream.sender?.isAcked(offset, length) ?? true
