import { systemRandom } from '@stoa/kernel'
import type { Connection } from '../connection/connection.ts'
import type { Identity } from '../crypto/suite.ts'
import type { PeerEvents } from '../endpoint/endpoint.ts'
import { QuantumError } from '../errors.ts'
import type { ClientProof } from '../handshake/messages.ts'
import { Tickets } from '../handshake/ticket.ts'
import { QuantumConnection } from './connection.ts'
import { nodeCrypto } from './crypto.ts'
import { prometheusText } from './metrics.ts'
import { commonOptions, type TransportOptions } from './options.ts'
import { Port } from './port.ts'
import { AsyncQueue } from './queue.ts'

/** Where a server listens, who it is, and whom it lets in. */
export interface ListenOptions extends TransportOptions {
  /** Address to bind; default `::`, which takes IPv4 too. */
  host?: string
  /** Default 0: any free port. */
  port?: number
  /** Who this server is; clients know the public key. */
  identity: Identity
  /**
   * Whether a client is welcome; an answer of bytes is its principal, which comes back when it resumes. Default: everybody
   * is. A throw or `false` refuses it.
   */
  authorize?: (proof: ClientProof) => boolean | Uint8Array | Promise<boolean | Uint8Array>
  /** Connections at once; default 10 000. */
  maxConnections?: number
  /** Handshakes under way from which on clients prove their address by a Retry; default 100; 0: always. */
  retryFrom?: number
  /** Whether clients may resume, and send idempotent early data; default true. */
  tickets?: boolean
}

/** A UDP port that takes connections. Iterating it gives them. */
export class QuantumServer implements AsyncIterable<QuantumConnection>, AsyncDisposable {
  #port!: Port
  readonly #options: ListenOptions
  readonly #incoming = new AsyncQueue<QuantumConnection>()
  readonly #byEngine = new Map<Connection, QuantumConnection>()
  #closing = false

  private constructor(options: ListenOptions) {
    this.#options = options
  }

  static async open(options: ListenOptions): Promise<QuantumServer> {
    const server = new QuantumServer(options)
    const engine = {
      ...commonOptions(options),
      identity: options.identity,
      tickets:
        options.tickets === false ? undefined : new Tickets({ crypto: nodeCrypto, random: systemRandom }),
    }
    const { host = '::', port = 0, maxConnections = 10_000, retryFrom = 100 } = options
    server.#port = await Port.open({
      host,
      port,
      engine,
      server: { options: engine, limits: { maxConnections, retryFrom } },
      onClient: (connect) => server.#onClient(connect),
      onForgotten: (connection) => server.#byEngine.delete(connection),
    })
    return server
  }

  #onClient(connect: (events: PeerEvents) => Connection): void {
    if (this.#closing) return
    let announced = false
    const announce = () => {
      if (!announced) this.#incoming.push(connection)
      announced = true
    }
    const connection: QuantumConnection = new QuantumConnection(
      this.#port,
      {
        onReady: announce,
        onClientProof: (proof) => void this.#authorize(connection, proof),
        onConfirmed: announce,
      },
      connect,
    )
    this.#byEngine.set(connection.engine, connection)
  }

  async #authorize(connection: QuantumConnection, proof: ClientProof): Promise<void> {
    const { engine } = connection
    try {
      const answer = (await this.#options.authorize?.(proof)) ?? true
      if (answer === false) throw new QuantumError('quantum.unauthorized', 'The client is not welcome.')
      if (answer !== true) connection.principal = answer
      const { agreed } = engine
      if (agreed) connection.protocol = agreed.protocol
      connection.resumed = agreed?.resumed ?? false
      engine.accept(connection.principal)
    } catch (cause) {
      engine.fail(new QuantumError('quantum.unauthorized', 'The client is not welcome.', { cause }))
    }
  }

  get address(): { address: string; port: number } {
    return this.#port.address
  }

  /** Connections that are open or about to be. */
  get connections(): Iterable<QuantumConnection> {
    return this.#byEngine.values()
  }

  /** Figures of all connections in the text format of Prometheus. */
  metrics(): string {
    const statistics = [...this.#byEngine.keys()].map((engine) => engine.statistics())
    return prometheusText(statistics, this.#port.endpoint.counters)
  }

  /** Takes no more clients, closes every connection, gives up the port. */
  async close(): Promise<void> {
    if (this.#closing) return
    this.#closing = true
    for (const connection of [...this.#byEngine.values()]) await connection.close()
    await new Promise(setImmediate)
    this.#incoming.end()
    await this.#port.close()
  }

  [Symbol.asyncIterator](): AsyncIterator<QuantumConnection> {
    return this.#incoming[Symbol.asyncIterator]()
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }
}

/** Opens a port for clients. */
export function listen(options: ListenOptions): Promise<QuantumServer> {
  return QuantumServer.open(options)
}
