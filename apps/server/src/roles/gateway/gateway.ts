import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { CLOSE, type CloseReason } from '@stoa/contracts/realtime'
import { type Logger, type Service, uuidv7 } from '@stoa/kernel'
import { type WebSocket, WebSocketServer } from 'ws'
import type { QuantumOffer } from '../../capabilities/realtime/index.ts'
import type { Sessions } from '../../capabilities/sessions/index.ts'
import type { TenantContext } from '../../platform/database/database.ts'
import { clientAddress } from '../../platform/http/client-address.ts'
import { traceparentOf } from '../../platform/http/trace.ts'
import { greeted } from './greeting.ts'
import { QuantumPort, type Served } from './quantum.ts'
import { SessionWatch, type SessionWatchInit } from './session-watch.ts'
import { SessionRegistry } from './sessions.ts'
import {
  type Channel,
  type ConnectionKind,
  type Receiver,
  type TransportName,
  webSocketChannel,
} from './socket.ts'
import { TopicSockets, type TopicSocketsInit } from './topics/topic-sockets.ts'
import { Documents, type DocumentsInit } from './yjs/documents.ts'

export interface GatewayInit
  extends Omit<DocumentsInit, 'watch'>,
    Omit<TopicSocketsInit, 'watch' | 'sessions' | 'quantumOffer'>,
    Pick<SessionWatchInit, 'events' | 'sweepMs'> {
  readonly log: Logger
  readonly limits?: Partial<GatewayLimits>
  readonly sessions: Sessions
  /** The Session service is not asked because it failed too often; or is asked again. */
  readonly onCircuit?: (open: boolean) => void
  /** Whose X-Forwarded-For is believed: addresses and CIDR blocks. */
  readonly trustedProxies?: readonly string[]
  /** We have ended a connection. */
  readonly onClosed?: (reason: CloseReason, transport: TransportName) => void
  readonly onConnections?: (kind: ConnectionKind, transport: TransportName, change: 1 | -1) => void
  /** A UDP port beside the WebSocket: where, and the 32 bytes from which its identity is made. */
  readonly quantum: { readonly host: string; readonly port: number; readonly seed: Uint8Array } | undefined
}

export interface GatewayLimits {
  /** Bytes of one message. */
  readonly messageBytes: number
  readonly connectionsPerAccount: number
  readonly connectionsPerTenant: number
  /** A socket that does not answer pings for so long is gone; milliseconds. */
  readonly pingMs: number
}

const DEFAULT_LIMITS: GatewayLimits = {
  messageBytes: 8 * 1024 * 1024 + 1024,
  connectionsPerAccount: 200,
  connectionsPerTenant: 20_000,
  pingMs: 30_000,
}
/** How long a stop waits for what was sent to be stored. */
const SETTLE_MS = 3_000
/** How long sockets may take to say goodbye. */
const GOODBYE_MS = 500

/** The role that holds the sockets: admits them, routes them by path, and ends them when their time has come. */
export class Gateway implements Service {
  readonly name = 'gateway'
  readonly #init: GatewayInit
  readonly #limits: GatewayLimits
  readonly #server: WebSocketServer
  readonly #watch: SessionWatch
  readonly #documents: Documents
  readonly #topics: TopicSockets
  readonly #counts = new Map<string, number>()
  readonly #alive = new WeakSet<WebSocket>()
  readonly #quantum: QuantumPort | undefined
  #pings: NodeJS.Timeout | undefined
  #stopping = false

