import type { ByteReader } from './byte-reader.ts'
import { ByteWriter } from './byte-writer.ts'
import { malformed } from './errors.ts'
import { FINGERPRINT_BYTES } from './fingerprint.ts'
import {
  type Bound,
  boundBetween,
  compareToPrefix,
  FIRST_BOUND,
  ID_BYTES,
  LAST_BOUND,
  type Range,
} from './item.ts'
import { hold, type ReconcileLimits } from './limits.ts'
import { BoundReader, BoundWriter, Mode, VERSION_BYTE } from './message.ts'
import type { ReconcileStorage } from './storage.ts'

const BUCKETS = 16
/** Room that a frame keeps for the fingerprint of what did not fit (FRAME-1). */
const FRAME_RESERVE = 200

/** Takes the ids that the peer listed for the items `from` to `to`; the initiator has one, the responder answers in kind. */
export type TakeIds = (theirs: Uint8Array, from: number, to: number) => void

/** Takes a range of which this side holds nothing and the peer something: nothing more is said about it (HOLE-1). */
export type TakeHole = (hole: Range) => void

/** What the initiator makes of the answer. */
export interface Takers {
  readonly ids: TakeIds
  readonly hole: TakeHole | undefined
}

/** One message being answered: walks through its ranges and writes the answer. */
export class Answer {
  readonly #storage: ReconcileStorage
  readonly #limits: ReconcileLimits
  readonly #take: Takers | undefined
  readonly #listed: (count: number) => void
  readonly #out = new ByteWriter()
  readonly #boundsOut = new BoundWriter()
  /** A run of ranges that need nothing more: written once, before the next range that does (WIRE-6). */
  #skipTo: Bound | undefined
  /** How much of `#out` is final; the rest belongs to the current range and may not fit. */
  #settled = 0

  /** `take`: of the initiator. `listed`: told of every list of ids, before it is looked at; throws when there are too many. */
  constructor(
    storage: ReconcileStorage,
    limits: ReconcileLimits,
    { take, listed = () => {} }: { take?: Takers; listed?: (count: number) => void } = {},
  ) {
    this.#storage = storage
    this.#limits = limits
    this.#take = take
    this.#listed = listed
    this.#out.byte(VERSION_BYTE)
    this.#settled = 1
  }

  /** The first message of a session: everything, split once. Who takes holes lists no ids, so that none are listed in answer. */
  static initial(storage: ReconcileStorage, limits: ReconcileLimits, holes: boolean): Uint8Array {
    const answer = new Answer(storage, limits)
    if (holes && storage.size < BUCKETS * 2) answer.#fingerprint(0, storage.size, LAST_BOUND)
    else answer.#split(0, storage.size, LAST_BOUND)
    return answer.#out.finish()
  }

  /** Answers the ranges in `reader`; a single byte when nothing is left to say. */
  run(reader: ByteReader): Uint8Array {
    const bounds = new BoundReader()
    const size = this.#storage.size
    let from = 0
    let lower = FIRST_BOUND
    for (let ranges = 1; !reader.done; ranges++) {
      hold(this.#limits, 'maxRanges', ranges)
      const bound = bounds.read(reader)
      const mode = reader.varint()
      const to = this.#range(reader, mode, { from: lower, to: bound }, from)
      if (this.#isFull(this.#out.length)) {
        this.#out.truncate(this.#settled)
        this.#fingerprint(to, size, LAST_BOUND)
        break
      }
      this.#settled = this.#out.length
      from = to
      lower = bound
    }
    return this.#out.finish()
  }

  /** Answers one range, whose items begin at `from`; gives how far the answer went. */
  #range(reader: ByteReader, mode: number, range: Range, from: number): number {
    const bound = range.to
    const to = this.#storage.lowerBound(bound, from)
    if (mode === Mode.skip) {
      this.#skipTo = bound
    } else if (mode === Mode.fingerprint) {
      const theirs = reader.bytes(FINGERPRINT_BYTES)
      if (compareToPrefix(this.#storage.fingerprint(from, to), 0, theirs) === 0) this.#skipTo = bound
      else if (from === to && this.#take?.hole) {
        this.#take.hole(range)
        this.#skipTo = bound
      } else this.#split(from, to, bound)
    } else if (mode === Mode.idList) {
      const count = reader.varint()
      const theirs = reader.bytes(count * ID_BYTES)
      this.#listed(count)
      if (!this.#take) return this.#listIds(from, to, bound)
      this.#take.ids(theirs, from, to)
      this.#skipTo = bound
    } else throw malformed(`There is no mode ${mode}.`)
    return to
  }

  #split(from: number, to: number, upper: Bound): void {
    this.#writeSkip()
    const count = to - from
    if (count < BUCKETS * 2) {
      this.#writeIds(from, to, upper)
      return
    }
    const [each, larger] = [Math.floor(count / BUCKETS), count % BUCKETS]
    let start = from
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      const end = start + each + (bucket < larger ? 1 : 0)
      this.#fingerprint(start, end, end === to ? upper : this.#boundAt(end))
      start = end
    }
  }

  /** The responder's own ids of a range, as many as fit: the range then ends at the first one left out (FRAME-2). */
  #listIds(from: number, to: number, bound: Bound): number {
    const limit = this.#limits.frameLimit
    const room = limit === 0 ? Infinity : Math.floor((limit - FRAME_RESERVE - this.#settled) / ID_BYTES) + 1
    const end = to - from > room ? from + Math.max(0, room) : to
    this.#writeSkip()
    this.#writeIds(from, end, end === to ? bound : this.#itemAt(end))
    this.#settled = this.#out.length
    return end
  }

  #writeSkip(): void {
    if (!this.#skipTo) return
    this.#boundsOut.write(this.#out, this.#skipTo)
    this.#out.varint(Mode.skip)
    this.#skipTo = undefined
  }

  #writeIds(from: number, to: number, upper: Bound): void {
    this.#boundsOut.write(this.#out, upper)
    this.#out.varint(Mode.idList)
    this.#out.varint(to - from)
    const bytes = (to - from) * ID_BYTES
    const { buffer, offset } = this.#out.reserve(bytes)
    this.#storage.copyIds(from, to, buffer, offset)
    this.#out.advance(bytes)
  }

  #fingerprint(from: number, to: number, upper: Bound): void {
    this.#boundsOut.write(this.#out, upper)
    this.#out.varint(Mode.fingerprint)
    this.#out.bytes(this.#storage.fingerprint(from, to))
  }

  #itemAt(index: number): Bound {
    return { timestamp: this.#storage.timestampAt(index), prefix: this.#storage.idAt(index) }
  }

  #boundAt(index: number): Bound {
    return boundBetween(this.#itemAt(index - 1), this.#itemAt(index))
  }

  #isFull(length: number): boolean {
    const { frameLimit } = this.#limits
    return frameLimit !== 0 && length > frameLimit - FRAME_RESERVE
  }
}
