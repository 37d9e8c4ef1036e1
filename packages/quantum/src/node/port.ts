import { createSocket, type RemoteInfo, type Socket } from 'node:dgram'
import { isIPv6 } from 'node:net'
import type { Connection } from '../connection/connection.ts'
import type { ServerOptions } from '../connection/options.ts'
import type { Address } from '../connection/path.ts'
import { Endpoint, type EndpointHost, type EndpointLimits } from '../endpoint/endpoint.ts'
import { QuantumError } from '../errors.ts'

/** Asked of the kernel, which may give less: bursts from many peers must find room while JavaScript is busy. */
const SOCKET_BUFFER = 4 << 20
const SLOT = 1536
const SLOTS = 256
/** Datagrams one connection may send before others get their turn. */
const BATCH = 64
/** A wait shorter than this is spun through: timers are a millisecond coarse. */
const SPIN_MS = 0.05

export interface PortOptions {
  host: string
  port: number
  /** The one peer of a client's socket: the kernel filters strangers and routes once. */
  peer?: Address
  engine: Pick<ServerOptions, 'crypto' | 'random'>
  server?: { options: ServerOptions; limits: EndpointLimits }
  onClient: EndpointHost['onClient']
  onForgotten: EndpointHost['onForgotten']
}

/** A UDP socket with an endpoint behind it: moves datagrams, and calls connections when their time has come. */
export class Port {
  readonly endpoint: Endpoint
  #socket: Socket
  #connected: Address | undefined
  readonly #options: PortOptions
  readonly #dirty = new Set<Connection>()
  readonly #timers = new Map<Connection, { at: number; timer: NodeJS.Timeout }>()
  readonly #slots: readonly Buffer[]
  #slot = 0
  #scheduled = false
  #closed = false
  /** Unexpected failure of the socket itself. */
  onError: (error: Error) => void = () => {}

  private constructor(options: PortOptions, socket: Socket) {
    this.#options = options
    this.#socket = socket
    const slab = Buffer.allocUnsafeSlow(SLOT * SLOTS)
    this.#slots = Array.from({ length: SLOTS }, (_, i) => slab.subarray(i * SLOT, (i + 1) * SLOT))
    this.endpoint = new Endpoint(
      {
        send: (datagram, to) => this.#send(Buffer.from(datagram), datagram.length, to),
        onClient: options.onClient,
        onForgotten: (connection) => {
          this.#dropTimer(connection)
          this.#dirty.delete(connection)
          options.onForgotten(connection)
        },
      },
      options.engine,
      options.server,
    )
    this.#listen(socket)
  }

  static async open(options: PortOptions): Promise<Port> {
    const port = new Port(options, await openSocket(options.host, options.port, options.peer))
    port.#connected = options.peer
    return port
  }

  get address(): Address {
    const { address, port } = this.#socket.address()
    return { address, port }
  }

