import type { Logger } from '@stoa/kernel'
import type { JobWithMetadata } from 'pg-boss'
import { JobError } from './errors.ts'
import type { JobDefinition, JobMetrics, JobRun } from './jobs.ts'

export interface JobRunnerInit {
  readonly definitions: ReadonlyMap<string, JobDefinition>
  readonly log: Logger
  readonly metrics: JobMetrics
  /** Aborted when the program stops. */
  readonly stopping: AbortSignal
}

/** Runs claimed jobs: their logger, their signal, their measure. Which job and when is pg-boss's matter. */
export class JobRunner {
  readonly #init: JobRunnerInit

  constructor(init: JobRunnerInit) {
    this.#init = init
  }

  /** Throws what the job threw; `interrupted` when it threw because the program is stopping. */
  async run(definition: JobDefinition, job: JobWithMetadata<object>): Promise<'completed' | 'interrupted'> {
    const { metrics, stopping, log } = this.#init
    const started = performance.now()
    const seconds = () => (performance.now() - started) / 1000
    const attempt = job.retryCount + 1
    try {
      await definition.run(this.#handed(job, job.id, attempt))
      metrics.finished(job.name, 'completed', seconds())
      return 'completed'
    } catch (error) {
      const interrupted = stopping.aborted
      metrics.finished(job.name, interrupted ? 'interrupted' : 'failed', seconds())
      log.warn({
        action: interrupted ? 'job_interrupted' : 'job_failed',
        job: job.name,
        job_id: job.id,
        attempt,
        err: error,
      })
      if (interrupted) return 'interrupted'
      throw error
    }
  }

  /** Tells the definition that its job was given up. */
  async runExhausted(job: JobWithMetadata<object>): Promise<void> {
    const { definitions, metrics, log } = this.#init
    const name = job.sourceName ?? ''
    const id = job.sourceId ?? job.id
    const attempt = (job.sourceRetryCount ?? 0) + 1
    const error = new JobError('jobs.exhausted', messageOf(job.sourceOutput), {
      details: { name, id, attempt },
    })
    log.error({ action: 'job_exhausted', job: name, job_id: id, attempt, err: error })
    metrics.exhausted(name)
    await definitions.get(name)?.onExhausted?.(this.#handed(job, id, attempt), error)
  }

  #handed(job: JobWithMetadata<object>, id: string, attempt: number): JobRun<object> {
    const { log, stopping } = this.#init
    return {
      id,
      data: job.data ?? {},
      attempt,
      signal: AbortSignal.any([job.signal, stopping]),
      log: log.child({ job: job.sourceName ?? job.name, job_id: id }),
    }
  }
}

/** pg-boss keeps an error as its own fields, or a plain reason under `value`. */
function messageOf(output: object | null): string {
  const text = (value: unknown): string | undefined => {
    if (typeof value === 'string') return value
    if (typeof value !== 'object' || value === null) return undefined
    if ('message' in value && typeof value.message === 'string') return value.message
    return 'value' in value ? text(value.value) : undefined
  }
  return text(output) ?? 'The job failed without a reason'
}
