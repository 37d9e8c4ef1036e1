import type { Logger } from '@stoa/kernel'

/** A job as it is handed to its worker. */
export interface JobRun<Data> {
  readonly id: string
  readonly data: Data
  /** 1 for the first try. */
  readonly attempt: number
  /**
   * Aborted when the job has run for too long or the program is stopping. A job that then throws while the program stops
   * is put back and not counted as a failed try.
   */
  readonly signal: AbortSignal
  readonly log: Logger
}

/**
 * Durable background work: survives a crash of the program, is retried with backoff, ends in a dead letter that can be
 * inspected. `run` must be safe to repeat.
 */
export interface JobDefinition<Data extends object = object> {
  readonly name: string
  readonly retryLimit: number
  /** Jobs of this kind that may run at once in this process. */
  readonly concurrency: number
  readonly expireInSeconds: number
  /** Also runs by itself, with `{}` as data: a cron expression in UTC. One program of all that share the database runs it. */
  readonly schedule?: string
  run(job: JobRun<Data>): Promise<void>
  /**
   * Called when the last try failed; must leave a visible trace. A job of its own: it is called again if it fails, and
   * also after a crash of the program.
   */
  onExhausted?(job: JobRun<Data>, error: Error): Promise<void>
}

export type JobOutcome = 'completed' | 'failed' | 'interrupted'

/** What the queue tells whoever measures it. */
export interface JobMetrics {
  /** One try that ended. */
  finished(name: string, outcome: JobOutcome, seconds: number): void
  /** A job whose last try failed. */
  exhausted(name: string): void
}

export const silentJobMetrics: JobMetrics = { finished: () => {}, exhausted: () => {} }

/** How many jobs of one kind are in which state. */
export interface JobCounts {
  readonly name: string
  /** Not started yet, or to be tried again. */
  readonly waiting: number
  readonly active: number
  /** Given up, kept for inspection. */
  readonly failed: number
}

/** A job that was given up. */
export interface DeadLetter {
  readonly id: string
  readonly name: string
  readonly data: unknown
  readonly attempts: number
  readonly error: string
  readonly failedAt: Date
}
