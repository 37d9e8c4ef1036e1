import { CLOSE } from '@stoa/contracts/realtime'
import type { Logger, Service } from '@stoa/kernel'
import {
  identityFrom,
  listen,
  type QuantumConnection,
  type QuantumServer,
  type QuantumStream,
} from '@stoa/quantum/node'
import type { QuantumOffer } from '../../capabilities/realtime/index.ts'
import type { Channel, Receiver } from './socket.ts'

/** The application protocol: frames of `/realtime/v1`, one a message, on the client's first stream. */
const REALTIME_PROTOCOL = 'stoa-realtime-1'

interface QuantumPortInit {
  readonly host: string
  /** 0 = any free port. */
  readonly port: number
  /** 32 bytes: who this server is. The same after a restart, so that clients may keep the key. */
  readonly seed: Uint8Array
  readonly messageBytes: number
  readonly open: (channel: Channel, clientIp: string) => Served
  readonly log: Logger
}

/** `seed`: 32 bytes from which the identity of a server is made. */
export const offerOf = (port: number, seed: Uint8Array): QuantumOffer => ({
  port,
  key: Buffer.from(identityFrom(seed).publicKey).toString('base64url'),
})

/** A channel that is being served; `left` when it is over, whichever side ended it. */
export interface Served {
  readonly receiver: Receiver
  readonly left: () => void
}

/** The gateway's UDP port. Clients that cannot reach it come by WebSocket; what they say and hear is the same. */
export class QuantumPort implements Service {
  readonly name = 'quantum'
  readonly #init: QuantumPortInit
  #server: QuantumServer | undefined

  constructor(init: QuantumPortInit) {
    this.#init = init
  }

  /** Where clients find it and what key it has, once started. */
  get offer(): QuantumOffer | undefined {
    return this.#server && offerOf(this.#server.address.port, this.#init.seed)
  }

  async start(): Promise<void> {
    const { host, port, seed, messageBytes: maxMessage, log } = this.#init
    const identity = identityFrom(seed)
    // No early data: a hello that is repeated by others must not open anything.
    const options = { identity, protocols: [REALTIME_PROTOCOL], tickets: false, parameters: { maxMessage } }
    const server = await listen({ host, port, ...options })
    this.#server = server
    log.info({ action: 'quantum_listening', port: server.address.port })
    void this.#accept(server)
  }

  async stop(): Promise<void> {
    const server = this.#server
    this.#server = undefined
    await server?.close()
  }

  async #accept(server: QuantumServer): Promise<void> {
    for await (const connection of server) {
      this.#serve(connection).catch((error: unknown) => {
        this.#init.log.debug({ action: 'quantum_connection_failed', err: error })
        void connection.close(CLOSE.overloaded)
      })
    }
  }

  async #serve(connection: QuantumConnection): Promise<void> {
    for await (const stream of connection) {
      if (stream.kind === 'messages') await this.#talk(connection, stream)
      else await connection.close(CLOSE.malformed, 'Frames travel on a stream of messages.')
      return
    }
  }

  async #talk(connection: QuantumConnection, stream: QuantumStream): Promise<void> {
    const gate = new Gate()
    const channel = channelOf(connection, stream, gate)
    const { receiver, left } = this.#init.open(channel, connection.remoteAddress.address)
    try {
      for await (const message of stream) {
        receiver.receive(message)
        await gate.passed()
      }
      await connection.close()
    } finally {
      receiver.closed()
      left()
    }
  }
}

/** Lets a reader through, or has it wait. */
class Gate {
  #opened: Promise<void> | undefined
  #open = () => {}

  close(): void {
    this.#opened ??= new Promise((resolve) => {
      this.#open = resolve
    })
  }

  open(): void {
    this.#opened = undefined
    this.#open()
  }

  async passed(): Promise<void> {
    await this.#opened
  }
}

function channelOf(connection: QuantumConnection, stream: QuantumStream, gate: Gate): Channel {
  let ended = false
  const deliver = async (message: Uint8Array) => stream.send(message)
  return {
    send: (message) => {
      // A connection that is over says so to its reader; here there is nobody to tell.
      if (!ended) deliver(message).catch(() => {})
    },
    get buffered() {
      return stream.buffered
    },
    close: (reason, text) => {
      if (ended) return
      ended = true
      gate.open()
      void connection.close(CLOSE[reason], text.slice(0, 100))
    },
    pause: () => gate.close(),
    resume: () => gate.open(),
  }
}
