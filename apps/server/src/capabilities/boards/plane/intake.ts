import { createHash } from 'node:crypto'
import type { Logger } from '@stoa/kernel'
import { checkReceipt, type ReadRecord, RecordError, readRecord, type SignatureScheme } from '@stoa/records'
import type { PeerId } from '../../../platform/peers/peers.ts'
import type { Scheduler } from '../../../platform/peers/scheduler.ts'
import type { ContentCounters } from '../../../platform/telemetry/content.ts'
import type { Breathe, RecordShelf } from './ports.ts'

const MOST_REFUSED = 10_000

export interface Taken {
  /** Ids that are here now, or are refused for good: nobody needs to bring them again. */
  readonly settled: readonly string[]
  readonly fresh: number
  /** Dated ahead of our clock: to be offered again later. */
  readonly ahead: number
  readonly refused: number
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

  isRefused(id: string): boolean {
    return this.#refused.has(id)
  }

  /** Reads and verifies; a record is known by the hash of its bytes, whatever they are. */
  async read(
    list: readonly Uint8Array[],
  ): Promise<{ records: ReadRecord[]; ahead: number; refused: string[] }> {
    const { signatures, scheduler, breathe } = this.#parts
    const records: ReadRecord[] = []
    const refused: string[] = []
    let ahead = 0
    for (const bytes of list) {
      try {
        const record = readRecord(bytes, signatures)
        checkReceipt(record, scheduler.now())
        records.push(record)
      } catch (error) {
        if (!(error instanceof RecordError)) throw error
        if (error.code === 'record.from_future') ahead++
        else refused.push(createHash('sha256').update(bytes).digest('hex'))
      }
      await breathe()
    }
    return { records, ahead, refused }
  }

  /** Verifies and keeps. Nothing of it is half there: each board's part is one transaction. */
  async take(list: readonly Uint8Array[], peer: PeerId): Promise<Taken> {
    const { counters, log } = this.#parts
    const { records, ahead, refused } = await this.read(list)
    for (const id of refused) this.#refuse(id)
    const fresh = await this.#parts.records.keep(records, peer)
    counters.received('new', fresh.length)
    counters.received('known', records.length - fresh.length)
    if (ahead > 0) counters.received('ahead', ahead)
    if (refused.length > 0) {
      counters.received('refused', refused.length)
      log.warn({ action: 'records_refused', peer, count: refused.length, first: refused[0] })
    }
    const settled = [...records.map(({ id }) => id), ...refused]
    return { settled, fresh: fresh.length, ahead, refused: refused.length }
  }

  #refuse(id: string): void {
    this.#refused.add(id)
    if (this.#refused.size > MOST_REFUSED) this.#refused.delete(this.#refused.values().next().value ?? '')
  }
}
