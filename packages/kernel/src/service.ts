/**
 * Anything that lives longer than a call. `start` resolves when the service can do its work; `stop` resolves when it
 * holds nothing any more, may be called twice, and may be called after a failed start.
 */
export interface Service {
  readonly name: string
  start(signal: AbortSignal): Promise<void>
  stop(): Promise<void>
}

/**
 * Starts services in order, stops them in reverse. A failed start stops what had started, then throws; an aborted one
 * does the same and throws the signal's reason.
 */
export class ServiceGroup implements Service, AsyncDisposable {
  readonly name: string
  readonly #services: readonly Service[]
  #started: Service[] = []

  constructor(name: string, services: readonly Service[]) {
    this.name = name
    this.#services = services
  }

  async start(signal: AbortSignal): Promise<void> {
    for (const service of this.#services) {
      try {
        signal.throwIfAborted()
        this.#started.push(service)
        await service.start(signal)
      } catch (error) {
        await this.stop().catch(() => {})
        if (signal.aborted && error === signal.reason) throw error
        throw new Error(`${service.name} did not start`, { cause: error })
      }
    }
  }

  /** Stops every started service, also when one of them fails; then throws what failed. */
  async stop(): Promise<void> {
    const failures: unknown[] = []
    for (const service of this.#started.splice(0).reverse()) {
      try {
        await service.stop()
      } catch (error) {
        failures.push(new Error(`${service.name} did not stop cleanly`, { cause: error }))
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, `${this.name} did not stop cleanly`)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop()
  }
}
