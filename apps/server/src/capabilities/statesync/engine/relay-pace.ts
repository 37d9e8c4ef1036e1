/** After a relay, so many times what it took are left to everything else, while a document is written without a pause. */
const REST = 2
/** But no longer than this, milliseconds: twice for each picture of a screen. */
const LONGEST_MS = 8
/** Those who write at the same time are waited for no longer than this, milliseconds. */
const COMPANY_MS = 2
/** Shorter waits than this are none: timers cannot tell them apart, milliseconds. */
const LEAST_MS = 0.5

/**
 * When a document is relayed next. Each relay is sent to everybody, whatever it holds: what is written while one is on its way, or
 * just after, goes with the next. How long that is follows what the last one cost, so that a document of few readers is relayed at
 * once on a fast machine, and one of hundreds leaves time for everything else on a slow one. Times are milliseconds of any clock.
 */
export class RelayPace {
  #beganAt = Number.NEGATIVE_INFINITY
  /** What the last relay took, until the event loop came round; `undefined` while it has not. */
  #took: number | undefined = 0
  #crowded = false

  /** How long what has just come is to wait for others; 0: until the next turn of the event loop. */
  wait(now: number): number {
    const since = now - this.#beganAt
    const took = this.#took ?? since
    const rest = took + Math.min(LONGEST_MS, took * REST) - since
    // Who writes alone waits for nobody.
    const company = this.#crowded ? Math.min(COMPANY_MS, took / 2) : 0
    const wait = Math.max(rest, company)
    return wait < LEAST_MS ? 0 : wait
  }

  /** A relay begins, of what so many have sent. */
  begin(now: number, senders: number): void {
    this.#beganAt = now
    this.#took = undefined
    this.#crowded = senders > 1
  }

  /** The event loop has come round since. */
  end(now: number): void {
    this.#took ??= now - this.#beganAt
  }
}
