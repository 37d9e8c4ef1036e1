import { StoaError, type StoaErrorOptions } from '@stoa/kernel'

export type JobErrorCode = 'jobs.not_started' | 'jobs.unknown_name' | 'jobs.exhausted'

/** The queue itself was misused or a job was given up; what a job throws stays its own. */
export class JobError extends StoaError {
  override readonly name = 'JobError'
  declare readonly code: JobErrorCode

  constructor(code: JobErrorCode, message: string, options: StoaErrorOptions = {}) {
    super(code, message, options)
  }
}
