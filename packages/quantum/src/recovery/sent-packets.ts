import type { SentState } from '../congestion/controller.ts'
import type { OutgoingPacket } from './types.ts'

export const OUTSTANDING = 0
export const LOST = 1
/** Acknowledged, or rebuilt by FEC and then forgotten. */
export const SETTLED = 2
export type PacketState = typeof OUTSTANDING | typeof LOST | typeof SETTLED

/** A sent packet while its fate is open, and for a while after it was taken for lost. */
export interface SentRecord<Content> extends SentState {
  packet: OutgoingPacket<Content>
  number: number
  state: PacketState
  /** When it was taken for lost. */
  lostAt: number
  previous: SentRecord<Content> | undefined
  next: SentRecord<Content> | undefined
}

/** All fields at once: one shape for all records keeps the many accesses to them quick. */
export function recordOf<Content>(packet: OutgoingPacket<Content>, now: number): SentRecord<Content> {
  return {
    size: packet.size,
    sentAt: now,
    delivered: 0,
    deliveredAt: 0,
    firstSentAt: 0,
    lostBytes: 0,
    inFlightAtSend: 0,
    appLimited: false,
    phase: 0,
    packet,
    number: packet.number,
    state: OUTSTANDING,
    lostAt: 0,
    previous: undefined,
    next: undefined,
  }
}

/** Lost packets kept to notice that they arrived after all. */
const MAX_LOST_KEPT = 1024

/**
 * Unsettled packets of one number space, ascending. A linked list: acknowledgements repeat old ranges, and a walk over what is
 * still open costs less than one over what is covered.
 */
export class SentPackets<Content> {
  first: SentRecord<Content> | undefined
  last: SentRecord<Content> | undefined
  /** Largest number acknowledged, -1 before the first. */
  largestAcked = -1
  /** When the largest acknowledged packet left. */
  largestAckedSentAt = Number.NEGATIVE_INFINITY
  /** Outstanding packets that ask for an acknowledgement. */
  ackElicitingOutstanding = 0
  lastAckElicitingSentAt = 0
  /** Earliest time at which the time threshold takes a packet for lost; Infinity when none waits. */
  lossTime = Number.POSITIVE_INFINITY
  #lostKept = 0

  append(record: SentRecord<Content>): void {
    record.previous = this.last
    if (this.last) this.last.next = record
    else this.first = record
    this.last = record
    if (!record.packet.ackEliciting) return
    this.ackElicitingOutstanding++
    this.lastAckElicitingSentAt = record.sentAt
  }

  /** Takes a packet for lost; it stays in the list in case it arrives. */
  markLost(record: SentRecord<Content>, now: number): void {
    if (record.packet.ackEliciting) this.ackElicitingOutstanding--
    record.state = LOST
    record.lostAt = now
    this.#lostKept++
  }

  /** The packet's fate is final. */
  settle(record: SentRecord<Content>): void {
    if (record.state === LOST) this.#lostKept--
    else if (record.packet.ackEliciting) this.ackElicitingOutstanding--
    record.state = SETTLED
    if (record.previous) record.previous.next = record.next
    else this.first = record.next
    if (record.next) record.next.previous = record.previous
    else this.last = record.previous
  }

  /** Drops lost packets declared before `time`, and the oldest beyond the bound. */
  forgetLost(time: number): void {
    let record = this.first
    while (record?.state === LOST && (record.lostAt < time || this.#lostKept > MAX_LOST_KEPT)) {
      const { next }: SentRecord<Content> = record
      this.settle(record)
      record = next
    }
  }

  find(number: number): SentRecord<Content> | undefined {
    for (let record = this.first; record && record.number <= number; record = record.next) {
      if (record.number === number) return record
    }
    return undefined
  }
}
