import { ReconcileError } from './errors.ts'

/** What one session may cost. */
export interface ReconcileLimits {
  /** Largest message this side writes, in bytes; at least 4096, or 0 for no limit. Default 262,144. */
  readonly frameLimit: number
  /** Largest message this side reads, in bytes. Default 1,048,576. */
  readonly maxMessageBytes: number
  /** Most ranges in a message read. Default 65,536. */
  readonly maxRanges: number
  /** Most ids, had and needed together, that the initiator learns in one session; then it ends early. Default 100,000. */
  readonly maxIds: number
  /** Most ids, beyond as many as it holds items, that are listed to a responder in one session. Default 131,072. */
  readonly maxListed: number
  /** Most messages that either side answers in one session. Default 4,096. */
  readonly maxRounds: number
}

const DEFAULTS: ReconcileLimits = {
  frameLimit: 262_144,
  maxMessageBytes: 1_048_576,
  maxRanges: 65_536,
  maxIds: 100_000,
  maxListed: 131_072,
  maxRounds: 4096,
}
const SMALLEST_FRAME = 4096

export function resolveLimits(given: Partial<ReconcileLimits> = {}): ReconcileLimits {
  const limits = { ...DEFAULTS, ...given }
  for (const [name, value] of Object.entries(limits))
    if (!Number.isSafeInteger(value) || value < 0)
      throw new ReconcileError('reconcile.invalid_option', `${name} is no whole number: ${value}.`)
  if (limits.frameLimit !== 0 && limits.frameLimit < SMALLEST_FRAME)
    throw new ReconcileError('reconcile.invalid_option', `frameLimit is under ${SMALLEST_FRAME}.`)
  return limits
}

export function hold(limits: ReconcileLimits, limit: keyof ReconcileLimits, value: number): void {
  if (value > limits[limit])
    throw new ReconcileError('reconcile.limit_exceeded', `${limit}: ${value} of ${limits[limit]}.`, {
      limit,
      value,
    })
}
