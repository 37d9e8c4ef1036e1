import type { Logger } from '@stoa/kernel'

/** A job as it is handed to its worker. */
export interface JobRun<Data> {
  readonly id: string
  readonly data: Data
  /** 1 for the first try. */
  readonly attempt: number
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
  run(job: JobRun<Data>): Promise<void>
  /** Called once when the last try failed; must leave a visible trace. */
  onExhausted?(job: JobRun<Data>, error: Error): Promise<void>
}
