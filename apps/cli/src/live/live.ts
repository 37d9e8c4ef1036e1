import {
  ApiError,
  type Client,
  ConnectionError,
  type Room,
  type RoomMessage,
  TopicClient,
  type TopicEvent,
  type Transport,
  webSocketTransport,
  withFallback,
} from '@stoa/sdk'
import { CliError } from '../errors.ts'
import type { Account } from '../session/connect.ts'

/** How to hear of what happens: `auto` takes Quantum where it can be reached, else a WebSocket. */
export const TRANSPORTS = ['auto', 'quantum', 'websocket'] as const
export type TransportChoice = (typeof TRANSPORTS)[number]

export interface LiveOptions {
  readonly transport: TransportChoice
  /** Told how the server is reached, and when that ends. */
  readonly note: (text: string) => void
}

/** A WebSocket that is open waits so long for Quantum, which has begun at the same moment; milliseconds. */
const QUANTUM_DEADLINE_MS = 700

/** What happens in rooms, as it happens: one connection, held across breaks. */
export class Live implements Disposable {
  readonly #topics: TopicClient
  /** Those who follow, to be told that there is no going on. */
  readonly #followers = new Set<(error: unknown) => void>()

  constructor({ origin, tokens }: Account, transport: Transport) {
    const orEnd = <T>(asked: Promise<T>) =>
      asked.catch((error: unknown) => {
        if (error instanceof CliError) for (const fail of this.#followers) fail(error)
        throw error
      })
    this.#topics = new TopicClient({
      ...{ baseUrl: origin, transport },
      tokens: { get: () => orEnd(tokens.get()), renew: (refused) => orEnd(tokens.renew(refused)) },
    })
    this.#topics.start()
  }

  /**
   * Keeps a room up to date, and calls `changed` after every change, until the signal.
   * @throws CliError when the room may not be read any more, or nobody is signed in any more; ApiError
   */
  async follow(room: Room, changed: () => void, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const stop = () => resolve()
    signal.addEventListener('abort', stop)
    this.#followers.add(reject)
    const read = (reading: Promise<void>) =>
      reading
        .then(() => isWhole(room) && changed())
        .catch((error: unknown) => {
          // What could not be read now is read with the next event, or when the connection is back.
          if (!(error instanceof ConnectionError) && !isPassing(error)) reject(error)
        })
    const leave = this.#topics.follow(`room:${room.timeline.roomId}`, {
      onEvent: (event) => void read(applied(room, event)),
      onFollowing: () => void read(room.refresh()),
      onLeft: () => reject(new CliError('cli.room_left', 'This room may not be read any more.')),
    })
    try {
      await promise
    } finally {
      leave()
      this.#followers.delete(reject)
      signal.removeEventListener('abort', stop)
    }
  }

  [Symbol.dispose](): void {
    this.#topics.stop()
  }
}

/** @throws CliError when Quantum was asked for and the server has none */
export async function goLive(account: Account, { transport, note }: LiveOptions): Promise<Live> {
  return new Live(account, noted(await transportFor(transport, account.client), note))
}

async function transportFor(choice: TransportChoice, client: Client): Promise<Transport> {
  const socket = webSocketTransport()
  if (choice === 'websocket') return socket
  // Loaded before the race, which it would lose.
  const { quantumTransport } = await import('./quantum-transport.ts')
  const offer = async () => (await client.call('getRealtime')).quantum
  if (choice === 'quantum') {
    if ((await offer()) === null)
      throw new CliError('cli.no_quantum', 'This server has no UDP port for Quantum (STOA_QUANTUM_PORT).')
    return quantumTransport(offer)
  }
  return withFallback({
    preferred: quantumTransport(offer),
    fallback: socket,
    deadlineMs: QUANTUM_DEADLINE_MS,
  })
}

const NAMES: Readonly<Record<string, string>> = { quantum: 'Quantum (UDP)', websocket: 'WebSocket' }

const noted =
  (transport: Transport, note: (text: string) => void): Transport =>
  (to, events) =>
    transport(to, {
      ...events,
      onOpen: (over) => {
        note(`Connected by ${NAMES[over] ?? over}.`)
        events.onOpen(over)
      },
      onClose: (code) => {
        note(`The connection ended (${code}); trying again.`)
        events.onClose(code)
      },
    })

/** The event's own message is enough; where something before it is missing, the server is asked. */
async function applied(room: Room, { type, payload, message }: TopicEvent): Promise<void> {
  if (!type.startsWith('message.')) return
  const { sequence, revision } = payload as { sequence: number; revision: number }
  const shown = message ? { message: message as RoomMessage } : {}
  room.timeline.applyEvent({ sequence, revision, ...shown })
  await room.catchUp()
}

/** Nothing is missing between what is held; else whoever reads that tells of the change. */
const isWhole = (room: Room): boolean => room.timeline.snapshot().resumeAfter === undefined

const isPassing = (error: unknown): boolean =>
  error instanceof ApiError && (error.status >= 500 || error.status === 429)
