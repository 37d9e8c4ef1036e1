import { randomInt } from 'node:crypto'
import type { Logger, Service } from '@stoa/kernel'
import { createClient, ErrorReply, type RedisClientType } from 'redis'
import { CacheError } from '../errors.ts'

export interface RedisOptions {
  /** `redis://` or `rediss://` with user, password, host, port and database. Never logged. */
  readonly url: string
  /** Before every key, e.g. `stoa:`: one server may hold several installations. */
  readonly keyPrefix: string
  readonly log: Logger
  /** For each command, in milliseconds. Default 1,000. */
  readonly commandTimeoutMs?: number
  /** How long `start` waits for the first connection before it goes on without. Default 3,000. */
  readonly startTimeoutMs?: number
  /** Called on every change, at first with the outcome of `start`: for metrics and health. */
  readonly onState?: (up: boolean) => void
}

/**
 * One connection that the cache and the limits share. It reconnects by itself for ever; meanwhile commands fail at once
 * instead of waiting in a queue. A server that accepts but does not answer counts as down.
 */
export class RedisConnection implements Service {
  readonly name = 'redis'
  readonly client: RedisClientType
  readonly #options: RedisOptions
  #up: boolean | undefined
  #everUp = false
  #stopped = false

  constructor(options: RedisOptions) {
    this.#options = options
    this.client = createClient({
      url: options.url,
      disableOfflineQueue: true,
      pingInterval: 2_000,
      socket: {
        connectTimeout: 3_000,
        socketTimeout: 6_000,
        reconnectStrategy: (retries, cause) =>
          !this.#everUp && isRefusal(cause)
            ? cause
            : Math.min(50 * 2 ** Math.min(retries, 6), 2_000) + randomInt(100),
      },
    })
    this.client.on('error', (error: Error) => this.#setState(false, error))
    this.client.on('ready', () => this.#setState(true))
  }

  /** Whether commands can be sent now. */
  get isUp(): boolean {
    return this.client.isReady
  }

  /**
   * Connects; goes on without when the server is only unreachable, since everything here works without it, slower.
   * @throws CacheError when the server refuses us (wrong password, no right): waiting would not help.
   */
  async start(signal: AbortSignal): Promise<void> {
    const connecting = this.client.connect().then(
      () => {},
      (error: unknown) => {
        throw new CacheError(
          'cache.unavailable',
          'Redis refuses the connection. Check its URL, user and password.',
          {
            cause: error,
          },
        )
      },
    )
    connecting.catch(() => {})
    const waiting = timer(this.#options.startTimeoutMs ?? 3_000)
    const aborted = new Promise<void>((resolve) =>
      signal.addEventListener('abort', () => resolve(), { once: true }),
    )
    await Promise.race([connecting, waiting.done, aborted]).finally(() => waiting.cancel())
    signal.throwIfAborted()
    if (!this.client.isReady) this.#setState(false, new Error('no connection yet'))
  }

  async stop(): Promise<void> {
    this.#stopped = true
    if (this.client.isOpen) this.client.destroy()
  }

  key(key: string): string {
    return this.#options.keyPrefix + key
  }

  /** Runs commands within the time limit. @throws CacheError `cache.unavailable`; errors that Redis itself answers as they are. */
  async run<T>(command: (client: RedisClientType) => Promise<T>): Promise<T> {
    if (!this.client.isReady) throw unavailable()
    const limit = timer(this.#options.commandTimeoutMs ?? 1_000)
    try {
      return await Promise.race([command(this.client), limit.done.then(() => Promise.reject(unavailable()))])
    } catch (error) {
      if (error instanceof CacheError || (isReply(error) && !isUnable(error))) throw error
      throw unavailable(error)
    } finally {
      limit.cancel()
    }
  }

  /** Runs a script by its hash, and teaches it to a server that does not know it yet. */
  async script(script: RedisScript, key: string, args: readonly string[]): Promise<unknown> {
    const call = { keys: [this.key(key)], arguments: [...args] }
    try {
      return await this.run((client) => client.evalSha(script.sha1, call))
    } catch (error) {
      if (!(error instanceof Error && error.message.startsWith('NOSCRIPT'))) throw error
      return this.run((client) => client.eval(script.source, call))
    }
  }

  /** Runs a script that names its keys itself. */
  async evaluate(script: RedisScript, args: readonly string[]): Promise<unknown> {
    const call = { keys: [], arguments: [...args] }
    try {
      return await this.run((client) => client.evalSha(script.sha1, call))
    } catch (error) {
      if (!(error instanceof Error && error.message.startsWith('NOSCRIPT'))) throw error
      return this.run((client) => client.eval(script.source, call))
    }
  }

  /** One step through the members of a set. */
  async scan(set: string, cursor: string, count: number): Promise<{ cursor: string; members: string[] }> {
    const step = await this.run((client) => client.sScan(this.key(set), cursor, { COUNT: count }))
    return { cursor: String(step.cursor), members: step.members }
  }

  #setState(up: boolean, error?: Error): void {
    if (this.#stopped) return
    this.#everUp ||= up
    if (this.#up === up) return
    this.#up = up
    if (up) this.#options.log.info({ action: 'redis_up' })
    else this.#options.log.error({ action: 'redis_down', reason: error?.message || error?.name })
    this.#options.onState?.(up)
  }
}

export interface RedisScript {
  readonly source: string
  /** Hex. */
  readonly sha1: string
}

const unavailable = (cause?: unknown) =>
  new CacheError('cache.unavailable', 'The cache server does not answer.', { cause })

const isReply = (error: unknown): error is ErrorReply => error instanceof ErrorReply
/** Answers of a server that is there but cannot do its work now: full, loading, a replica, busy with a script. */
const isUnable = ({ message }: Error) =>
  /^(?:OOM|LOADING|READONLY|MASTERDOWN|CLUSTERDOWN|MISCONF|NOREPLICAS|TRYAGAIN|BUSY) /.test(message)
const isRefusal = (error: Error) =>
  /^(?:WRONGPASS|NOAUTH|NOPERM|ERR .*(?:password|AUTH|DB index))/i.test(error.message)

function timer(milliseconds: number): { done: Promise<void>; cancel(): void } {
  let handle: NodeJS.Timeout | undefined
  const done = new Promise<void>((resolve) => {
    handle = setTimeout(resolve, milliseconds)
  })
  return { done, cancel: () => clearTimeout(handle) }
}
