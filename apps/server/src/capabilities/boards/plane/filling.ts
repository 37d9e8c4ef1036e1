/** Brings over a range of records of which nothing is here: by the range, not by their ids. */
import { type Bound, isBefore, type Range } from '@stoa/reconcile'
import { toBytes } from '../hex.ts'
import { SyncError } from './errors.ts'
import type { Verified } from './intake.ts'
import { LEAST_PART, type Part } from './wire.ts'

/** Records that cannot be used, of one peer in one range. */
const MOST_REFUSED = 1024

export interface FillingParts {
  /** Asks the peer for what it holds from a place to another. */
  readonly ask: (from: Bound, to: Bound) => Promise<Part>
  readonly read: (records: readonly Uint8Array[]) => Promise<Verified>
  readonly keep: (read: Verified) => Promise<void>
  /** How many were settled just now, and how many the peer says are left. */
  readonly onPart: (settled: number, left: number) => void
}

/**
 * The newest first. While one part is kept, the next one is verified and the one after it is on its way: three are in memory,
 * 512 KiB each at most. Resolves with how many are dated ahead of our clock. @throws SyncError, and what the parts throw
 */
export async function fill({ from, to }: Range, parts: FillingParts): Promise<number> {
  const { ask, read, keep, onPart } = parts
  let asked: Promise<Part> | undefined = ask(from, to)
  let kept: Promise<void> = Promise.resolve()
  let [upper, ahead, refused] = [to, 0, 0]
  try {
    while (asked) {
      const part: Part = await asked
      checkPart(part, from, upper)
      asked = part.next ? ask(from, part.next) : undefined
      asked?.catch(() => {})
      const verified = await read(part.records)
      checkAsked(verified, { from: part.next ?? from, to: upper })
      refused += verified.refused.length
      if (refused > MOST_REFUSED)
        throw new SyncError('sync.undelivered', `The peer brings what nobody can use: ${refused} records.`)
      ahead += verified.ahead.length
      upper = part.next ?? upper
      await kept
      kept = keep(verified).then(() => onPart(part.records.length - verified.ahead.length, part.left))
      kept.catch(() => {})
    }
  } finally {
    await kept
  }
  return ahead
}

/** Each part leads on, and brings something: whoever gives drops of an endless range lies. */
function checkPart({ records, next }: Part, from: Bound, upper: Bound): void {
  if (!next) return
  if (records.length < LEAST_PART)
    throw new SyncError('sync.undelivered', 'The peer claims records of a range and brings few or none.')
  if (!isBefore(next, upper) || !isBefore(from, next))
    throw new SyncError('sync.malformed', 'A part of a range does not lead on.')
}

function checkAsked({ records }: Verified, { from, to }: Range): void {
  for (const { id, record } of records) {
    const place = { timestamp: Math.floor(record.createdAt / 1000), prefix: toBytes(id) }
    if (isBefore(place, from) || !isBefore(place, to))
      throw new SyncError('sync.not_asked', 'Records came that nobody asked for.')
  }
}
