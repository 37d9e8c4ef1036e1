import type { PeerId } from '../../../platform/peers/peers.ts'

export interface PeerScore {
  /** 0: nothing is held against it; at {@link BANNED_AT} it is sent away for a while. */
  readonly faults: number
  readonly reason: string
  readonly at: number
  readonly bannedUntil: number | undefined
}

const BANNED_AT = 100
const BAN_MS = 10 * 60_000
/** Points that are forgotten in a minute. */
const FORGIVEN_A_MINUTE = 5
/** Peers that are remembered; whoever was quiet longest is forgotten first. */
const REMEMBERED = 1000

/**
 * What peers did wrong. Honest ones do a little of it, when clocks drift or news crosses; those points fade faster than
 * they come. Whoever goes on is refused for a while.
 */
const POINTS: Readonly<Record<string, number>> = {
  malformed: 20,
  too_large: 20,
  busy: 1,
  'membership.malformed': 20,
  'membership.not_canonical': 20,
  'membership.too_large': 20,
  'membership.invalid_key': 20,
  'membership.bad_signature': 40,
  'membership.wrong_cluster': 5,
  'membership.untrusted_issuer': 20,
  'membership.proof_missing': 20,
  'membership.proof_invalid': 40,
  'membership.proof_expired': 10,
  'membership.from_future': 5,
  'membership.not_member': 1,
  'membership.revoked': 10,
  'membership.wrong_sender': 40,
  'membership.outside_window': 2,
  'membership.replayed': 20,
}

export class Scores {
  readonly #peers = new Map<PeerId, PeerScore>()
  readonly #onBan: (peer: PeerId, score: PeerScore) => void

  constructor(onBan: (peer: PeerId, score: PeerScore) => void) {
    this.#onBan = onBan
  }

  /** Counts one fault. Reasons that nobody can help (an older snapshot) count nothing. */
  fault(peer: PeerId, reason: string, now: number): void {
    const points = POINTS[reason] ?? 0
    if (points === 0) return
    const before = this.of(peer, now)
    const faults = (before?.faults ?? 0) + points
    const bans = Math.ceil(faults) >= BANNED_AT
    const score = {
      faults: bans ? 0 : faults,
      reason,
      at: now,
      bannedUntil: bans ? now + BAN_MS : before?.bannedUntil,
    }
    this.#peers.delete(peer)
    this.#peers.set(peer, score)
    const [oldest] = this.#peers.keys()
    if (this.#peers.size > REMEMBERED && oldest !== undefined) this.#peers.delete(oldest)
    if (bans) this.#onBan(peer, score)
  }

  isBanned(peer: PeerId, now: number): boolean {
    return (this.#peers.get(peer)?.bannedUntil ?? 0) > now
  }

  of(peer: PeerId, now: number): PeerScore | undefined {
    const score = this.#peers.get(peer)
    if (!score) return undefined
    const faults = Math.max(0, score.faults - ((now - score.at) / 60_000) * FORGIVEN_A_MINUTE)
    const bannedUntil = (score.bannedUntil ?? 0) > now ? score.bannedUntil : undefined
    return faults === 0 && bannedUntil === undefined ? undefined : { ...score, faults, bannedUntil }
  }
}
