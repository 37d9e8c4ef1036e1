import type { PathMtu } from './types.ts'

export interface PathMtuOptions {
  /** Passes on every path Quantum speaks on (bytes of UDP payload). */
  base?: number
  /** Largest worth probing: an Ethernet frame less IPv4 and UDP headers. */
  max?: number
}

const DEFAULT_BASE = 1200
const DEFAULT_MAX = 1472
/** Probes of one size before it is taken for too large (RFC 8899 §5.1.2, MAX_PROBES). */
const MAX_PROBES = 3
/** The search ends when less than this could be won. */
const GRAIN = 16
/** A larger size is looked for again after this long (PMTU_RAISE_TIMER). */
const RAISE_MS = 600_000
/** Large packets lost, none of them acknowledged, and for how long, that make a black hole; a burst of loss is shorter. */
const BLACK_HOLE_LOSSES = 8
const BLACK_HOLE_MS = 500
/** Sizes that are usual on paths, tried before halving: Ethernet, PPPoE, IPv6 over Ethernet, tunnels. */
const USUAL_SIZES = [1472, 1464, 1452, 1420, 1392, 1372, 1280]

export function createPathMtu(options: PathMtuOptions = {}): PathMtu {
  return new DatagramPathMtu(options.base ?? DEFAULT_BASE, options.max ?? DEFAULT_MAX)
}

/** DPLPMTUD (RFC 8899): probes are packets of their own whose loss harms nothing. */
class DatagramPathMtu implements PathMtu {
  current: number
  readonly #base: number
  #max: number
  /** Least size known not to pass. */
  #tooLarge: number
  #inFlight = 0
  #tries = 0
  #searchedAt = Number.NEGATIVE_INFINITY
  #largeLosses = 0
  #firstLossAt = 0

  constructor(base: number, max: number) {
    this.#base = base
    this.#max = max
    this.current = base
    this.#tooLarge = max + 1
  }

  probeSize(now: number): number {
    if (this.#inFlight > 0) return 0
    if (this.#isSettled()) {
      if (this.current >= this.#max || now < this.#searchedAt + RAISE_MS) return 0
      this.#tooLarge = this.#max + 1
      this.#tries = 0
    }
    const usual = USUAL_SIZES.find(
      (size) => size < this.#tooLarge && size > this.current && size <= this.#max,
    )
    return usual ?? Math.min(this.#max, Math.ceil((this.current + this.#tooLarge) / 2))
  }

  onProbeSent(_now: number, size: number): void {
    this.#inFlight = size
  }

  onProbeAcked(now: number, size: number): void {
    this.#inFlight = 0
    this.#tries = 0
    this.#searchedAt = now
    if (size > this.current && size < this.#tooLarge) this.current = size
  }

  onProbeLost(now: number, size: number): void {
    this.#inFlight = 0
    this.#searchedAt = now
    this.#tries++
    if (this.#tries < MAX_PROBES || size <= this.current) return
    this.#tooLarge = Math.min(this.#tooLarge, size)
    this.#tries = 0
  }

  onPacketAcked(size: number): void {
    if (size > this.#base) this.#largeLosses = 0
  }

  onPacketLost(now: number, size: number): void {
    if (size <= this.#base || this.current === this.#base) return
    if (this.#largeLosses++ === 0) this.#firstLossAt = now
    if (this.#largeLosses < BLACK_HOLE_LOSSES || now - this.#firstLossAt < BLACK_HOLE_MS) return
    // Only large packets vanish: the path has shrunk.
    this.#tooLarge = this.current
    this.current = this.#base
    this.#largeLosses = 0
    this.#tries = 0
    this.#searchedAt = now
  }

  limit(bytes: number): void {
    if (bytes >= this.#max) return
    this.#max = Math.max(this.#base, bytes)
    this.#tooLarge = Math.min(this.#tooLarge, this.#max + 1)
    this.current = Math.min(this.current, this.#max)
  }

  reset(now: number): void {
    this.current = this.#base
    this.#tooLarge = this.#max + 1
    this.#inFlight = 0
    this.#tries = 0
    this.#largeLosses = 0
    this.#searchedAt = now
  }

  #isSettled(): boolean {
    return this.current >= this.#max || this.#tooLarge - this.current <= GRAIN
  }
}
