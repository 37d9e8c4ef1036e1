/** One comparison with one peer: who holds what, and bringing over what is missing. */

import { Initiator, isBefore, type Range, type ReconcileStorage } from '@stoa/reconcile'
import { decodeCanonical, Fields, type ReadRecord } from '@stoa/records'
import { PeerError } from '../../../platform/peers/errors.ts'
import type { PeerId, PeerNetwork } from '../../../platform/peers/peers.ts'
import { toHex } from '../hex.ts'
import { SyncError } from './errors.ts'
import { fill } from './filling.ts'
import type { Intake, Verified } from './intake.ts'
import type { Breathe, RecordShelf, Scope } from './ports.ts'
import {
  decodeHello,
  decodePart,
  decodeRecords,
  encodeSyncRequest,
  FRAME_BYTES,
  type Hello,
  MAX_FRAME_BYTES,
  MAX_IDS,
  SYNC_PROTOCOL,
  type SyncRequest,
} from './wire.ts'

const DEADLINE_MS = 15_000
/** Ids learned in one session; what is above comes in the next one. */
const SESSION_IDS = 100_000
/** Records that a peer may claim to hold and then not bring, or bring and be of no use. */
const MOST_UNDELIVERED = 1024
const BATCHES_AT_ONCE = 2
/** From so many missing records on, ranges of which nothing is here are brought as ranges. */
const MANY = 512

export interface ComparisonParts {
  readonly network: PeerNetwork
  readonly records: RecordShelf
  readonly intake: Intake
  readonly breathe: Breathe
  /** Ids that another comparison is bringing over just now. */
  readonly coming: Set<string>
  /** Ranges that another comparison is bringing over just now. */
  readonly filling: Set<Range>
  /** Peers of older builds, which do not know how to answer for a range (SYNC-7). */
  readonly withoutRanges: Set<PeerId>
}

/** What one session of reconciliation found. */
interface Difference {
  readonly need: readonly string[]
  readonly holes: readonly Range[]
  readonly complete: boolean
}

export class Comparison {
  readonly #parts: ComparisonParts
  readonly #peer: PeerId
  readonly #scope: Scope
  readonly #onMissing: (count: number) => void
  #undelivered = 0
  #unusable = 0

  /** `onMissing`: told how many records are still missing, whenever that changes. */
  constructor(parts: ComparisonParts, peer: PeerId, scope: Scope, onMissing: (count: number) => void) {
    this.#parts = parts
    this.#peer = peer
    this.#scope = scope
    this.#onMissing = onMissing
  }

