import { randomBytes } from 'node:crypto'
import dgram from 'node:dgram'
import { once } from 'node:events'
import type { Channel, Peer, ServerOptions, Session } from '../programs/channel.ts'
import { type Address, loadQuiche, type QuicheConfig, type QuicheConnection } from './quiche-binding.ts'

const WINDOW = 24 << 20
const PACKET = 1350
const BUFFERED = 1 << 20

function configure(congestionControl: string, server?: ServerOptions): QuicheConfig {
  const { Config } = loadQuiche()
  const keys = server ? [Buffer.from(server.key)] : null
  const certificates = server ? [Buffer.from(server.cert)] : null
  const config = Config.withBoringSslCtx(false, false, null, keys, certificates, null)
  config.setApplicationProtosWireFormat(Buffer.from('\x05bench'))
  config.setMaxIdleTimeout(60_000)
  config.setMaxRecvUdpPayloadSize(PACKET)
  config.setMaxSendUdpPayloadSize(PACKET)
  config.setInitialMaxData(WINDOW)
  config.setInitialMaxStreamDataBidiLocal(WINDOW)
  config.setInitialMaxStreamDataBidiRemote(WINDOW)
  config.setInitialMaxStreamsBidi(100)
  config.setMaxConnectionWindow(WINDOW)
  config.setMaxStreamWindow(WINDOW)
  config.setDisableActiveMigration(true)
  config.setCcAlgorithmName(congestionControl)
  // The binding does not give the time at which a paced packet is to leave.
  config.enablePacing(false)
  return config
}

/** One connection on a socket: reads, writes and timers. */
class Driver {
  readonly connection: QuicheConnection
  readonly #socket: dgram.Socket
  readonly #channels = new Map<number, StreamChannel>()
  readonly #accepted: ((channel: Channel) => void) | undefined
  readonly #buffer = Buffer.alloc(262_144)
  #timer: NodeJS.Timeout | undefined
  #scheduled = false

  constructor(connection: QuicheConnection, socket: dgram.Socket, accepted?: (channel: Channel) => void) {
    this.connection = connection
    this.#socket = socket
    this.#accepted = accepted
  }

  receive(packet: Buffer, from: Address, to: Address): void {
    try {
      this.connection.recv(packet, { from, to })
    } catch {
      // A packet that cannot be read is dropped, as on any path.
    }
    this.schedule()
  }

  /** Reads and writes once for all that came in this turn. */
  schedule(): void {
    if (this.#scheduled) return
    this.#scheduled = true
    setImmediate(() => {
      this.#scheduled = false
      this.#read()
      for (const channel of this.#channels.values()) channel.pump()
      this.flush()
    })
  }

  channel(id: number): StreamChannel {
    let channel = this.#channels.get(id)
    if (!channel) {
      channel = new StreamChannel(this, id)
      this.#channels.set(id, channel)
      this.#accepted?.(channel)
    }
    return channel
  }

  flush(): void {
    for (;;) {
      const packet = Buffer.allocUnsafe(PACKET)
      const sent = this.connection.send(packet)
      if (!sent) break
      this.#socket.send(packet, 0, sent[0], sent[1].to.port, sent[1].to.host)
    }
    clearTimeout(this.#timer)
    const timeout = this.connection.timeout()
    if (timeout === null) return
    this.#timer = setTimeout(
      () => {
        this.connection.onTimeout()
        this.schedule()
      },
      Math.max(1, Math.ceil(timeout)),
    )
  }

  #read(): void {
    for (const id of this.connection.readable()) {
      const channel = this.channel(id)
      for (;;) {
        const bytes = attempt(() => this.connection.streamRecv(id, this.#buffer))?.[0] ?? 0
        if (bytes === 0) break
        channel.receive(this.#buffer.subarray(0, bytes))
      }
    }
  }

  stop(): void {
    clearTimeout(this.#timer)
  }
}

class StreamChannel implements Channel {
  readonly #driver: Driver
  readonly #id: number
  #waiting: Uint8Array[] = []
  #buffered = 0
  #drained = () => {}
  #received: (bytes: Uint8Array) => void = () => {}

  constructor(driver: Driver, id: number) {
    this.#driver = driver
    this.#id = id
  }

  write(bytes: Uint8Array): boolean {
    this.#waiting.push(bytes)
    this.#buffered += bytes.length
    this.#driver.schedule()
    return this.#buffered < BUFFERED
  }

  onDrain(listener: () => void): void {
    this.#drained = listener
  }

  onData(listener: (bytes: Uint8Array) => void): void {
    this.#received = listener
  }

  receive(bytes: Uint8Array): void {
    this.#received(bytes)
  }

  pump(): void {
    const wasFull = this.#buffered >= BUFFERED
    for (let first = this.#waiting[0]; first; first = this.#waiting[0]) {
      const chunk = first
      const sent = attempt(() => this.#driver.connection.streamSend(this.#id, chunk, false)) ?? 0
      this.#buffered -= sent
      if (sent < chunk.length) {
        this.#waiting[0] = chunk.subarray(sent)
        break
      }
      this.#waiting.shift()
    }
    if (wasFull && this.#buffered < BUFFERED) this.#drained()
  }
}

/** The binding throws where it means "not now". */
function attempt<T>(act: () => T): T | null {
  try {
    return act()
  } catch {
    return null
  }
}

async function bind(port: number, host?: string): Promise<dgram.Socket> {
  const socket = dgram.createSocket({ type: 'udp4', recvBufferSize: 4 << 20, sendBufferSize: 4 << 20 })
  socket.on('error', () => {})
  socket.bind(port, host)
  await once(socket, 'listening')
  return socket
}

/** `congestionControl` of the server: acknowledgements only, so it does not matter. */
export const quiche: Peer = {
  listen: async (options, onChannel) => {
    const socket = await bind(options.port, options.host)
    const drivers = new Map<string, Driver>()
    const to = { host: options.host, port: options.port }
    socket.on('message', (packet, { address, port }) => {
      const from = { host: address, port }
      const key = `${address}:${port}`
      let driver = drivers.get(key)
      if (!driver) {
        const { Connection } = loadQuiche()
        const connection = Connection.accept(randomBytes(20), null, to, from, configure('bbr', options))
        driver = new Driver(connection, socket, onChannel)
        drivers.set(key, driver)
      }
      driver.receive(packet, from, to)
    })
  },
  connect: async ({ host, port, congestionControl }): Promise<Session> => {
    const socket = await bind(0, '10.77.0.1')
    const local = { host: socket.address().address, port: socket.address().port }
    const remote = { host, port }
    const { Connection } = loadQuiche()
    const connection = Connection.connect(
      'localhost',
      randomBytes(20),
      local,
      remote,
      configure(congestionControl),
    )
    const driver = new Driver(connection, socket)
    const established = new Promise<void>((resolve) => {
      socket.on('message', (packet, { address, port: from }) => {
        driver.receive(packet, { host: address, port: from }, local)
        if (connection.isEstablished()) resolve()
      })
    })
    driver.flush()
    await established
    let streams = 0
    return {
      open: async () => driver.channel(4 * streams++),
      statistics: () => {
        const { sent, lost } = connection.stats()
        return { packetsSent: Number(sent), packetsLost: Number(lost) }
      },
      close: async () => {
        driver.stop()
        socket.close()
      },
    }
  },
}
