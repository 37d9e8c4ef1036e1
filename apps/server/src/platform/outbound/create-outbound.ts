import type { Service } from '@stoa/kernel'
import type { Resolve } from './agent.ts'
import type { Client } from './client.ts'
import { findOutboundError, OutboundError, type OutboundErrorCode } from './errors.ts'
import { limitedResponse } from './limited-response.ts'
import type { Outbound, OutboundRequest } from './outbound.ts'
import { AddressPolicy, type OutboundPolicy } from './policy.ts'
import { type Hop, nextHop, redirectRefused } from './redirect.ts'

export interface OutboundOptions extends OutboundPolicy {
  /** Sent as `User-Agent`. */
  readonly userAgent: string
  /** PEM certificates to trust instead of the system's. */
  readonly ca?: string
  /** How names become addresses. For tests. */
  readonly resolve?: Resolve
  /** Told of every call when its headers are there or it failed: for metrics and logs. */
  readonly onCall?: (call: OutboundCall) => void
}

export interface OutboundCall {
  readonly purpose: string
  readonly host: string
  /** HTTP status, or what went wrong. */
  readonly outcome: number | OutboundErrorCode
  readonly milliseconds: number
}

const MAX_REDIRECTS = 3
const DEFAULT_TIMEOUT_MS = 10_000
const DEFAULT_MAX_BYTES = 5_000_000

/** The guarded way out. See {@link Outbound}. */
export function createOutbound(options: OutboundOptions): GuardedOutbound {
  return new GuardedOutbound(options)
}

export class GuardedOutbound implements Outbound, Service {
  readonly name = 'outbound'
  readonly #options: OutboundOptions
  readonly #policy: AddressPolicy
  /** Made with the first call: most programs never call anybody. */
  #client: Promise<Client> | undefined

  constructor(options: OutboundOptions) {
    this.#options = options
    this.#policy = new AddressPolicy(options)
  }

  async start(): Promise<void> {}

  async stop(): Promise<void> {
    const client = await this.#client
    this.#client = undefined
    await client?.destroy()
  }

  async fetch(url: string | URL, request: OutboundRequest): Promise<Response> {
    const started = performance.now()
    const report = (outcome: OutboundCall['outcome']) =>
      this.#options.onCall?.({
        purpose: request.purpose,
        host: hostOf(url),
        outcome,
        milliseconds: performance.now() - started,
      })
    try {
      const response = await this.#follow(url, request)
      report(response.status)
      return response
    } catch (error) {
      if (error instanceof OutboundError) report(error.code)
      throw error
    }
  }

  async #follow(url: string | URL, request: OutboundRequest): Promise<Response> {
    const deadline = AbortSignal.timeout(request.timeoutMs ?? DEFAULT_TIMEOUT_MS)
    const signal = request.signal ? AbortSignal.any([deadline, request.signal]) : deadline
    const translate = (error: unknown) => outboundError(error, deadline, request.signal)
    let hop = this.#firstHop(url, request)
    for (let redirects = 0; ; redirects++) {
      this.#policy.checkUrl(hop.url)
      const response = await this.#send(hop, signal).catch((error: unknown) => {
        throw translate(error)
      })
      const location = response.headers.get('location')
      const next = request.redirect === 'manual' ? undefined : nextHop(hop, response.status, location)
      if (!next) return await limitedResponse(response, request.maxBytes ?? DEFAULT_MAX_BYTES, translate)
      await response.body?.cancel()
      if (request.redirect === 'error') throw redirectRefused('none was expected')
      if (redirects === MAX_REDIRECTS) throw redirectRefused(`there were more than ${MAX_REDIRECTS}`)
      hop = next
    }
  }

  #firstHop(url: string | URL, request: OutboundRequest): Hop {
    if (!URL.canParse(String(url)))
      throw new OutboundError('outbound.url_refused', 'Not called: this is no address.')
    return {
      url: new URL(url),
      method: request.method ?? 'GET',
      headers: { 'user-agent': this.#options.userAgent, ...request.headers },
      body: request.body,
    }
  }

  async #send(hop: Hop, signal: AbortSignal) {
    this.#client ??= this.#createClient()
    const { fetch } = await this.#client
    return await fetch(hop.url, {
      method: hop.method,
      headers: { ...hop.headers },
      body: hop.body ?? null,
      redirect: 'manual',
      signal,
    })
  }

  async #createClient(): Promise<Client> {
    const { createClient } = await import('./client.ts')
    return createClient(this.#policy, this.#options)
  }
}

function outboundError(
  error: unknown,
  deadline: AbortSignal,
  caller: AbortSignal | undefined,
): OutboundError {
  if (caller?.aborted)
    return new OutboundError('outbound.aborted', 'The call was given up.', { cause: error })
  if (deadline.aborted)
    return new OutboundError('outbound.timeout', 'The server did not answer in time.', { cause: error })
  return (
    findOutboundError(error) ??
    new OutboundError('outbound.unreachable', 'The server could not be reached.', { cause: error })
  )
}

const hostOf = (url: string | URL) => (URL.canParse(String(url)) ? new URL(url).host : '')
