import { Connection, type ConnectionEvents } from '../connection/connection.ts'
import type { IdRegistry } from '../connection/ids.ts'
import type { ClientOptions, ServerOptions } from '../connection/options.ts'
import { type Address, sameAddress } from '../connection/path.ts'
import { initialKeys } from '../crypto/protection.ts'
import { Sealer } from '../handshake/ticket.ts'
import {
  CONNECTION_ID_LENGTH,
  MIN_INITIAL_SIZE,
  PacketType,
  RESET_TOKEN_LENGTH,
  TAG_LENGTH,
  VERSION,
} from '../wire/constants.ts'
import { type PublicHeader, readPublicHeader, writeRetry, writeVersionNegotiation } from '../wire/header.ts'
import { AddressTokens } from './address-tokens.ts'
import { Routes } from './routes.ts'

/** A connection's events without what the endpoint does itself. */
export type PeerEvents = Omit<ConnectionEvents, keyof IdRegistry>

/** How much one port takes on. */
export interface EndpointLimits {
  /** Connections at once; more are refused without an answer. */
  maxConnections: number
  /** Handshakes under way from which on new clients must prove their address first; 0: always. */
  retryFrom: number
}

/** What the endpoint asks of the socket and of whoever takes its connections. */
export interface EndpointHost {
  /** Sends a datagram that belongs to no connection. */
  send(datagram: Uint8Array, to: Address): void
  /** A client says hello: its events go where this says; `undefined`: no more connections are wanted. */
  onClient(connect: (events: PeerEvents) => Connection): void
  /** The connection has ended and lingered; it is forgotten. */
  onForgotten(connection: Connection): void
}

/** Answers to packets of unknown connections, each second. */
const RESETS_PER_SECOND = 100

/** Many connections on one port: routes packets, opens connections for new clients, answers strangers without keeping state. */
export class Endpoint {
  readonly #host: EndpointHost
  readonly #server: ServerOptions | undefined
  readonly #limits: EndpointLimits
  readonly #tokens: AddressTokens
  readonly #resetKey: Uint8Array
  readonly #options: Pick<ServerOptions, 'crypto' | 'random'>
  readonly #routes = new Routes()
  readonly #connections = new Set<Connection>()
  /** Of clients whose handshake is not done: the ids they made up. */
  readonly #initialIds = new Map<Connection, Uint8Array>()
  #resetWindow = 0
  #resets = 0
  readonly counters = { accepted: 0, refused: 0, retries: 0, resets: 0, ignored: 0 }

  constructor(
    host: EndpointHost,
    options: Pick<ServerOptions, 'crypto' | 'random'>,
    server?: { options: ServerOptions; limits: EndpointLimits },
  ) {
    this.#host = host
    this.#options = options
    this.#server = server?.options
    this.#limits = server?.limits ?? { maxConnections: 0, retryFrom: 0 }
    this.#tokens = new AddressTokens(new Sealer(options.crypto, options.random))
    this.#resetKey = this.#makeResetKey()
  }

