import { isStoaError, type Logger } from '@stoa/kernel'

export interface WriterInit {
  /** Resolves when the updates are durable. */
  readonly apply: (updates: readonly Uint8Array[]) => Promise<void>
  /** Everything up to `seq` is durable. */
  readonly onAck: (seq: number) => void
  /** Refused for good: it will not be tried again. */
  readonly onRefused: (seq: number, code: string, message: string) => void
  /** Too much waits: stop reading, or go on. */
  readonly onPressure: (high: boolean) => void
  readonly log: Logger
}

interface Batch {
  readonly updates: Uint8Array[]
  bytes: number
  seq: number
  done: boolean
}

/** Faults of what was sent; everything else passes, and is tried again. */
const FINAL = new Set([
  'update.invalid',
  'update.too_large',
  'document.too_large',
  'document.not_found',
  'document.invalid',
])
const HIGH_BYTES = 4 * 1024 * 1024
const HIGH_BATCHES = 256
const FIRST_RETRY_MS = 50
const LONGEST_RETRY_MS = 2_000

/**
 * The updates of one connection on their way to the store.
 * 1. Updates that arrive in one turn of the event loop travel together.
 * 2. A batch that could not be stored is sent again until it is, or the connection ends; sending twice does no harm.
 * 3. An acknowledgement says that everything before it is durable, too.
 */
export class UpdateWriter {
  readonly #init: WriterInit
  readonly #batches: Batch[] = []
  readonly #timers = new Set<NodeJS.Timeout>()
  #open: Batch | undefined
  #bytes = 0
  #high = false
  #closed = false

  constructor(init: WriterInit) {
    this.#init = init
  }

  /** `seq` 0: nobody waits for an acknowledgement. */
  add(update: Uint8Array, seq: number): void {
    if (this.#closed) return
    const batch = this.#open ?? this.#begin()
    batch.updates.push(update)
    batch.bytes += update.length
    batch.seq = Math.max(batch.seq, seq)
    this.#bytes += update.length
    this.#press()
  }

  /** Nothing waits any more. */
  get idle(): boolean {
    return this.#batches.length === 0
  }

  /** Gives up what could not be stored yet; its sender still has it. */
  close(): void {
    this.#closed = true
    for (const timer of this.#timers) clearTimeout(timer)
  }

  #begin(): Batch {
    const batch: Batch = { updates: [], bytes: 0, seq: 0, done: false }
    this.#open = batch
    this.#batches.push(batch)
    queueMicrotask(() => {
      this.#open = undefined
      void this.#send(batch, 0)
    })
    return batch
  }

  async #send(batch: Batch, failures: number): Promise<void> {
    try {
      await this.#init.apply(batch.updates)
      this.#finish(batch)
    } catch (error) {
      if (this.#closed) return
      if (isStoaError(error) && FINAL.has(error.code)) {
        this.#init.onRefused(batch.seq, error.code, error.message)
        return this.#finish(batch)
      }
      this.#init.log.warn({
        action: 'update_retry',
        failures,
        code: isStoaError(error) ? error.code : 'unknown',
      })
      const timer = setTimeout(
        () => {
          this.#timers.delete(timer)
          void this.#send(batch, failures + 1)
        },
        Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** failures),
      )
      this.#timers.add(timer)
    }
  }

  #finish(batch: Batch): void {
    batch.done = true
    this.#bytes -= batch.bytes
    let seq = 0
    while (this.#batches[0]?.done) seq = Math.max(seq, this.#batches.shift()?.seq ?? 0)
    if (seq > 0 && !this.#closed) this.#init.onAck(seq)
    this.#press()
  }

  #press(): void {
    const waiting = this.#batches.length
    const high = this.#high
      ? this.#bytes > HIGH_BYTES / 2 || waiting > HIGH_BATCHES / 2
      : this.#bytes > HIGH_BYTES || waiting > HIGH_BATCHES
    if (high === this.#high) return
    this.#high = high
    this.#init.onPressure(high)
  }
}