  #listen(socket: Socket): void {
    socket.on('message', (datagram: Buffer, from: RemoteInfo) => this.#receive(datagram, from))
    // A peer's machine that refuses (ICMP) says nothing of this connection: losses and time-outs decide.
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (!HARMLESS.has(error.code ?? '')) this.onError(error)
    })
  }

  #receive(datagram: Buffer, from: RemoteInfo): void {
    const connection = this.endpoint.receive(datagram, from, performance.now())
    if (!connection) return
    this.#dirty.add(connection)
    // What else has come in this turn of the loop is read first: one acknowledgement answers all of it.
    this.#schedule(setImmediate)
  }

  /** The connection has something to send, as soon as the caller is done. */
  wake(connection: Connection): void {
    this.#dirty.add(connection)
    this.#schedule(queueMicrotask)
  }

  #schedule(defer: (work: () => void) => void): void {
    if (this.#scheduled) return
    this.#scheduled = true
    defer(() => {
      this.#scheduled = false
      this.#pumpDirty()
    })
  }

  #pumpDirty(): void {
    const due = [...this.#dirty]
    this.#dirty.clear()
    for (const connection of due) this.#pump(connection)
  }

  #pump(connection: Connection): void {
    if (this.#closed) return
    const now = performance.now()
    connection.onDeadline(now)
    for (let count = 0; ; count++) {
      // Datagrams that the kernel would not take yet still need their slots.
      if (count === BATCH || (count % 16 === 0 && this.#socket.getSendQueueCount() > SLOTS / 2)) {
        this.#later(connection)
        return
      }
      const slot = this.#slots[this.#slot]!
      const length = connection.transmit(now, slot)
      if (length === 0) break
      this.#slot = (this.#slot + 1) % SLOTS
      this.#send(slot, length, connection.destination)
    }
    if (connection.state === 'closed') this.endpoint.forget(connection)
    else this.#arm(connection, now)
  }

  #later(connection: Connection): void {
    this.#dirty.add(connection)
    this.#schedule(setImmediate)
  }

  #send(datagram: Buffer, length: number, to: Address): void {
    if (this.#closed) return
    if (this.#connected) this.#socket.send(datagram, 0, length, ignore)
    else this.#socket.send(datagram, 0, length, to.port, to.address, ignore)
  }

  /** Timers are moved forward only: one that fires early looks again. */
  #arm(connection: Connection, now: number): void {
    const at = connection.deadline(now)
    const armed = this.#timers.get(connection)
    if (at === Number.POSITIVE_INFINITY || (armed && armed.at <= at)) return
    const wait = at - now
    if (wait < SPIN_MS) {
      this.#later(connection)
      return
    }
    if (armed) clearTimeout(armed.timer)
    const timer = setTimeout(() => {
      this.#timers.delete(connection)
      this.#onTime(connection)
    }, wait)
    this.#timers.set(connection, { at, timer })
  }

  #onTime(connection: Connection): void {
    if (this.#closed || !this.endpoint.connections.has(connection)) return
    this.#pump(connection)
  }

  #dropTimer(connection: Connection): void {
    clearTimeout(this.#timers.get(connection)?.timer)
    this.#timers.delete(connection)
  }

  /** A new socket, with another local port, in place of the old one. */
  async rebind(): Promise<void> {
    const { host, peer } = this.#options
    const socket = await openSocket(host, 0, peer)
    const former = this.#socket
    this.#socket = socket
    this.#listen(socket)
    former.close()
  }

  /** Lets the process end although connections still linger. */
  unref(): void {
    this.#socket.unref()
    for (const { timer } of this.#timers.values()) timer.unref()
  }

  close(): Promise<void> {
    if (this.#closed) return Promise.resolve()
    this.#closed = true
    for (const connection of [...this.endpoint.connections]) this.endpoint.forget(connection)
    return new Promise((resolve) => this.#socket.close(() => resolve()))
  }
}

const HARMLESS = new Set([
  'ECONNREFUSED',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'EPERM',
  'EMSGSIZE',
  'ENOBUFS',
])
const ignore = () => {}

async function openSocket(host: string, port: number, peer: Address | undefined): Promise<Socket> {
  const v6 = isIPv6(host)
  const socket = createSocket({
    type: v6 ? 'udp6' : 'udp4',
    // Addresses are numbers already; asking the resolver would put every datagram off to the next tick.
    lookup: (address, _options, done) => done(null, address, v6 ? 6 : 4),
  })
  try {
    await settled(socket, 'listening', () => socket.bind(port, host))
    if (peer) await settled(socket, 'connect', () => socket.connect(peer.port, peer.address))
    grow(() => socket.setRecvBufferSize(SOCKET_BUFFER))
    grow(() => socket.setSendBufferSize(SOCKET_BUFFER))
    return socket
  } catch (error) {
    socket.close()
    throw new QuantumError('quantum.socket', `No UDP socket on ${host} port ${port}.`, { cause: error })
  }
}

function settled(socket: Socket, event: 'listening' | 'connect', start: () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('error', reject)
    socket.once(event, () => {
      socket.off('error', reject)
      resolve()
    })
    start()
  })
}

/** More buffer is better, but what the kernel gives by itself works. */
function grow(set: () => void): void {
  try {
    set()
  } catch {
    // Limits of the machine.
  }
}
