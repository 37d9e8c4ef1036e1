import { isStoaError } from '@stoa/kernel'
import {
  BrokenCircuitError,
  type CircuitBreakerPolicy,
  ConsecutiveBreaker,
  circuitBreaker,
  handleWhen,
} from 'cockatiel'
import { RpcError } from './errors.ts'

export interface BreakerInit {
  /** The circuit has opened: calls fail at once; or calls pass again. */
  readonly onChange?: (open: boolean) => void
  /** How long calls fail at once before one is let through; milliseconds. */
  readonly restMs?: number
}

const FAILURES = 5
const REST_MS = 2_000

/** The service did not do its work. An answer that says no is an answer. */
const isFault = (error: unknown): boolean =>
  !isStoaError(error) ||
  ['rpc.unavailable', 'rpc.deadline_exceeded', 'rpc.failed', 'realtime_session.unavailable'].includes(
    error.code,
  )

/** After five faults in a row calls to a service fail at once, so that nobody waits for one that is down. */
export class Breaker {
  readonly #policy: CircuitBreakerPolicy

  constructor({ onChange = () => {}, restMs = REST_MS }: BreakerInit = {}) {
    this.#policy = circuitBreaker(handleWhen(isFault), {
      halfOpenAfter: restMs,
      breaker: new ConsecutiveBreaker(FAILURES),
    })
    this.#policy.onBreak(() => onChange(true))
    this.#policy.onReset(() => onChange(false))
  }

  /** @throws RpcError `rpc.unavailable` while the circuit is open */
  async run<T>(call: () => Promise<T>): Promise<T> {
    try {
      return await this.#policy.execute(call)
    } catch (error) {
      if (error instanceof BrokenCircuitError)
        throw new RpcError('rpc.unavailable', 'The service has failed and rests for a moment.', {
          cause: error,
          details: { sent: false },
        })
      throw error
    }
  }
}
