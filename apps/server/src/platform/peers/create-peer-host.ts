import { type Logger, silentLogger } from '@stoa/kernel'
import { PeerError } from './errors.ts'
import type {
  FoundPeer,
  PeerChange,
  PeerConnection,
  PeerHandler,
  PeerHost,
  PeerId,
  PeerViolation,
  ProtocolLimits,
  RequestOptions,
  RequestOutcome,
} from './peers.ts'
import type { Scheduler } from './scheduler.ts'
import type { PeerTransport } from './streams.ts'
import { Requester } from './wire/requester.ts'
import { Responder, type ResponderOptions } from './wire/responder.ts'

export interface PeerHostOptions {
  readonly scheduler: Scheduler
  readonly log?: Logger
  readonly onAsked?: (protocol: string, outcome: RequestOutcome, ms: number) => void
  readonly onServed?: ResponderOptions['onServed']
}

const MIB = 1_048_576
const IN_FLIGHT = 32

/** Requests and answers over whatever carries streams. */
export function createPeerHost(transport: PeerTransport, options: PeerHostOptions): PeerHost {
  return new RequestingHost(transport, options)
}

class RequestingHost implements PeerHost {
  readonly self: PeerId
  readonly #transport: PeerTransport
  readonly #options: PeerHostOptions
  readonly #handled = new Map<string, { responder: Responder; limits: ProtocolLimits }>()
  readonly #asked = new Map<PeerId, Map<string, Requester>>()
  readonly #changes = new Set<(change: PeerChange) => void>()
  readonly #finds = new Set<(found: FoundPeer) => void>()
  readonly #violations = new Set<(violation: PeerViolation) => void>()

  constructor(transport: PeerTransport, options: PeerHostOptions) {
    this.self = transport.self
    this.#transport = transport
    this.#options = options
    transport.listen({
      connected: (connection) => this.#tell(this.#changes, { kind: 'connected', connection }),
      disconnected: (peer) => {
        for (const requester of this.#asked.get(peer)?.values() ?? []) requester.close()
        this.#tell(this.#changes, { kind: 'disconnected', peer })
      },
      stream: (peer, protocol, stream) => {
        const handled = this.#handled.get(protocol)
        if (handled) return handled.responder.serve(peer, stream)
        stream.reset()
        return { data: () => {}, closed: () => {} }
      },
      found: (found) => this.#tell(this.#finds, found),
    })
  }

  addresses(): readonly string[] {
    return this.#transport.addresses()
  }

  connected(): readonly PeerConnection[] {
    return this.#transport.connections()
  }

  onChange(listener: (change: PeerChange) => void): () => void {
    return subscribe(this.#changes, listener)
  }

  onFound(listener: (found: FoundPeer) => void): () => void {
    return subscribe(this.#finds, listener)
  }

  onViolation(listener: (violation: PeerViolation) => void): () => void {
    return subscribe(this.#violations, listener)
  }

  handle(protocol: string, handler: PeerHandler, limits: ProtocolLimits): () => void {
    if (this.#handled.has(protocol)) throw new Error(`${protocol} has a handler already.`)
    const { scheduler, log = silentLogger, onServed = () => {} } = this.#options
    const onViolation = (violation: PeerViolation) => this.#tell(this.#violations, violation)
    const responder = new Responder({ protocol, handler, limits, scheduler, log, onServed, onViolation })
    this.#handled.set(protocol, { responder, limits })
    this.#transport.accept(protocol)
    return () => {
      if (this.#handled.get(protocol)?.responder !== responder) return
      this.#handled.delete(protocol)
      this.#transport.unaccept(protocol)
      responder.close()
    }
  }

  async request(
    peer: PeerId,
    protocol: string,
    body: Uint8Array,
    options: RequestOptions = {},
  ): Promise<Uint8Array> {
    const { scheduler, onAsked } = this.#options
    const begun = scheduler.now()
    const done = (outcome: RequestOutcome) => onAsked?.(protocol, outcome, scheduler.now() - begun)
    try {
      const limit = this.#handled.get(protocol)?.limits.requestBytes
      if (limit !== undefined && body.length > limit)
        throw new PeerError('peers.too_large', `A request may have ${limit} bytes.`)
      const answer = await this.#requester(peer, protocol).request(body, options)
      done('ok')
      return answer
    } catch (error) {
      if (error instanceof PeerError) done(error.code.slice('peers.'.length) as RequestOutcome)
      throw error
    }
  }

  dial(addresses: readonly string[], signal?: AbortSignal): Promise<PeerConnection> {
    return this.#transport.dial(addresses, signal ?? new AbortController().signal)
  }

  disconnect(peer: PeerId): Promise<void> {
    return this.#transport.disconnect(peer)
  }

  admit(rule: (peer: PeerId) => boolean): void {
    this.#transport.admit(rule)
  }

  #requester(peer: PeerId, protocol: string): Requester {
    const byProtocol = this.#asked.get(peer) ?? new Map<string, Requester>()
    const known = byProtocol.get(protocol)
    if (known) return known
    const limits = () => this.#handled.get(protocol)?.limits
    const requester = new Requester({
      scheduler: this.#options.scheduler,
      open: (events, signal) => this.#transport.open(peer, protocol, events, signal),
      answerBytes: () => limits()?.answerBytes ?? MIB,
      inFlight: () => limits()?.concurrentPerPeer ?? IN_FLIGHT,
      onViolation: (reason) => this.#tell(this.#violations, { peer, protocol, reason }),
      onIdle: () => {
        if (byProtocol.get(protocol) !== requester) return
        byProtocol.delete(protocol)
        if (byProtocol.size === 0) this.#asked.delete(peer)
      },
    })
    byProtocol.set(protocol, requester)
    this.#asked.set(peer, byProtocol)
    return requester
  }

  #tell<T>(listeners: ReadonlySet<(value: T) => void>, value: T): void {
    for (const listener of [...listeners]) listener(value)
  }
}

function subscribe<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}
