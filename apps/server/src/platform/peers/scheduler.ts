import { type Clock, systemClock } from '@stoa/kernel'

/** Time that also wakes: an argument, so that a network of many nodes can live through a day in a second. */
export interface Scheduler extends Clock {
  /** Calls `run` once after so many milliseconds, unless the function it gives was called before. */
  after(milliseconds: number, run: () => void): () => void
}

/** The machine's own. A wait does not keep the process alive. */
export const systemScheduler: Scheduler = {
  now: () => systemClock.now(),
  after(milliseconds, run) {
    const timer = setTimeout(run, milliseconds)
    timer.unref()
    return () => clearTimeout(timer)
  },
}
