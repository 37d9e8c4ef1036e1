import type { PathMemory } from '../congestion/controller.ts'
import type { Connection, ConnectionEvents } from '../connection/connection.ts'
import type { ConnectionStatistics } from '../connection/statistics.ts'
import type { PeerEvents } from '../endpoint/endpoint.ts'
import { QuantumError } from '../errors.ts'
import type { Resumption } from '../handshake/client.ts'
import type { ClientProof } from '../handshake/messages.ts'
import type { Stream, StreamOptions } from '../streams/stream.ts'
import type { Port } from './port.ts'
import { AsyncQueue } from './queue.ts'
import { abortedBy, QuantumStream } from './stream.ts'

/** Datagrams kept for a reader that is slow; then the oldest go. */
const MAX_DATAGRAMS = 1024

type Ready = Parameters<ConnectionEvents['onReady']>[0]

/** What `connect` and `listen` hook into. */
export interface ConnectionHooks {
  onReady(ready: Ready): void
  onClientProof(proof: ClientProof): void
  onConfirmed(): void
}

/** One connection: streams, datagrams, figures. Iterating it gives the streams that the peer opens. */
export class QuantumConnection implements AsyncIterable<QuantumStream>, AsyncDisposable {
  readonly #engine: Connection
  readonly #port: Port
  readonly #accepted = new AsyncQueue<QuantumStream>()
  readonly #datagrams = new AsyncQueue<Uint8Array>()
  #openers: (() => void)[] = []
  readonly #closed = Promise.withResolvers<void>()
  #failure: QuantumError | undefined
  /** The application protocol that both sides agreed on; empty until the server has answered. */
  protocol = ''
  /** The server's Ed25519 key, on clients. */
  serverKey: Uint8Array | undefined
  /** How the client proved itself, on servers. */
  client: ClientProof | undefined
  /** What the server's `authorize` called this client, on servers. */
  principal: Uint8Array = new Uint8Array(0)
  resumed = false
  /** The newest ticket for the next connection, on clients. Keep it as you keep a password. */
  resumption: Resumption | undefined
  /** Saves the next connection a round trip when the server is busy, on clients. */
  addressToken: Uint8Array | undefined

  /** `make` creates the engine's side with the events it is given. */
  constructor(port: Port, hooks: ConnectionHooks, make: (events: PeerEvents) => Connection) {
    this.#port = port
    // Asking for it makes a failure no unhandled rejection.
    this.#closed.promise.catch(() => {})
    this.#engine = make(this.#events(hooks))
  }

  #events(hooks: ConnectionHooks): PeerEvents {
    return {
      onStream: (stream) => this.#accepted.push(this.#wrap(stream)),
      onStreamsAvailable: () => this.#retryOpening(),
      onDatagram: (data) => {
        if (this.#datagrams.size < MAX_DATAGRAMS) this.#datagrams.push(data)
      },
      wake: () => this.#wake(),
      onReady: (ready) => {
        this.protocol = ready.protocol
        this.serverKey = ready.server
        this.resumed = ready.resumed
        if (ready.principal) this.principal = ready.principal
        hooks.onReady(ready)
      },
      onClientProof: (proof) => {
        this.client = proof
        hooks.onClientProof(proof)
      },
      onConfirmed: () => hooks.onConfirmed(),
      onResumption: (resumption) => {
        this.resumption = resumption
      },
      onAddressToken: (token) => {
        this.addressToken = token
      },
      onClosed: (error) => this.#onClosed(error),
    }
  }

  /** Also called while the engine is being made: there is nothing to wake then. */
  #wake(): void {
    if (this.#engine) this.#port.wake(this.#engine)
  }

  #wrap(stream: Stream): QuantumStream {
    return new QuantumStream(
      stream,
      () => this.#failure ?? this.#engine.failure,
      () => this.#engine.maxMessage,
    )
  }

  get engine(): Connection {
    return this.#engine
  }

  get remoteAddress(): { address: string; port: number } {
    const { address, port } = this.#engine.address
    return { address, port }
  }

  /** Opens a stream; waits while the peer allows no more of them. */
  async openStream(options: StreamOptions & { signal?: AbortSignal } = {}): Promise<QuantumStream> {
    for (;;) {
      options.signal?.throwIfAborted()
      if (this.#failure) throw this.#failure
      const stream = this.#engine.openStream(options)
      if (stream) return this.#wrap(stream)
      await this.#streamsAvailable(options.signal)
    }
  }

  #streamsAvailable(signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#openers.push(resolve)
      signal?.addEventListener('abort', () => reject(abortedBy(signal)), { once: true })
    })
  }

  #retryOpening(): void {
    for (const resolve of this.#openers.splice(0)) resolve()
  }

  /** Sends bytes that may be lost or overtaken. Throws `quantum.too_large` above `maxDatagram`. */
  sendDatagram(data: Uint8Array, options: { idempotent?: boolean } = {}): void {
    this.#engine.sendDatagram(new Uint8Array(data), options.idempotent ?? false)
  }

  get maxDatagram(): number {
    return this.#engine.maxDatagram
  }

  /** Datagrams as they come. */
  get datagrams(): AsyncIterable<Uint8Array> {
    return this.#datagrams
  }

  statistics(): ConnectionStatistics {
    return this.#engine.statistics()
  }

  /** What was learnt of the path: give it to the next `connect` to the same server to start faster. */
  pathMemory(): PathMemory | undefined {
    return this.#engine.pathMemory()
  }

  /** Resolves when the connection has ended without a failure, rejects with the failure else. */
  get closed(): Promise<void> {
    return this.#closed.promise
  }

  /** On clients: go on from a new local port, as after a change of networks. */
  async migrate(): Promise<void> {
    await this.#port.rebind()
    this.#engine.migrate(performance.now())
  }

  /** Ends now; data not acknowledged may be lost (await `end()` of streams first). Resolves when the peer was told. */
  close(code = 0, reason = ''): Promise<void> {
    this.#engine.close(code, reason)
    return this.#closed.promise.catch(() => {})
  }

  #onClosed(error: QuantumError | undefined): void {
    const failure = error ?? new QuantumError('quantum.closed', 'The connection is closed.')
    this.#failure = failure
    const gentle =
      error === undefined || (error.code === 'quantum.closed_by_peer' && error.details?.code === 0)
    this.#accepted.end(gentle ? undefined : failure)
    this.#datagrams.end(gentle ? undefined : failure)
    this.#retryOpening()
    if (gentle) this.#closed.resolve()
    else this.#closed.reject(failure)
  }

  [Symbol.asyncIterator](): AsyncIterator<QuantumStream> {
    return this.#accepted[Symbol.asyncIterator]()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }
}
