import { createHash } from 'node:crypto'
import type { Logger } from '@stoa/kernel'
import {
  checkReceipt,
  decodeCanonical,
  RECORD_BYTES,
  type ReadRecord,
  RecordError,
  readRecordElsewhere,
  type SignatureScheme,
} from '@stoa/records'
import type { PeerId } from '../../../platform/peers/peers.ts'
import type { Scheduler } from '../../../platform/peers/scheduler.ts'
import type { ContentCounters } from '../../../platform/telemetry/content.ts'
import type { Breathe, RecordShelf } from './ports.ts'

const MOST_REFUSED = 10_000
/** Records in verification at once: others wait behind them for the threads that verify. */
const AT_ONCE = 32

/** Records as they were read: verified, and ids of those that are dated ahead of our clock or refused for good. */
export interface Verified {
  readonly records: readonly ReadRecord[]
  readonly ahead: readonly string[]
  readonly refused: readonly string[]
  /** How many of those refused are nobody's honest word: neither verified nor of a later version. */
  readonly forged: number
}

type Verdict =
  | { readonly record: ReadRecord }
  | { readonly why: 'ahead' | 'refused'; readonly id: string; readonly forged: boolean }

export interface Taken {
  readonly fresh: number
  /** Ids of those that are dated ahead of our clock: to be offered again later. */
  readonly ahead: readonly string[]
  readonly forged: number
}

interface Parts {
  readonly records: RecordShelf
  readonly signatures: SignatureScheme
  readonly scheduler: Scheduler
  readonly counters: ContentCounters
  readonly log: Logger
  readonly breathe: Breathe
}

/** What comes from other nodes is verified here, record by record, before anything looks at it. */
export class Intake {
  readonly #parts: Parts
  /** Of records that no node can use, so that they are not fetched again and again. */
  readonly #refused = new Set<string>()

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** Whether there are any that no node can use. */
  get hasRefused(): boolean {
    return this.#refused.size > 0
  }

  isRefused(id: string): boolean {
    return this.#refused.has(id)
  }

  /** Reads and verifies; a record is known by the hash of its bytes, whatever they are. */
  async read(list: readonly Uint8Array[]): Promise<Verified> {
    const verified = { records: [] as ReadRecord[], ahead: [] as string[], refused: [] as string[] }
    let forged = 0
    for (let at = 0; at < list.length; at += AT_ONCE) {
      const verdicts = await Promise.all(list.slice(at, at + AT_ONCE).map((bytes) => this.#verify(bytes)))
      for (const verdict of verdicts) {
        if ('record' in verdict) verified.records.push(verdict.record)
        else {
          verified[verdict.why].push(verdict.id)
          if (verdict.forged) forged++
        }
      }
    }
    return { ...verified, forged }
  }

  /** Reads, verifies and keeps. */
  async take(list: readonly Uint8Array[], peer: PeerId): Promise<Taken> {
    return this.keep(await this.read(list), peer)
  }

  /** Keeps what was verified. Nothing of it is half there: each board's part is one transaction. */
  async keep({ records, ahead, refused, forged }: Verified, peer: PeerId): Promise<Taken> {
    const { counters, log } = this.#parts
    for (const id of refused) this.#refuse(id)
    const fresh = await this.#parts.records.keep(records, peer)
    counters.received('new', fresh.length)
    counters.received('known', records.length - fresh.length)
    if (ahead.length > 0) counters.received('ahead', ahead.length)
    if (refused.length > 0) {
      counters.received('refused', refused.length)
      log.warn({ action: 'records_refused', peer, count: refused.length, first: refused[0] })
    }
    return { fresh: fresh.length, ahead, forged }
  }

  async #verify(bytes: Uint8Array): Promise<Verdict> {
    const { signatures, scheduler, breathe } = this.#parts
    try {
      const record = await readRecordElsewhere(bytes, signatures)
      checkReceipt(record, scheduler.now())
      await breathe()
      return { record }
    } catch (error) {
      if (!(error instanceof RecordError)) throw error
      const id = createHash('sha256').update(bytes).digest('hex')
      if (error.code === 'record.from_future') return { why: 'ahead', id, forged: false }
      return { why: 'refused', id, forged: !isOfLaterVersion(bytes) }
    }
  }

  #refuse(id: string): void {
    this.#refused.add(id)
    if (this.#refused.size > MOST_REFUSED) this.#refused.delete(this.#refused.values().next().value ?? '')
  }
}

/** What newer programs sign is of no use here, and no lie. */
function isOfLaterVersion(bytes: Uint8Array): boolean {
  try {
    const plain = decodeCanonical(bytes, RECORD_BYTES)
    return typeof plain === 'object' && plain !== null && 'v' in plain && Number(plain.v) > 1
  } catch {
    return false
  }
}
