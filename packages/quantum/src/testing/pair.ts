import { seededRandom } from '@stoa/kernel'
import { type LinkOptions, MemoryLink, turnOneBit } from '@stoa/testkit/netlab/memory-link'
import { Simulation } from '@stoa/testkit/netlab/simulation'
import { DEFAULT_ALGORITHMS } from '../connection/algorithms.ts'
import type { Connection } from '../connection/connection.ts'
import { type ClientOptions, COMMON_DEFAULTS, type ServerOptions } from '../connection/options.ts'
import type { Address } from '../connection/path.ts'
import { Endpoint, type EndpointLimits } from '../endpoint/endpoint.ts'
import { Tickets } from '../handshake/ticket.ts'
import { identityFrom, nodeCrypto } from '../node/crypto.ts'
import { PausedHost, type Pauses } from './paused-host.ts'
import { RecordingPeer } from './recording-peer.ts'

interface Datagram {
  bytes: Uint8Array
  from: Address
  to: Address
}

export const SERVER: Address = { address: '192.0.2.1', port: 443 }
export const CLIENT: Address = { address: '198.51.100.7', port: 5000 }
export const SERVER_IDENTITY = identityFrom(new Uint8Array(32).fill(7))

export interface PairOptions {
  seed?: number
  link?: Partial<LinkOptions>
  client?: Partial<ClientOptions>
  server?: Partial<ServerOptions>
  limits?: Partial<EndpointLimits>
  /** Both processes pause now and then, independently. */
  pauses?: Pauses
}

/** One endpoint on the emulated link: pumps its connections as a host with sockets and timers would. */
class Station {
  readonly endpoint: Endpoint
  readonly peers: RecordingPeer[] = []
  /** Where its datagrams come from: may be changed midway. */
  address: Address
  /** The process it lives in: what it does waits while that pauses. */
  readonly host: PausedHost
  readonly #simulation: Simulation
  readonly #send: (datagram: Datagram) => void
  readonly #timers = new Map<Connection, () => void>()
  readonly #buffer = new Uint8Array(2048)

  constructor(
    simulation: Simulation,
    host: PausedHost,
    address: Address,
    send: (datagram: Datagram) => void,
    options: ConstructorParameters<typeof Endpoint>[1],
    server?: ConstructorParameters<typeof Endpoint>[2],
  ) {
    this.#simulation = simulation
    this.host = host
    this.#send = send
    this.address = address
    this.endpoint = new Endpoint(
      {
        send: (bytes, to) => send({ bytes: bytes.slice(), from: this.address, to }),
        onClient: (connect) => {
          const peer = new RecordingPeer(this, simulation)
          peer.attach(connect(peer))
          this.peers.push(peer)
        },
        onForgotten: (connection) => this.#timers.get(connection)?.(),
      },
      options,
      server,
    )
  }