  /** @throws PeerError, SyncError, RecordError */
  async hello(): Promise<Hello> {
    return readAs(decodeHello, await this.#ask({ op: 'hello' }))
  }

  async holdsTheSame({ records, fingerprint }: Hello): Promise<boolean> {
    const index = await this.#index()
    return index.size === records && toHex(index.fingerprint(0, index.size)) === fingerprint
  }

  /**
   * Brings over what is missing, the newest first; `theirs`: how many records the peer holds. Resolves with how many could not
   * be had now: dated ahead, or on their way from another peer. @throws PeerError, SyncError, ReconcileError
   */
  async run(session: number, theirs: number): Promise<number> {
    const { withoutRanges } = this.#parts
    let byRange = true
    for (let round = 0; ; round++) {
      const many = byRange && !withoutRanges.has(this.#peer) ? theirs : 0
      const { need, holes, complete } = await this.#difference(session + round, many)
      const later = await this.#fill(holes, theirs, need.length).catch((error: unknown) => {
        if (!isUnknownQuestion(error)) throw error
        withoutRanges.add(this.#peer)
        return undefined
      })
      if (later === undefined) continue
      const notBrought = await this.#bring(need, later)
      const left = later + notBrought
      // What a peer says is all of a range may not be all that it says it holds: its ids tell.
      const filled = holes.length > 0 && later === 0
      if (filled) byRange = false
      if (filled || (!complete && notBrought < need.length)) continue
      // With nothing to go on from, another session would end where this one did: as while a new node brings over what is here.
      if (this.#undelivered === 0) return complete ? left : Math.max(left, 1)
      throw new SyncError(
        'sync.incomplete',
        `Records that the peer says it holds did not come: ${this.#undelivered}.`,
      )
    }
  }

  /** Ids of records that no node can use are passed over; in a range they would come again and again. */
  async #difference(session: number, theirs: number): Promise<Difference> {
    const { breathe, intake } = this.#parts
    const limits = { frameLimit: FRAME_BYTES, maxMessageBytes: MAX_FRAME_BYTES, maxIds: SESSION_IDS }
    const index = await this.#index()
    const many = theirs - index.size >= MANY && !intake.hasRefused
    const initiator = new Initiator(index, limits, { holes: many })
    const need: string[] = []
    const holes: Range[] = []
    let complete = true
    for (let message: Uint8Array | undefined = initiator.initiate(); message; ) {
      const answer = await this.#ask({ op: 'reconcile', session, message })
      const progress = initiator.reconcile(readAs(readMessage, answer))
      for (const id of progress.need) {
        const hex = toHex(id)
        if (!intake.isRefused(hex)) need.push(hex)
      }
      holes.push(...progress.holes)
      this.#onMissing(need.length + holes.length)
      complete = progress.complete
      message = progress.message
      await breathe()
    }
    return { need, holes, complete }
  }

  /** Brings over what lies in the holes. Answers how many could not be had now, one at least for what another peer is bringing. */
  async #fill(holes: readonly Range[], theirs: number, needed: number): Promise<number> {
    const { intake, filling } = this.#parts
    let missing = Math.max(holes.length, theirs - (await this.#index()).size - needed)
    let later = 0
    for (const hole of holes.toSorted((a, b) => (isBefore(a.from, b.from) ? 1 : -1))) {
      if ([...filling].some((other) => overlap(hole, other))) {
        later++
        continue
      }
      filling.add(hole)
      try {
        later += await fill(hole, {
          ask: async (from, to) => readAs(decodePart, await this.#ask({ op: 'range', from, to })),
          read: (records) => intake.read(records),
          keep: (read) => this.#keep(read),
          onPart: (settled, left) => {
            missing = Math.max(later + left, missing - settled)
            this.#onMissing(missing + needed)
          },
        })
      } finally {
        filling.delete(hole)
      }
    }
    return later
  }

  /** Ids come in the order of time: the last are the newest. */
  async #bring(need: readonly string[], later: number): Promise<number> {
    const { coming } = this.#parts
    const mine = need.filter((id) => !coming.has(id))
    for (const id of mine) coming.add(id)
    const queue = mine.toReversed()
    let missing = need.length
    const work = async () => {
      while (queue.length > 0) {
        const batch = queue.splice(0, MAX_IDS)
        const settled = await this.#batch(batch, queue)
        missing -= settled
        this.#onMissing(missing + later)
      }
    }
    try {
      await Promise.all(Array.from({ length: BATCHES_AT_ONCE }, work))
    } finally {
      // What one batch ends with ends the others, too.
      queue.length = 0
      for (const id of mine) coming.delete(id)
    }
    return missing
  }

  /** Answers how many are settled. What did not fit into the answer is put back; what the peer does not bring is not. */
  async #batch(ids: readonly string[], queue: string[]): Promise<number> {
    const { intake, records } = this.#parts
    const asked = new Set(ids)
    const answer = readAs(decodeRecords, await this.#ask({ op: 'records', ids }))
    if (answer.length > ids.length)
      throw new SyncError('sync.not_asked', 'Records came that nobody asked for.')
    const read = await intake.read(answer)
    const settled = [...read.records.map(({ id }) => id), ...read.refused]
    const got = new Set([...settled, ...read.ahead])
    if ([...got].some((id) => !asked.has(id)))
      throw new SyncError('sync.not_asked', 'Records came that nobody asked for.')
    await this.#keep(read)
    const notBrought = ids.filter((id) => !got.has(id))
    // Another peer may have brought some of them.
    const here = await records.here(notBrought)
    const left = notBrought.filter((id) => !here.has(id))
    if (answer.length > 0 && left.length > 0) queue.push(...left)
    else this.#undelivered += left.length
    if (this.#undelivered > MOST_UNDELIVERED)
      throw new SyncError(
        'sync.undelivered',
        `The peer claims records that it does not bring: ${this.#undelivered}.`,
      )
    return new Set(settled).size + here.size
  }

  async #keep(read: Verified): Promise<void> {
    await this.#begin(read.records)
    await this.#parts.intake.keep(read, this.#peer)
    this.#judge(read)
  }

  /** What was brought with it and is genuine is kept by then, and what is not is not asked for again. */
  #judge({ forged, refused }: Verified): void {
    if (forged > 0)
      throw new SyncError('sync.forged', `The peer brings records that do not verify: ${forged}.`)
    this.#unusable += refused.length
    if (this.#unusable > MOST_UNDELIVERED)
      throw new SyncError(
        'sync.undelivered',
        `The peer brings what nobody can use: ${this.#unusable} records.`,
      )
  }

  /** Takes the beginnings of boards that nobody has told us of: without them nothing on the board can be judged. */
  async #begin(records: readonly ReadRecord[]): Promise<void> {
    const { intake, records: shelf } = this.#parts
    const wanted = [...new Set(records.flatMap(({ record }) => record.board ?? []))]
    if (wanted.length === 0) return
    const here = await shelf.here(wanted)
    const missing = wanted.filter((id) => !here.has(id)).slice(0, MAX_IDS)
    if (missing.length === 0) return
    const answer = await this.#ask({ op: 'records', ids: missing })
    const read = await intake.read(readAs(decodeRecords, answer))
    await intake.keep(read, this.#peer)
    this.#judge(read)
  }

  #index(): Promise<ReconcileStorage> {
    return this.#parts.records.index(this.#scope)
  }

  #ask(request: SyncRequest): Promise<Uint8Array> {
    const options = { deadlineMs: DEADLINE_MS, answerBytes: 655_360 }
    return this.#parts.network.request(this.#peer, SYNC_PROTOCOL, encodeSyncRequest(request), options)
  }
}

/** An older build takes a question that it does not know for none of the protocol. */
function isUnknownQuestion(error: unknown): boolean {
  return error instanceof PeerError && error.code === 'peers.refused' && error.reason === 'malformed'
}

function overlap(a: Range, b: Range): boolean {
  return isBefore(a.from, b.to) && isBefore(b.from, a.to)
}

function readMessage(bytes: Uint8Array): Uint8Array {
  const fields = new Fields(decodeCanonical(bytes, MAX_FRAME_BYTES + 64), 'answer')
  const message = fields.take('message')
  fields.end()
  if (!(message instanceof Uint8Array)) throw new TypeError('This is no message.')
  return message
}

function readAs<T>(read: (bytes: Uint8Array) => T, bytes: Uint8Array): T {
  try {
    return read(bytes)
  } catch (cause) {
    throw new SyncError('sync.malformed', 'The answer is none of the protocol.', cause)
  }
}
