import type { PeerId } from '../../../platform/peers/peers.ts'
import type { FetchReason } from '../content/source.ts'

/** One peer that was asked and did not give it. */
export interface Attempt {
  readonly peer: PeerId
  /** `null`: silent until another gave it. */
  readonly reason: FetchReason | null
  readonly seconds: number
}

export interface FetchEntry {
  readonly digest: string
  readonly startedAt: number
  /** `undefined` while it runs. */
  seconds: number | undefined
  reason: FetchReason | null
  peer: PeerId | null
  readonly attempts: Attempt[]
  bytes: number
}

const KEPT = 500
const MOST_ATTEMPTS = 20
/** Rates are of so many of the last fetches. */
const WINDOW = 1000

/** The last fetches, for whoever asks why something does not open, and the rates that are made of them. */
export class FetchHistory {
  readonly #entries: FetchEntry[] = []
  readonly #ended: { readonly ok: boolean; readonly seconds: number }[] = []
  readonly #lookups: boolean[] = []
  #running = 0

  begin(digest: string, now: number): FetchEntry {
    const entry: FetchEntry = {
      ...{ digest, startedAt: now, seconds: undefined, reason: null, peer: null, bytes: 0 },
      attempts: [],
    }
    this.#entries.push(entry)
    if (this.#entries.length > KEPT) this.#entries.shift()
    this.#running += 1
    return entry
  }

  attempted(entry: FetchEntry, attempt: Attempt): void {
    if (entry.attempts.length < MOST_ATTEMPTS) entry.attempts.push(attempt)
  }

  end(entry: FetchEntry, reason: FetchReason | null, now: number): void {
    entry.seconds = (now - entry.startedAt) / 1000
    entry.reason = reason
    this.#running -= 1
    this.#ended.push({ ok: reason === null, seconds: entry.seconds })
    if (this.#ended.length > WINDOW) this.#ended.shift()
  }

  /** A reader asked for a content: was it here? */
  lookedUp(hit: boolean): void {
    this.#lookups.push(hit)
    if (this.#lookups.length > WINDOW) this.#lookups.shift()
  }

  /** Of the last thousand that readers asked for; `null` before the first. */
  get hitRate(): number | null {
    if (this.#lookups.length === 0) return null
    return this.#lookups.filter(Boolean).length / this.#lookups.length
  }

  /** The newest first. */
  get entries(): readonly FetchEntry[] {
    return this.#entries.toReversed()
  }

  get running(): number {
    return this.#running
  }

  /** Of the last thousand; `null` before the first. */
  get successRate(): number | null {
    if (this.#ended.length === 0) return null
    return this.#ended.filter(({ ok }) => ok).length / this.#ended.length
  }

  /** Seconds within which 95 of 100 successful fetches ended; `null` before the first. */
  get latencyP95(): number | null {
    const times = this.#ended.filter(({ ok }) => ok).map(({ seconds }) => seconds)
    if (times.length === 0) return null
    return times.sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * 0.95))] ?? null
  }
}