  /** The same after a restart with the same identity, so that peers of a process that died learn of it at once. */
  #makeResetKey(): Uint8Array {
    const { crypto, random } = this.#options
    const identity = this.#server?.identity
    if (!identity) return random.fill(new Uint8Array(32))
    return crypto.sha256(identity.sign(new TextEncoder().encode('quantum1 reset key\0')))
  }

  get connections(): ReadonlySet<Connection> {
    return this.#connections
  }

  connect(options: ClientOptions, events: PeerEvents, address: Address, now: number): Connection {
    let connection: Connection | undefined
    const registry = this.#registry(() => connection)
    connection = Connection.client({ options, events: { ...bind(events), ...registry.port }, address, now })
    registry.settle()
    this.#connections.add(connection)
    return connection
  }

  /** Ids a connection issues while it is being made wait until it is there. */
  #registry(connection: () => Connection | undefined): { port: IdRegistry; settle(): void } {
    const waiting: Uint8Array[] = []
    const { crypto } = this.#options
    const add = (id: Uint8Array) => {
      const owner = connection()
      if (owner) this.#routes.add(id, owner)
      else waiting.push(id)
    }
    return {
      port: {
        add,
        remove: (id) => this.#routes.remove(id),
        resetToken: (id) => crypto.hmacSha256(this.#resetKey, id).subarray(0, RESET_TOKEN_LENGTH),
      },
      settle: () => waiting.splice(0).forEach(add),
    }
  }

  /** A datagram came. Returns the connection that it concerned, for the host to pump. */
  receive(datagram: Uint8Array, from: Address, now: number): Connection | undefined {
    const header = readPublicHeader(datagram, 0)
    if (!header) {
      this.counters.ignored++
      return undefined
    }
    const known = this.#routes.find(header.destination)
    if (known) {
      known.receive(datagram, from, now)
      return known
    }
    if (header.type === PacketType.oneRtt && !this.#server) return this.#perhapsReset(datagram, from, now)
    if (header.type === PacketType.oneRtt) this.#reset(header.destination, datagram.length, from, now)
    else if (header.type === PacketType.initial && this.#server)
      return this.#newcomer(datagram, header, from, now)
    else this.counters.ignored++
    return undefined
  }

  /** A reset carries no id that we know: it is for whoever speaks to that address. */
  #perhapsReset(datagram: Uint8Array, from: Address, now: number): Connection | undefined {
    for (const connection of this.#connections)
      if (sameAddress(connection.address, from)) {
        connection.receive(datagram, from, now)
        return connection
      }
    return undefined
  }

  #newcomer(datagram: Uint8Array, header: PublicHeader, from: Address, now: number): Connection | undefined {
    const { counters } = this
    if (datagram.length < MIN_INITIAL_SIZE || header.destination.length < CONNECTION_ID_LENGTH) {
      counters.ignored++
      return undefined
    }
    if (header.version !== VERSION) {
      const out = new Uint8Array(64)
      const ids = { destination: header.source, source: header.destination }
      this.#host.send(out.subarray(0, writeVersionNegotiation(out, ids)), from)
      return undefined
    }
    if (this.#connections.size >= this.#limits.maxConnections) {
      counters.refused++
      return undefined
    }
    const proof = this.#tokens.check(header.token, from, header.destination, now)
    if (!proof && this.#initialIds.size >= this.#limits.retryFrom) {
      this.#retry(header, from, now)
      return undefined
    }
    return this.#accept(datagram, header, from, now, proof)
  }

  #accept(
    datagram: Uint8Array,
    header: PublicHeader,
    from: Address,
    now: number,
    proof: { originalId: Uint8Array | undefined } | undefined,
  ): Connection | undefined {
    const options = this.#server
    if (!options) return undefined
    const calledId = header.destination.slice()
    let made: Connection | undefined
    const connect = (events: PeerEvents): Connection => {
      let connection: Connection | undefined
      const registry = this.#registry(() => connection)
      connection = Connection.server({
        options,
        events: { ...bind(events, () => connection && this.#onConfirmed(connection)), ...registry.port },
        address: from,
        now,
        clientId: header.source,
        calledId,
        originalId: proof?.originalId ?? calledId,
        addressProved: proof !== undefined,
        addressToken: this.#tokens.forLater(from, now),
      })
      made = connection
      registry.settle()
      return connection
    }
    this.#host.onClient(connect)
    const connection = made as Connection | undefined
    if (!connection) return undefined
    this.#connections.add(connection)
    this.#routes.addInitial(calledId, connection)
    this.#initialIds.set(connection, calledId)
    connection.receive(datagram, from, now)
    // Whatever was in the packet, it was no hello: nothing is kept of it.
    if (!connection.heardMessage) this.forget(connection)
    else this.counters.accepted++
    return connection
  }

  #retry(header: PublicHeader, from: Address, now: number): void {
    const { crypto, random } = this.#options
    const id = random.fill(new Uint8Array(CONNECTION_ID_LENGTH))
    const token = this.#tokens.forRetry(from, { original: header.destination, retry: id }, now)
    const out = new Uint8Array(token.length + 128)
    const end = writeRetry(out, { destination: header.source, source: id, token })
    initialKeys(crypto, header.destination).retry.seal(0, out, 0, end, end)
    this.counters.retries++
    this.#host.send(out.subarray(0, end + TAG_LENGTH), from)
  }

  /** Tells the sender that we know nothing of its connection; always shorter than what came, so that two never loop. */
  #reset(id: Uint8Array, length: number, to: Address, now: number): void {
    if (now - this.#resetWindow > 1000) {
      this.#resetWindow = now
      this.#resets = 0
    }
    const size = Math.min(length - 1, 64)
    if (size < 43 || this.#resets++ >= RESETS_PER_SECOND) return
    const { crypto, random } = this.#options
    const out = random.fill(new Uint8Array(size))
    out[0] = 0x40 | (out[0]! & 0x3f)
    out.set(crypto.hmacSha256(this.#resetKey, id).subarray(0, RESET_TOKEN_LENGTH), size - RESET_TOKEN_LENGTH)
    this.counters.resets++
    this.#host.send(out, to)
  }

  /** The handshake is done: the client knows our ids, its own invention is needed no more. */
  #onConfirmed(connection: Connection): void {
    const id = this.#initialIds.get(connection)
    if (!id) return
    this.#initialIds.delete(connection)
    this.#routes.removeInitial(id)
  }

  forget(connection: Connection): void {
    if (!this.#connections.delete(connection)) return
    this.#onConfirmed(connection)
    connection.dispose()
    this.#host.onForgotten(connection)
  }

  /** Entries in the routing tables: for tests that nothing is left behind. */
  get routeCount(): number {
    return this.#routes.size
  }
}

/** Events given as an object of a class keep their `this`. */
function bind(events: PeerEvents, confirmed: () => void = () => {}): PeerEvents {
  return {
    onStream: (stream) => events.onStream(stream),
    onStreamsAvailable: () => events.onStreamsAvailable(),
    onDatagram: (data, early) => events.onDatagram(data, early),
    wake: () => events.wake(),
    onReady: (ready) => events.onReady(ready),
    onClientProof: (proof) => events.onClientProof(proof),
    onConfirmed: () => {
      confirmed()
      events.onConfirmed()
    },
    onResumption: (resumption) => events.onResumption(resumption),
    onAddressToken: (token) => events.onAddressToken(token),
    onClosed: (error) => events.onClosed(error),
  }
}
