import { isStoaError } from '@stoa/kernel'
import { connect, type QuantumConnection, type QuantumStream } from '@stoa/quantum/node'
import { BROKEN, type Link, type LinkEvents, type Transport } from '@stoa/sdk'

/** What a server says over its authenticated API of its UDP port. */
interface QuantumOffer {
  readonly port: number
  /** Ed25519, base64url: who answers with another key is not the server. */
  readonly key: string
}

/** Asked anew for every link, so that a server may move or change its key. `null`: there is no port. */
type AskForOffer = () => Promise<QuantumOffer | null>

interface Patience {
  /** Silence after which a sign of life is asked for, so that NATs keep the way open; milliseconds. */
  readonly keepAliveMs: number
  /** Silence after which the way is taken to be barred; milliseconds. */
  readonly idleMs: number
}

const PATIENCE: Patience = { keepAliveMs: 5_000, idleMs: 15_000 }

/** Links over Quantum, to whoever has the key that the server's API tells. */
export const quantumTransport =
  (offer: AskForOffer, patience = PATIENCE): Transport =>
  (to, events) =>
    new QuantumLink(events, async (signal) => {
      const offered = await offer()
      if (offered === null) throw new Error('The server has no UDP port.')
      return connect({
        host: new URL(to.baseUrl).hostname.replace(/^\[(.*)\]$/, '$1'),
        port: offered.port,
        serverKey: Buffer.from(offered.key, 'base64url'),
        protocols: ['stoa-realtime-1'],
        parameters: { idleTimeout: patience.idleMs },
        keepAlive: patience.keepAliveMs,
        signal,
      })
    })

type Dial = (signal: AbortSignal) => Promise<QuantumConnection>

/** One connection whose first stream carries the messages. */
class QuantumLink implements Link {
  readonly #letGo = new AbortController()
  #connection: QuantumConnection | undefined
  #stream: QuantumStream | undefined

  constructor(events: LinkEvents, dial: Dial) {
    const { signal } = this.#letGo
    this.#run(events, dial).catch((error: unknown) => {
      void this.#connection?.close()
      if (!signal.aborted) events.onClose(closeCode(error))
    })
  }

  send(message: Uint8Array<ArrayBuffer>): void {
    // Why it could not be sent is told by the end of the connection.
    this.#deliver(message).catch(() => {})
  }

  async #deliver(message: Uint8Array): Promise<void> {
    await this.#stream?.send(message)
  }

  close(): void {
    this.#letGo.abort()
    this.#stream = undefined
    void this.#connection?.close()
  }

  /** Rejects when the link is over. */
  async #run({ onOpen, onMessage }: LinkEvents, dial: Dial): Promise<never> {
    const { signal } = this.#letGo
    this.#connection = await dial(signal)
    const stream = await this.#connection.openStream({ kind: 'messages', signal })
    this.#stream = stream
    onOpen('quantum')
    for await (const message of stream) {
      if (signal.aborted) break
      onMessage(message)
    }
    throw new Error('The server has ended the stream.')
  }
}

/** The server's own word travels as code of the application; everything else is a connection that broke. */
function closeCode(error: unknown): number {
  const code = isStoaError(error) && error.code === 'quantum.closed_by_peer' ? error.details?.code : undefined
  return typeof code === 'number' && code >= 1000 ? code : BROKEN
}
