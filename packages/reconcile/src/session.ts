import { Answer, type Takers } from './answer.ts'
import { ByteReader } from './byte-reader.ts'
import { compareRuns, keyOf } from './difference.ts'
import { malformed, ReconcileError } from './errors.ts'
import { ID_BYTES, isBefore, type Range } from './item.ts'
import { hold, type ReconcileLimits, resolveLimits } from './limits.ts'
import { VERSION_BYTE } from './message.ts'
import type { ReconcileStorage } from './storage.ts'

const VERSIONS = { first: 0x60, last: 0x6f }

/** What a message from the responder told the initiator. */
export interface Progress {
  /** To be sent next; undefined when the session is over. */
  readonly message: Uint8Array | undefined
  /** Ids that are here and not there, each told once in a session. */
  readonly have: readonly Uint8Array[]
  /** Ids that are there and not here, each told once in a session. */
  readonly need: readonly Uint8Array[]
  /** Ranges of which nothing is here and something there, where the initiator takes such: those of one message in order. */
  readonly holes: readonly Range[]
  /** False when the session ended because `maxIds` was reached: exchange those, then reconcile again. */
  readonly complete: boolean
}

/** The side that asks, and learns the difference. One object per session. */
export class Initiator {
  readonly #storage: ReconcileStorage
  readonly #limits: ReconcileLimits
  /** What was told in this session; below, what the current message adds. */
  readonly #told = new Set<string>()
  #have: Uint8Array[] = []
  #need: Uint8Array[] = []
  #holes: Range[] = []
  readonly #takeHoles: boolean
  /** Ids and holes that were told; what is told is limited (LIMIT-1). */
  #count = 0
  #rounds = 0

  /** `holes`: ranges of which nothing is here are told as such, and their ids are not asked for (HOLE-1). */
  constructor(
    storage: ReconcileStorage,
    limits: Partial<ReconcileLimits> = {},
    options: { readonly holes?: boolean } = {},
  ) {
    this.#storage = storage
    this.#limits = resolveLimits(limits)
    this.#takeHoles = options.holes ?? false
  }

  /** The first message. */
  initiate(): Uint8Array {
    return Answer.initial(this.#storage, this.#limits, this.#takeHoles)
  }

  /** Takes the responder's answer. Throws ReconcileError when it is not one; the session is then over. */
  reconcile(message: Uint8Array): Progress {
    const reader = open(message, this.#limits, ++this.#rounds)
    if (version(reader) !== VERSION_BYTE)
      throw new ReconcileError('reconcile.unsupported_version', 'The peer speaks another version.')
    this.#have = []
    this.#need = []
    this.#holes = []
    const take: Takers = {
      ids: (theirs, from, to) => this.#compare(theirs, from, to),
      hole: this.#takeHoles ? (hole) => this.#takeHole(hole) : undefined,
    }
    const next = new Answer(this.#storage, this.#limits, { take }).run(reader)
    const complete = this.#count < this.#limits.maxIds
    return {
      message: next.length > 1 && complete ? next : undefined,
      have: this.#have,
      need: this.#need,
      holes: this.#holes,
      complete,
    }
  }

  #compare(theirs: Uint8Array, from: number, to: number): void {
    const ours = new Uint8Array((to - from) * ID_BYTES)
    this.#storage.copyIds(from, to, ours, 0)
    compareRuns(
      ours,
      theirs,
      (id) => this.#learn(this.#have, id),
      (id) => this.#learn(this.#need, id),
    )
  }

  #takeHole(hole: Range): void {
    const last = this.#holes.at(-1)
    const touches = last && !isBefore(last.to, hole.from) && !isBefore(hole.from, last.to)
    if (this.#count >= this.#limits.maxIds) return
    if (touches) this.#holes[this.#holes.length - 1] = { from: last.from, to: hole.to }
    else {
      this.#count++
      this.#holes.push(hole)
    }
  }

  #learn(ids: Uint8Array[], id: Uint8Array): void {
    if (this.#count >= this.#limits.maxIds) return
    const key = keyOf(id)
    if (this.#told.has(key)) return
    this.#told.add(key)
    this.#count++
    ids.push(id.slice())
  }
}

/** All that a responder keeps of a session between messages (LIMIT-3). */
export interface SessionTally {
  /** Messages that were answered. */
  rounds: number
  /** Ids that the initiator listed. */
  listed: number
}

/** The side that answers. */
export class Responder {
  readonly #storage: ReconcileStorage
  readonly #limits: ReconcileLimits
  readonly #tally: SessionTally

  /** `tally`: of a session that goes on, with whatever the storage is by now. It is changed. */
  constructor(
    storage: ReconcileStorage,
    limits: Partial<ReconcileLimits> = {},
    tally: SessionTally = { rounds: 0, listed: 0 },
  ) {
    this.#storage = storage
    this.#limits = resolveLimits(limits)
    this.#tally = tally
  }

  /** The answer to a message; the single version byte when the version is another one (WIRE-1). */
  respond(message: Uint8Array): Uint8Array {
    const reader = open(message, this.#limits, ++this.#tally.rounds)
    if (version(reader) !== VERSION_BYTE) return Uint8Array.of(VERSION_BYTE)
    return new Answer(this.#storage, this.#limits, { listed: (count) => this.#listed(count) }).run(reader)
  }

  #listed(count: number): void {
    this.#tally.listed += count
    hold(this.#limits, 'maxListed', this.#tally.listed - this.#storage.size)
  }
}

function version(reader: ByteReader): number {
  const byte = reader.byte()
  if (byte < VERSIONS.first || byte > VERSIONS.last) throw malformed('This is no message of the protocol.')
  return byte
}

function open(message: Uint8Array, limits: ReconcileLimits, rounds: number): ByteReader {
  hold(limits, 'maxRounds', rounds)
  hold(limits, 'maxMessageBytes', message.length)
  return new ByteReader(message)
}
