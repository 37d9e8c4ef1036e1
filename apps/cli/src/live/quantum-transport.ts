import { encodeDocumentMessage } from '@stoa/contracts/realtime'
import { isStoaError } from '@stoa/kernel'
import { connect, type QuantumConnection, type QuantumStream } from '@stoa/quantum/node'
import { BROKEN, type Destination, type Link, type LinkEvents, type Output, type Transport } from '@stoa/sdk'

/**
 * What a server says over its authenticated API of its UDP port; asked anew for every link, so that it may move or change its
 * key. Who answers with another key is not the server. `null`: there is no port.
 */
type AskForOffer = () => Promise<Output<'getRealtime'>['quantum']>

interface Patience {
  /** Silence after which a sign of life is asked for, so that NATs keep the way open; milliseconds. */
  readonly keepAliveMs: number
  /** Silence after which the way is taken to be barred; milliseconds. */
  readonly idleMs: number
}

/** A message is larger than the server takes: 1009 of RFC 6455, as a WebSocket says it. */
const TOO_LARGE = 1009
/** The largest document, and what is written around it. */
const DOCUMENT_BYTES = 65 * 1024 * 1024

const PATIENCE: Patience = { keepAliveMs: 5_000, idleMs: 15_000 }

/** Links over Quantum, to whoever has the key that the server's API tells. */
export const quantumTransport =
  (offer: AskForOffer, patience = PATIENCE): Transport =>
  (to, events) =>
    new QuantumLink(events, openingOf(to), async (signal) => {
      const offered = await offer()
      if (offered === null) throw new Error('The server has no UDP port.')
      return connect({
        host: new URL(to.baseUrl).hostname.replace(/^\[(.*)\]$/, '$1'),
        port: offered.port,
        serverKey: Buffer.from(offered.key, 'base64url'),
        ...protocolOf(to, patience.idleMs),
        keepAlive: patience.keepAliveMs,
        signal,
      })
    })

/** A document comes in one message, which is as large as documents may be; topics come in small ones. */
function protocolOf({ ticket }: Destination, idleTimeout: number): Pick<Dialled, 'protocols' | 'parameters'> {
  if (ticket === undefined) return { protocols: ['stoa-realtime-1'], parameters: { idleTimeout } }
  const sizes = { maxMessage: DOCUMENT_BYTES, maxStreamData: 2 * DOCUMENT_BYTES, maxData: 2 * DOCUMENT_BYTES }
  return { protocols: ['stoa-yjs-1'], parameters: { ...sizes, idleTimeout } }
}

type Dialled = Parameters<typeof connect>[0]
type Dial = (signal: AbortSignal) => Promise<QuantumConnection>

/** One connection whose first stream carries the messages. */
class QuantumLink implements Link {
  readonly #letGo = new AbortController()
  readonly #events: LinkEvents
  #connection: QuantumConnection | undefined
  #stream: QuantumStream | undefined

  /** `first`: what is said before the link is open. */
  constructor(events: LinkEvents, first: Uint8Array | undefined, dial: Dial) {
    this.#events = events
    this.#run(first, dial).catch((error: unknown) => this.#end(closeCode(error)))
  }

  send(message: Uint8Array<ArrayBuffer>): void {
    this.#deliver(message).catch((error: unknown) => {
      // Everything else is told by the end of the connection.
      if (codeOf(error) === 'quantum.too_large') this.#end(TOO_LARGE)
    })
  }

  async #deliver(message: Uint8Array): Promise<void> {
    await this.#stream?.send(message)
  }

  close(): void {
    this.#letGo.abort()
    this.#stream = undefined
    void this.#connection?.close()
  }

  #end(code: number): void {
    const isLetGo = this.#letGo.signal.aborted
    this.close()
    if (!isLetGo) this.#events.onClose(code)
  }

  /** Rejects when the link is over. */
  async #run(first: Uint8Array | undefined, dial: Dial): Promise<never> {
    const { signal } = this.#letGo
    this.#connection = await dial(signal)
    const stream = await this.#connection.openStream({ kind: 'messages', signal })
    if (first) await stream.send(first)
    this.#stream = stream
    this.#events.onOpen('quantum')
    for await (const message of stream) {
      if (signal.aborted) break
      this.#events.onMessage(message)
    }
    throw new Error('The server has ended the stream.')
  }
}

/** What says to the server which document is opened; topics begin with their own hello. */
function openingOf({ path, ticket }: Destination): Uint8Array | undefined {
  if (ticket === undefined) return undefined
  const document = path.replace(/^\/yjs\//, '')
  return encodeDocumentMessage({ kind: 'open', document, ticket, traceparent: '' })
}

const codeOf = (error: unknown) => (isStoaError(error) ? error.code : undefined)

/** The server's own word travels as code of the application; everything else is a connection that broke. */
function closeCode(error: unknown): number {
  const code = isStoaError(error) && error.code === 'quantum.closed_by_peer' ? error.details?.code : undefined
  return typeof code === 'number' && code >= 1000 ? code : BROKEN
}
