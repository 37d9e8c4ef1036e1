import type { PeerId } from '../../../platform/peers/peers.ts'

const LEAST = -20
const MOST = 10
/**
 * No lower by slowness, of which nobody knows whose it is: one moment in which this node, the line or the peer is busy counts
 * once for every question that is on its way. From here, too, it takes two lies to be left alone.
 */
const LEAST_HONEST = -9
/** How long a peer is left alone whose score fell to the bottom. */
const ASIDE_MS = 600_000
const MOST_PEERS = 4096

export type Deed = 'served' | 'failed' | 'slow' | 'lied'

const WORTH: Readonly<Record<Deed, number>> = { served: 1, failed: -1, slow: -2, lied: -10 }

/** How far peers can be relied on. One that is slow or fails is asked last; one that lies, then for a while not at all. */
export class PeerScores {
  readonly #scores = new Map<PeerId, { score: number; asideUntil: number }>()
  readonly #onAside: (peer: PeerId, milliseconds: number) => void

  /** `onAside`: told when one is left alone from now on, and for how long. */
  constructor(onAside: (peer: PeerId, milliseconds: number) => void = () => {}) {
    this.#onAside = onAside
  }

  note(peer: PeerId, deed: Deed, now: number): void {
    const before = this.#scores.get(peer) ?? { score: 0, asideUntil: 0 }
    const least = deed === 'lied' ? LEAST : Math.min(LEAST_HONEST, before.score)
    const score = Math.max(least, Math.min(MOST, before.score + WORTH[deed]))
    const left = score === LEAST && deed === 'lied'
    const asideUntil = left ? now + ASIDE_MS : before.asideUntil
    this.#scores.delete(peer)
    // Who comes back from being left alone has one more try.
    this.#scores.set(peer, { score: asideUntil > before.asideUntil ? LEAST + 9 : score, asideUntil })
    if (this.#scores.size > MOST_PEERS) this.#scores.delete(this.#scores.keys().next().value ?? '')
    if (left) this.#onAside(peer, ASIDE_MS)
  }

  scoreOf(peer: PeerId): number {
    return this.#scores.get(peer)?.score ?? 0
  }

  isAside(peer: PeerId, now: number): boolean {
    return (this.#scores.get(peer)?.asideUntil ?? 0) > now
  }
}
