import { StoaError, type StoaErrorOptions } from '@stoa/kernel'

export type JobErrorCode =
  | 'jobs.not_started'
  /** A job was added whose name nothing here works on. A defect of the caller. */
  | 'jobs.unknown_name'
  /** A job failed as often as it may, and was given up; the message is that of the last try. */
  | 'jobs.exhausted'

/** The queue itself was misused or a job was given up; what a job throws stays its own. */
export class JobError extends StoaError {
  override readonly name = 'JobError'
  declare readonly code: JobErrorCode

  constructor(code: JobErrorCode, message: string, options: StoaErrorOptions = {}) {
    super(code, message, options)
  }
}
