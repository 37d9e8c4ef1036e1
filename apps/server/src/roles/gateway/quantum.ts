import { CLOSE, type CloseReason } from '@stoa/contracts/realtime'
import { isStoaError, type Logger, type Service } from '@stoa/kernel'
import {
  identityFrom,
  listen,
  type QuantumConnection,
  type QuantumServer,
  type QuantumStream,
} from '@stoa/quantum/node'
import type { QuantumOffer } from '../../capabilities/realtime/index.ts'
import { GREETING_MS } from './greeting.ts'
import type { Channel, ConnectionKind, Receiver } from './socket.ts'

/** Application protocols: frames of `/realtime/v1`, messages of `/yjs/{document}`; one a message, on the client's first stream. */
const PROTOCOLS: ReadonlyMap<string, ConnectionKind> = new Map([
  ['stoa-realtime-1', 'topics'],
  ['stoa-yjs-1', 'document'],
])
/** A message is given back whole: its length must fit into the window, too. */
const LENGTH_BYTES = 1024

interface QuantumPortInit {
  readonly host: string
  /** 0 = any free port. */
  readonly port: number
  /** 32 bytes: who this server is. The same after a restart, so that clients may keep the key. */
  readonly seed: Uint8Array
  readonly messageBytes: number
  readonly open: (kind: ConnectionKind, channel: Channel, clientIp: string) => Served
  /** We end a connection, and why. */
  readonly onClose: (reason: CloseReason, text: string) => void
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
    const window = maxMessage + LENGTH_BYTES
    const server = await listen({
      ...{ host, port, identity: identityFrom(seed), protocols: [...PROTOCOLS.keys()] },
      // No early data: a hello that is repeated by others must not open anything.
      tickets: false,
      parameters: { maxMessage, maxStreamData: window, maxData: window },
    })
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
      })
    }
  }

  async #serve(connection: QuantumConnection): Promise<void> {
    const kind = PROTOCOLS.get(connection.protocol)
    const late = setTimeout(() => void connection.close(CLOSE.unauthenticated), GREETING_MS)
    connection.closed.catch(() => {}).finally(() => clearTimeout(late))
    for await (const stream of connection) {
      clearTimeout(late)
      if (kind && stream.kind === 'messages') await this.#talk(kind, connection, stream)
      else await connection.close(CLOSE.malformed, 'Frames travel on a stream of messages.')
      return
    }
  }

  async #talk(kind: ConnectionKind, connection: QuantumConnection, stream: QuantumStream): Promise<void> {
    const gate = new Gate()
    const channel = channelOf(connection, stream, gate, this.#init.onClose)
    const { receiver, left } = this.#init.open(kind, channel, connection.remoteAddress.address)
    try {
      for await (const message of stream) {
        receiver.receive(message)
        await gate.passed()
      }
      await connection.close()
    } catch (error) {
      channel.close(...endOf(error))
      throw error
    } finally {
      receiver.closed()
      left()
    }
  }
}

/** Wrong packets have ended the connection by themselves; what a reader still finds wrong is a message above the limit. */
const endOf = (error: unknown): [CloseReason, string] =>
  isStoaError(error) && error.code === 'quantum.protocol_violation'
    ? ['tooLarge', 'The message is too large.']
    : ['overloaded', 'The connection cannot be served now.']

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

const OVER: ReadonlySet<string> = new Set(['closing', 'draining', 'closed'])

function channelOf(
  connection: QuantumConnection,
  stream: QuantumStream,
  gate: Gate,
  onClose: QuantumPortInit['onClose'],
): Channel {
  let isEnded = false
  // The end of a connection is told to its reader, and to nobody else.
  const isOver = () => isEnded || OVER.has(connection.engine.state)
  const deliver = async (message: Uint8Array) => stream.send(message)
  const close: Channel['close'] = (reason, text) => {
    if (isOver()) return
    isEnded = true
    onClose(reason, text)
    gate.open()
    void connection.close(CLOSE[reason], text.slice(0, 100))
  }
  return {
    transport: 'quantum',
    send: (message) => {
      if (isOver()) return
      deliver(message).catch((error: unknown) => {
        const isTooLarge = isStoaError(error) && error.code === 'quantum.too_large'
        if (isTooLarge) close('tooLarge', 'You take no messages of this size.')
      })
    },
    get buffered() {
      return stream.buffered
    },
    close,
    pause: () => gate.close(),
    resume: () => gate.open(),
  }
}
