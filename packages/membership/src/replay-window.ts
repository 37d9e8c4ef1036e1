import { MembershipError } from './errors.ts'
import { compareTimestamps, millisOf, timestampOf } from './timestamp.ts'

/** Half of the window: a message is taken from five minutes before to five minutes after one's own time (REPLAY-1). */
export const REPLAY_WINDOW_MS = 5 * 60_000

interface Seen {
  /** Times taken from this peer, oldest first. */
  times: string[]
  /** Nothing at or before this time is taken any more: it may have been seen and forgotten. */
  floor: string
}

const NEVER = timestampOf(0)

/**
 * Takes each message of a peer once. A peer is known by the times of its messages, so it may not send two in the same
 * nanosecond. Memory is bounded: a few times a peer, a number of peers; what is forgotten raises the floor (REPLAY-2).
 */
export class ReplayWindow {
  readonly #peers = new Map<string, Seen>()
  readonly #maxPeers: number
  readonly #maxTimes: number
  /** The floor for peers that are not (or no longer) remembered. */
  #floor = NEVER

  constructor({ maxPeers = 1000, maxTimes = 64 }: { maxPeers?: number; maxTimes?: number } = {}) {
    this.#maxPeers = maxPeers
    this.#maxTimes = maxTimes
  }

  /** Peers that are remembered. */
  get size(): number {
    return this.#peers.size
  }

  /** Throws `membership.outside_window` or `membership.replayed`; else the message counts as taken. */
  take(peerId: string, sentAt: string, now: number): void {
    const distance = Math.abs(millisOf(sentAt) - now)
    if (distance > REPLAY_WINDOW_MS)
      throw new MembershipError(
        'membership.outside_window',
        `${Math.round(distance / 1000)} s off this node's time.`,
      )
    const seen = this.#peers.get(peerId) ?? { times: [], floor: this.#floor }
    const oldest = timestampOf(now - REPLAY_WINDOW_MS)
    while (seen.times[0] !== undefined && compareTimestamps(seen.times[0], oldest) < 0)
      seen.floor = seen.times.shift()!
    if (compareTimestamps(sentAt, seen.floor) <= 0 || seen.times.includes(sentAt))
      throw new MembershipError('membership.replayed', `A message sent at ${sentAt} was taken before.`)
    seen.times.push(sentAt)
    seen.times.sort(compareTimestamps)
    if (seen.times.length > this.#maxTimes) seen.floor = seen.times.shift()!
    this.#peers.delete(peerId)
    this.#peers.set(peerId, seen)
    this.#forgetOldest()
  }

  /** The peer whose last message came longest ago goes first; its times then stand below the common floor. */
  #forgetOldest(): void {
    if (this.#peers.size <= this.#maxPeers) return
    const [peerId, seen] = this.#peers.entries().next().value!
    this.#peers.delete(peerId)
    for (const time of [seen.floor, ...seen.times])
      if (compareTimestamps(time, this.#floor) > 0) this.#floor = time
  }
}
