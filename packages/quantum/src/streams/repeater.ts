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
  /** Packets of the flow that shall still carry it. */
  left: number
}

/** More would not fit a packet beside the data itself. */
const MAX_RECENT = 16
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

  onFrame(now: number, stream: Stream, chunk: Chunk): void {
    if (chunk.length > MAX_BYTES) return
    const plan = this.#policy.onFrame(now, stream.id, chunk.length)
    if (plan.repeatInNext === 0 && plan.copiesAfterMs.length === 0) return
    const { offset, length, fin, message } = chunk
    const range = { stream, offset, length, fin, message, left: plan.repeatInNext }
    if (range.left > 0) {
      const recent = this.#recent.get(stream)
      if (!recent) this.#recent.set(stream, [range])
      else if (recent.push(range) > MAX_RECENT) recent.shift()
    }
    for (const after of plan.copiesAfterMs) this.#schedule(now + after, range)
  }

  #schedule(at: number, range: Repetition): void {
    let index = this.#copies.length
    while (index > 0 && this.#copies[index - 1]!.at > at) index--
    this.#copies.splice(index, 0, { at, range })
  }

  /** Ranges that a packet with newer data of `stream` shall carry too, newest first; those delivered are forgotten. */
  recent(stream: Stream, newest: number): readonly Repetition[] {
    const ranges = this.#recent.get(stream)
    if (!ranges) return NONE
    const kept = ranges.filter((range) => range.left > 0 && !isDone(range))
    if (kept.length === 0) this.#recent.delete(stream)
    else if (kept.length < ranges.length) this.#recent.set(stream, kept)
    return kept.filter(({ offset }) => offset !== newest).reverse()
  }

  onRepeated(now: number, range: Repetition): void {
    range.left--
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