  receive(datagram: Datagram): void {
    this.host.run(() => this.#receive(datagram))
  }

  #receive({ bytes, from }: Datagram): void {
    this.endpoint.receive(bytes.slice(), from, this.#simulation.now)
    for (const connection of this.endpoint.connections) this.pump(connection)
  }

  pump(connection: Connection): void {
    const { now } = this.#simulation
    for (;;) {
      const length = connection.transmit(now, this.#buffer)
      if (length === 0) break
      const bytes = this.#buffer.slice(0, length)
      this.#send({ bytes, from: this.address, to: connection.destination })
    }
    this.#timers.get(connection)?.()
    if (connection.state === 'closed') {
      this.#timers.delete(connection)
      this.endpoint.forget(connection)
      return
    }
    const deadline = connection.deadline(now)
    if (deadline === Number.POSITIVE_INFINITY) return
    // Timers of real hosts are late by a little, never early.
    const cancel = this.#simulation.at(Math.max(deadline, now + 0.01), () =>
      this.host.run(() => {
        connection.onDeadline(this.#simulation.now)
        this.pump(connection)
      }),
    )
    this.#timers.set(connection, cancel)
  }
}

/** A client and a server in one process, joined by two emulated links, on a fake clock. */
export class Pair {
  readonly simulation = new Simulation()
  readonly clientStation: Station
  readonly serverStation: Station
  readonly up: MemoryLink<Datagram>
  readonly down: MemoryLink<Datagram>
  readonly tickets: Tickets
  readonly #options: PairOptions
  readonly #seed: number
  /** Sees, and may change or drop, every datagram: for attacks. */
  tap: (datagram: Datagram) => Datagram | undefined = (datagram) => datagram

  constructor(options: PairOptions = {}) {
    this.#options = options
    this.#seed = options.seed ?? 1
    const { simulation } = this
    const link = { delayMs: 20, ...options.link }
    const damage = (datagram: Datagram, random: () => number) => ({
      ...datagram,
      bytes: turnOneBit(datagram.bytes, random),
    })
    const deliver = (to: () => Station) => (datagram: Datagram) => {
      const passed = this.tap(datagram)
      if (passed) to().receive(passed)
    }
    const upward = { ...link, seed: this.#seed }
    this.up = new MemoryLink(
      simulation,
      upward,
      deliver(() => this.serverStation),
      damage,
    )
    const downward = { ...link, seed: this.#seed + 7919 }
    this.down = new MemoryLink(
      simulation,
      downward,
      deliver(() => this.clientStation),
      damage,
    )
    const random = seededRandom(this.#seed + 1)
    this.tickets = new Tickets({ crypto: nodeCrypto, random: seededRandom(this.#seed + 3) })
    const hostOf = (seed: number) => new PausedHost(simulation, options.pauses, seed)
    this.clientStation = new Station(
      simulation,
      hostOf(this.#seed + 5),
      CLIENT,
      (d) => this.up.send(d, d.bytes.length),
      { crypto: nodeCrypto, random },
    )
    const serverOptions = this.#serverOptions()
    this.serverStation = new Station(
      simulation,
      hostOf(this.#seed + 6),
      SERVER,
      (d) => this.down.send(d, d.bytes.length),
      serverOptions,
      { options: serverOptions, limits: { maxConnections: 100, retryFrom: 50, ...options.limits } },
    )
  }

  #serverOptions(): ServerOptions {
    return {
      ...COMMON_DEFAULTS,
      crypto: nodeCrypto,
      random: seededRandom(this.#seed + 2),
      algorithms: DEFAULT_ALGORITHMS,
      protocols: ['test'],
      identity: SERVER_IDENTITY,
      tickets: this.tickets,
      ...this.#options.server,
    }
  }

  /** `prepare` does what the first flight shall carry already. */
  connect(
    overrides: Partial<ClientOptions> = {},
    prepare: (peer: RecordingPeer) => void = () => {},
  ): RecordingPeer {
    const peer = new RecordingPeer(this.clientStation, this.simulation)
    const options: ClientOptions = {
      ...COMMON_DEFAULTS,
      crypto: nodeCrypto,
      random: seededRandom(this.#seed + 4),
      algorithms: DEFAULT_ALGORITHMS,
      protocols: ['test'],
      credential: { kind: 'anonymous' },
      isServer: (key) => key.every((byte, i) => byte === SERVER_IDENTITY.publicKey[i]),
      resumption: undefined,
      pathMemory: undefined,
      addressToken: new Uint8Array(0),
      ...this.#options.client,
      ...overrides,
    }
    peer.attach(this.clientStation.endpoint.connect(options, peer, SERVER, this.simulation.now))
    this.clientStation.peers.push(peer)
    prepare(peer)
    this.clientStation.pump(peer.connection)
    return peer
  }

  /** The server's side of the newest connection. */
  get accepted(): RecordingPeer | undefined {
    return this.serverStation.peers.at(-1)
  }

  run(milliseconds: number, enough?: () => boolean): number {
    return this.simulation.run(this.simulation.now + milliseconds, enough)
  }
}
