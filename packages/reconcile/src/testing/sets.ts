import { createHash } from 'node:crypto'
import { BlockStorage } from '../block-storage.ts'
import type { Range } from '../item.ts'
import type { Initiator, Responder } from '../session.ts'
import type { RescanItem } from './rescan.ts'

export const idOf = (index: number): Uint8Array =>
  new Uint8Array(createHash('sha256').update(String(index)).digest())

export const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

/** Items `from` to `to`, `perTimestamp` of them at each timestamp. */
export function itemsOf(
  from: number,
  to: number,
  perTimestamp: number,
  firstTimestamp = 1_700_000_000,
): RescanItem[] {
  return Array.from({ length: to - from }, (_, at) => ({
    timestamp: firstTimestamp + Math.floor((from + at) / perTimestamp),
    id: idOf(from + at),
  }))
}

export function storageOf(items: readonly RescanItem[]): BlockStorage {
  const storage = new BlockStorage()
  for (const { timestamp, id } of items) storage.insert(timestamp, id)
  return storage
}

export interface Outcome {
  /** Initiator's and responder's in turn. */
  messages: Uint8Array[]
  have: string[]
  need: string[]
  holes: Range[]
  complete: boolean
}

/** A whole session. */
export function converse(initiator: Initiator, responder: Responder): Outcome {
  const outcome: Outcome = { messages: [], have: [], need: [], holes: [], complete: true }
  for (let message: Uint8Array | undefined = initiator.initiate(); message; ) {
    const answer = responder.respond(message)
    outcome.messages.push(message, answer)
    const progress = initiator.reconcile(answer)
    outcome.have.push(...progress.have.map(hex))
    outcome.need.push(...progress.need.map(hex))
    outcome.holes.push(...progress.holes)
    outcome.complete = progress.complete
    message = progress.message
  }
  return outcome
}
