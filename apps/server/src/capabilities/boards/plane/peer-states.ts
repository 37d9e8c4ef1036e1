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

  /** What went wrong with it last; the reason is an error's code. */
  blame(state: PeerState, reason: string, now: number): void {
    state.lastError = reason
    state.lastErrorAt = now
  }

  /** What it said last is no longer relied on. */
  doubt(peer: PeerId): void {
    const state = this.#states.get(peer)
    if (state) state.inStep = false
  }

  all(): readonly PeerState[] {
    return [...this.#states.values()]
  }

  /** Seconds; 0 in step. */
  lagOf(state: PeerState, now: number): number {
    if (state.connected && state.inStep && state.missing === 0) return 0
    return Math.max(0, (now - (state.inStepAt ?? state.heardAt)) / 1000)
  }

  /** The largest lag to one that is connected; of none, the smallest to any. `null`: nobody was ever heard. */
  lag(now: number, states: readonly PeerState[]): number | null {
    const connected = states.filter((state) => state.connected)
    if (connected.length > 0) return Math.max(...connected.map((state) => this.lagOf(state, now)))
    return states.length === 0 ? null : Math.min(...states.map((state) => this.lagOf(state, now)))
  }

  /** The most that is missing of what one that is connected holds; of none, of what any held when it was last heard. */
  missing(states: readonly PeerState[]): number {
    const connected = states.filter((state) => state.connected)
    return Math.max(0, ...(connected.length > 0 ? connected : states).map(({ missing }) => missing))
  }
}