  constructor(init: GatewayInit) {
    this.#init = init
    this.#limits = { ...DEFAULT_LIMITS, ...init.limits }
    this.#server = new WebSocketServer({
      noServer: true,
      perMessageDeflate: false,
      maxPayload: this.#limits.messageBytes,
      skipUTF8Validation: true,
    })
    this.#watch = new SessionWatch(init)
    this.#documents = new Documents({ ...init, watch: this.#watch })
    const sessions = new SessionRegistry(init.sessions, init.log, init.onCircuit ?? (() => {}))
    const quantumOffer = () => this.quantumOffer
    this.#topics = new TopicSockets({ ...init, sessions, watch: this.#watch, quantumOffer })
    if (init.quantum)
      this.#quantum = new QuantumPort({
        ...{ ...init.quantum, messageBytes: this.#limits.messageBytes, log: init.log },
        open: (kind, channel, clientIp) => this.#openByQuantum(kind, channel, clientIp),
        onClose: (reason, text) => this.#refused(init.log, 'quantum', reason, text),
      })
  }

  get size(): Documents['size'] {
    return this.#documents.size
  }

  /** The UDP port and its key, once started; `undefined` without one. */
  get quantumOffer(): QuantumOffer | undefined {
    return this.#quantum?.offer
  }

  async start(): Promise<void> {
    this.#pings = setInterval(() => this.#ping(), this.#limits.pingMs)
    this.#pings.unref()
    await this.#quantum?.start()
  }

  /** Lets what was sent be stored, then tells everybody to come back. */
  async stop(): Promise<void> {
    if (this.#stopping) return
    this.#stopping = true
    clearInterval(this.#pings)
    this.#watch.stop()
    await this.#documents.settle(SETTLE_MS)
    this.#documents.close()
    this.#topics.close()
    await this.#quantum?.stop()
    for (const socket of this.#server.clients) socket.close(CLOSE.restarting, 'The server restarts.')
    const cutOff = setTimeout(() => {
      for (const socket of this.#server.clients) socket.terminate()
    }, GOODBYE_MS)
    await new Promise<void>((resolve) => this.#server.close(() => resolve()))
    clearTimeout(cutOff)
  }

  /** For the `upgrade` event of an HTTP server. */
  readonly upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    // Unheard, a reset of the connection would end the process.
    socket.on('error', () => socket.destroy())
    const url = URL.parse(request.url ?? '/', 'http://gateway')
    const route = url === null || this.#stopping ? undefined : this.#route(url, request)
    if (route === undefined) {
      const status = this.#stopping ? '503 Service Unavailable' : '404 Not Found'
      socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`)
      return
    }
    this.#server.handleUpgrade(request, socket, head, (accepted) => this.#serve(accepted, socket, route))
  }

  /** What a path opens; `undefined`: nothing. */
  #route(url: URL, request: IncomingMessage): Route | undefined {
    const traceparent = traceparentOf(request.headers.traceparent)
    if (url.pathname === '/realtime/v1') {
      const clientIp = clientAddress(request, this.#init.trustedProxies ?? [])
      const client = { clientIp, traceparent }
      return {
        kind: 'topics',
        open: async (channel, admit) => this.#topics.open(channel, client, admit),
      }
    }
    const documentId = /^\/yjs\/([^/]+)$/.exec(url.pathname)?.[1]
    if (documentId === undefined) return undefined
    const asked = { documentId, ticket: url.searchParams.get('ticket') ?? undefined, traceparent }
    return {
      kind: 'document',
      open: (channel, admit) => this.#documents.open(channel, asked, ({ context }) => admit(context)),
    }
  }

  /** Runs a connection; messages that come before it is admitted wait in the socket. */
  #serve(socket: WebSocket, raw: Duplex, { kind, open }: Route): void {
    const log = this.#init.log.child({ connection_id: uuidv7() })
    const refused = (reason: CloseReason, text: string) => this.#refused(log, 'websocket', reason, text)
    const channel = webSocketChannel(socket, raw, refused)
    let receiver: Receiver | undefined
    let leave = () => {}
    let closed = false
    this.#alive.add(socket)
    socket.on('pong', () => this.#alive.add(socket))
    socket.on('error', (error: NodeJS.ErrnoException) => {
      // The package has closed it already, with a code of RFC 6455.
      if (error.code?.startsWith('WS_ERR')) refused(reasonOf(error.code), error.message)
      else log.debug({ action: 'socket_error', reason: error.message })
    })
    socket.on('message', (data, isBinary) => {
      this.#alive.add(socket)
      if (isBinary) receiver?.receive(data as Buffer)
      else channel.close('malformed', 'Messages are binary.')
    })
    socket.once('close', () => {
      closed = true
      receiver?.closed()
      leave()
    })
    socket.pause()
    const admit: Admit = (context) => {
      if (closed || !this.#enter(context, kind, 'websocket')) return false
      leave = () => this.#leave(context, kind, 'websocket')
      return true
    }
    open(channel, admit)
      .then((opened) => {
        receiver = opened
        if (closed) receiver?.closed()
        else socket.resume()
      })
      .catch((error: unknown) => {
        log.error({ action: 'socket_open_failed', err: error })
        channel.close('overloaded', 'The connection cannot be served now.')
        socket.resume()
      })
  }

  #openByQuantum(kind: ConnectionKind, channel: Channel, clientIp: string): Served {
    let leave = () => {}
    let left = false
    const admit: Admit = (context) => {
      if (left || this.#stopping || !this.#enter(context, kind, 'quantum')) return false
      leave = () => this.#leave(context, kind, 'quantum')
      return true
    }
    const greet = (first: Uint8Array) =>
      this.#documents.openBy(first, channel, ({ context }) => admit(context))
    return {
      receiver:
        kind === 'topics'
          ? this.#topics.open(channel, { clientIp, traceparent: undefined }, admit)
          : greeted(channel, { greet, log: this.#init.log }),
      left: () => {
        left = true
        leave()
      },
    }
  }

  #refused(log: Logger, transport: TransportName, reason: CloseReason, text: string): void {
    log.info({ action: 'socket_closed', transport, reason, text })
    this.#init.onClosed?.(reason, transport)
  }

  #enter({ tenantId, accountId }: TenantContext, kind: ConnectionKind, transport: TransportName): boolean {
    const { connectionsPerAccount, connectionsPerTenant } = this.#limits
    const [ofTenant, ofAccount] = [
      this.#counts.get(tenantId) ?? 0,
      this.#counts.get(`${tenantId}/${accountId}`) ?? 0,
    ]
    if (ofTenant >= connectionsPerTenant || ofAccount >= connectionsPerAccount) return false
    this.#counts.set(tenantId, ofTenant + 1)
    this.#counts.set(`${tenantId}/${accountId}`, ofAccount + 1)
    this.#init.onConnections?.(kind, transport, 1)
    return true
  }

  #leave({ tenantId, accountId }: TenantContext, kind: ConnectionKind, transport: TransportName): void {
    this.#init.onConnections?.(kind, transport, -1)
    for (const key of [tenantId, `${tenantId}/${accountId}`]) {
      const left = (this.#counts.get(key) ?? 1) - 1
      if (left === 0) this.#counts.delete(key)
      else this.#counts.set(key, left)
    }
  }

  /** Whoever has said nothing since the last time is gone. An answer waits behind what was sent before it, so that counts, too. */
  #ping(): void {
    for (const socket of this.#server.clients) {
      // We do not read: its answers, if any, are not for us to see.
      if (socket.isPaused) continue
      if (!this.#alive.has(socket)) {
        socket.terminate()
        continue
      }
      this.#alive.delete(socket)
      socket.ping()
    }
  }
}

const reasonOf = (code: string): CloseReason =>
  code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH' ? 'tooLarge' : 'malformed'

/** Whether one more connection of this caller is allowed. */
type Admit = (context: TenantContext) => boolean

/** What a path of the HTTP server opens. */
interface Route {
  readonly kind: ConnectionKind
  readonly open: (channel: Channel, admit: Admit) => Promise<Receiver | undefined>
}
