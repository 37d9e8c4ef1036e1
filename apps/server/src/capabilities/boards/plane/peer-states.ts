import type { PeerId } from '../../../platform/peers/peers.ts'

/** What is known of another node's boards. */
export interface PeerState {
  readonly peer: PeerId
  connected: boolean
  /** When it was first heard, now or in an earlier run. */
  readonly heardAt: number
  /** Records that it says it holds. */
  says: number | undefined
  /** Of those, ones that are not here. */
  missing: number
  /** When this node last held everything that the peer said it holds. */
  inStepAt: number | undefined
  /** Whether it did so at the last word of the peer. */
  inStep: boolean
  lastSyncAt: number | undefined
  lastError: string | undefined
  lastErrorAt: number | undefined
  failures: number
}

/**
 * How far behind this node is, by what others say they hold: zero only while nothing is missing of what a connected member
 * has said, and without any connected member, time since the last agreement.
 */
export class PeerStates {
  readonly #states = new Map<PeerId, PeerState>()

  /** `inStepAt`: from an earlier run. */
  get(peer: PeerId, now: number, inStepAt?: number): PeerState {
    const known = this.#states.get(peer)
    if (known) return known
    const state: PeerState = {
      ...{
        peer,
        connected: false,
        heardAt: inStepAt ?? now,
        says: undefined,
        missing: 0,
        inStepAt,
        inStep: false,
      },
      ...{ lastSyncAt: undefined, lastError: undefined, lastErrorAt: undefined, failures: 0 },
    }
    this.#states.set(peer, state)
    return state
  }

  forget(peer: PeerId): void {
    this.#states.delete(peer)
  }

  all(): readonly PeerState[] {
    return [...this.#states.values()]
  }

  /** Seconds; 0 in step. */
  lagOf(state: PeerState, now: number): number {
    if (state.connected && state.inStep && state.missing === 0) return 0
    return Math.max(0, (now - (state.inStepAt ?? state.heardAt)) / 1000)
  }

  /** The largest lag to a connected member; of none, the smallest to any. `null`: nobody was ever heard. */
  lag(now: number, counts: (peer: PeerId) => boolean): number | null {
    const states = this.all().filter(({ peer }) => counts(peer))
    const connected = states.filter((state) => state.connected)
    if (connected.length > 0) return Math.max(...connected.map((state) => this.lagOf(state, now)))
    return states.length === 0 ? null : Math.min(...states.map((state) => this.lagOf(state, now)))
  }
}
