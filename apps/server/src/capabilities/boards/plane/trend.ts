/** The four figures of A7 at a moment; `null`: nothing could be said then. */
export interface Figures {
  readonly successRate: number | null
  readonly latencyP95: number | null
  readonly hitRate: number | null
  readonly lagSeconds: number | null
}

export interface Sample extends Figures {
  /** Milliseconds since 1970. */
  readonly at: number
}

/** How often the figures are noted. */
export const SAMPLE_EVERY_MS = 60_000
/** Two hours. */
const KEPT = 120

/** How the figures went lately, in memory: enough to see whether a lag grows or falls. */
export class Trend {
  readonly #samples: Sample[] = []

  note(at: number, { successRate, latencyP95, hitRate, lagSeconds }: Figures): void {
    this.#samples.push({ at, successRate, latencyP95, hitRate, lagSeconds })
    if (this.#samples.length > KEPT) this.#samples.shift()
  }

  /** The oldest first. */
  get samples(): readonly Sample[] {
    return this.#samples
  }
}
