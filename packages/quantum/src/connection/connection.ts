import { QuantumError } from '../errors.ts'
import type { ClientHandshakeResult, Resumption } from '../handshake/client.ts'
import type { ClientProof } from '../handshake/messages.ts'
import type { ServerHandshakeResult } from '../handshake/server.ts'
import { INITIAL_SPACE } from '../recovery/types.ts'
import type { Stream, StreamOptions } from '../streams/stream.ts'
import { CONNECTION_ID_LENGTH, FrameType } from '../wire/constants.ts'
import { ClientDriver, suitesFor } from './client-driver.ts'
import { type CloseNotice, errorOf, noticeOf } from './closing.ts'
import { ClosingWriter } from './closing-writer.ts'
import { numbersFrame, streamFrame } from './control-frames.ts'
import { type ConnectionHost, type ConnectionState, Core } from './core.ts'
import { DATAGRAM_OVERHEAD } from './datagrams.ts'
import { FrameHandler } from './frame-handler.ts'
import type { ClientOptions, ServerOptions } from './options.ts'
import type { Address } from './path.ts'
import { PacketReader } from './reader.ts'
import { ServerDriver } from './server-driver.ts'
import { type ConnectionStatistics, statisticsOf } from './statistics.ts'
import { Timers } from './timers.ts'
import { Writer } from './writer.ts'

/** It travels in tickets, which have to fit a packet. */
const MAX_PRINCIPAL = 512
/** Streams and datagrams of a client that is not welcome yet; more datagrams are lost, as on any network. */
const MAX_HELD = 1024

/** What happens to a connection, beyond its streams. */
export interface ConnectionEvents extends ConnectionHost {
  /** Client: the server has proved itself. Server: a client with a good ticket sends early data. */
  onReady(ready: {
    protocol: string
    server: Uint8Array | undefined
    resumed: boolean
    early: boolean
    principal: Uint8Array | undefined
  }): void
  /** Server: the client has said who it is; answer with `accept` or `fail`. */
  onClientProof(proof: ClientProof): void
  /** Both sides know that the handshake is done. */
  onConfirmed(): void
  /** Client: what to keep for the next connection. */
  onResumption(resumption: Resumption): void
  onAddressToken(token: Uint8Array): void
  /** It is over; `undefined`: closed by this side without a failure. Streams are closed already. */
  onClosed(error: QuantumError | undefined): void
}

export interface ClientInit {
  options: ClientOptions
  events: ConnectionEvents
  address: Address
  now: number
}

export interface ServerInit {
  options: ServerOptions
  events: ConnectionEvents
  address: Address
  now: number
  /** From the client's packet: its source id, the id it called, and the first one it ever called. */
  clientId: Uint8Array
  calledId: Uint8Array
  originalId: Uint8Array
  /** A token proved the address. */
  addressProved: boolean
  /** Issued to the client for its next connection. */
  addressToken: Uint8Array | undefined
}

/**
 * One connection, without sockets, timers, clock or chance of its own. The host gives datagrams to `receive`, calls
 * `transmit` until it answers 0 (after every other call, and at `deadline`), and `onDeadline` when that is reached. Times are
 * fractional milliseconds of one clock that never goes back.
 *
 * Invariants: 1. no byte leaves but by `transmit`. 2. After `onClosed` no callback comes. 3. A stream's bytes reach the
 * peer's application once and as asked for, or the stream or connection ends with an error. 4. Nothing that was not authentic changes
 * any state, but for counters.
 */
export class Connection {
  readonly #core: Core
  readonly #events: ConnectionEvents
  readonly #frames: FrameHandler
  readonly #reader: PacketReader
  readonly #writer: Writer
  readonly #timers: Timers
  readonly #closing: ClosingWriter
  readonly #client: ClientDriver | undefined
  readonly #server: ServerDriver | undefined
  readonly #addressToken: Uint8Array | undefined
  #accepted = false
  #heardMessage = false
  /** Server: what came before the client was welcome and is no early data; given out when it is (SPEC HSK-6). */
  readonly #held: (() => void)[] = []
  #now: number

  private constructor(init: ClientInit | ServerInit) {
    const { options, events, address, now } = init
    const serving = 'clientId' in init
    const fresh = () => options.random.fill(new Uint8Array(CONNECTION_ID_LENGTH))
    const initialId = serving ? init.calledId : fresh()
    this.#events = events
    this.#now = now
    this.#core = new Core({
      server: serving,
      options,
      host: events,
      streamsHost: this.#streamsHost(events),
      address,
      localId: fresh(),
      remoteId: serving ? init.clientId.slice() : initialId,
      initialId,
      addressProved: serving ? init.addressProved : true,
      now,
      pathMemory: serving ? undefined : (options as ClientOptions).pathMemory,
    })
    this.#addressToken = serving ? init.addressToken : undefined
    if (serving) {
      const ids = { original: init.originalId.slice(), client: init.clientId.slice() }
      this.#server = new ServerDriver(this.#core, init.options, ids)
    } else {
      const client = { ...init.options, suites: suitesFor(init.options) }
      this.#client = new ClientDriver(this.#core, client, initialId)
    }
    this.#frames = new FrameHandler(this.#core, this.#frameEffects())
    this.#reader = new PacketReader(this.#core, this.#frames, this.#packetEffects())
    this.#writer = new Writer(this.#core)
    this.#closing = new ClosingWriter(this.#core)
    this.#timers = new Timers(this.#core, this.#frames)
  }

  static client(init: ClientInit): Connection {
    return new Connection(init)
  }

  static server(init: ServerInit): Connection {
    return new Connection(init)
  }

  get state(): ConnectionState {
    return this.#core.state
  }

  get address(): Address {
    return this.#core.path.address
  }

  /** Where the datagram that `transmit` wrote goes. */
  get destination(): Address {
    return this.#writer.destination
  }

  /** The id that clients call before they know ours: the endpoint routes by it until the handshake is done. */
  get initialId(): Uint8Array | undefined {
    return this.#client?.initialId
  }

  /** Whether data may be sent before the server answers. */
  get hasEarlyKeys(): boolean {
    return this.#core.early !== undefined
  }

  /** A datagram came. The engine owns its bytes from now on. */
  receive(datagram: Uint8Array, from: Address, now: number): void {
    this.#now = now
    if (this.#core.state === 'closing') this.#closing.onPacket()
    if (this.#core.ended) return
    try {
      this.#reader.receive(datagram, from, now)
      this.#reader.flushRebuilt(now)
    } catch (error) {
      this.#onFailure(error, now)
    }
  }

  /** Writes the next datagram into `out` (1500 bytes or more); returns its length, 0 when nothing is to be sent now. */
  transmit(now: number, out: Uint8Array): number {
    this.#now = now
    if (this.#core.state === 'closing') {
      // Since now, not since `close`: who ends a connection that was idle cannot say what time it is.
      this.#timers.linger(now)
      return this.#closing.datagram(now, out)
    }
    if (this.#core.ended) return 0
    try {
      return this.#writer.datagram(now, out)
    } catch (error) {
      this.#onFailure(error, now)
      return 0
    }
  }

  /** When `onDeadline` wants to be called; Infinity: never. */
  deadline(now: number): number {
    return this.#timers.deadline(now)
  }

  onDeadline(now: number): void {
    this.#now = now
    try {
      const over = this.#timers.onDeadline(now)
      if (over === 'closed') this.#core.state = 'closed'
      else if (over) this.#end(over, undefined, now)
    } catch (error) {
      this.#onFailure(error, now)
    }
  }

  #onFailure(error: unknown, now: number): void {
    if (!(error instanceof QuantumError)) throw error
    this.#end(error, noticeOf(error), now)
  }

  /** Ends with a reason of the application's. What was not acknowledged may be lost: end streams and wait first. */
  close(code = 0, reason = ''): void {
    const notice = { application: true, code, reason: new TextEncoder().encode(reason).subarray(0, 512) }
    this.#end(undefined, notice, this.#now)
  }

  /** Ends because of a failure of ours: the server does not want this client, for instance. */
  fail(error: QuantumError): void {
    this.#end(error, noticeOf(error), this.#now)
  }

  #end(error: QuantumError | undefined, notice: CloseNotice | undefined, now: number): void {
    const core = this.#core
    if (core.ended) return
    core.failure = error ?? new QuantumError('quantum.closed', 'The connection is closed.')
    core.state = notice ? 'closing' : 'draining'
    core.trace(now, 'closed', { error: error?.code, state: core.state })
    if (notice) this.#closing.begin(notice)
    else this.#timers.linger(now)
    core.streams.close()
    core.control.clear()
    core.datagrams.clear()
    this.#held.length = 0
    this.#events.onClosed(error)
    this.#events.wake()
  }

  /** Forget everything at once, ids included. */
  dispose(): void {
    this.#core.localIds.close()
    this.#core.state = 'closed'
  }

  /** Server: the client that proved itself is welcome. `principal` comes back when it resumes. */
  accept(principal: Uint8Array = new Uint8Array(0)): void {
    if (principal.length > MAX_PRINCIPAL)
      throw new RangeError(`A principal takes at most ${MAX_PRINCIPAL} bytes.`)
    if (this.#core.ended || this.#accepted) return
    this.#accepted = true
    this.#server?.welcome(principal, this.#addressToken, this.#now)
    this.#events.onConfirmed()
    for (const give of this.#held.splice(0)) give()
    this.#events.wake()
  }

  /** Whether what came is the application's at once, or waits until the client is welcome. */
  #isForNow(early: boolean): boolean {
    return this.#accepted || early || !this.#core.server
  }

  #onStream(stream: Stream): void {
    if (this.#isForNow(stream.early)) this.#events.onStream(stream)
    else
      this.#held.push(() => {
        this.#events.onStream(stream)
        stream.onReadable?.()
      })
  }

  #onDatagram(data: Uint8Array, early: boolean): void {
    if (this.#isForNow(early)) this.#events.onDatagram(data, early)
    else if (this.#held.length < MAX_HELD) this.#held.push(() => this.#events.onDatagram(data, early))
  }

  /** `undefined` while the peer allows no more streams. Throws when the connection is over. */
  openStream(options: StreamOptions = {}): Stream | undefined {
    if (this.#core.ended) throw this.failure
    return this.#core.streams.open(options)
  }

  get failure(): QuantumError {
    return this.#core.failure ?? new QuantumError('quantum.closed', 'The connection is closed.')
  }

  /** Sends bytes that may be lost, at most `maxDatagram` of them. `idempotent`: may go before the server answers. */
  sendDatagram(data: Uint8Array, idempotent = false): void {
    if (this.#core.ended) throw this.failure
    if (data.length > this.maxDatagram)
      throw new QuantumError('quantum.too_large', `A datagram takes at most ${this.maxDatagram} bytes here.`)
    this.#core.datagrams.add(data, idempotent)
    this.#events.wake()
  }

  get maxDatagram(): number {
    return Math.min(this.#core.peer?.maxDatagram ?? 1100, this.#core.mtu.current - DATAGRAM_OVERHEAD - 8)
  }

  /** Longest message the peer takes. */
  get maxMessage(): number {
    return this.#core.peer?.maxMessage ?? 0
  }

  /** The local address has changed on purpose, or the network did: prove the new path with an id nobody has seen. */
  migrate(now: number): void {
    const core = this.#core
    if (core.server || !core.confirmed || core.ended) return
    for (const retired of core.remoteIds.change()) core.retireRemote(retired)
    core.forgetPath(now)
    core.path.startChallenge()
    this.#events.wake()
  }

  statistics(): ConnectionStatistics {
    return statisticsOf(this.#core)
  }

  /** What was learnt of the path, for the next connection. */
  pathMemory() {
    return this.#core.recovery.pathMemory()
  }

  #streamsHost(events: ConnectionEvents) {
    return {
      onStream: (stream: Stream) => this.#onStream(stream),
      onStreamsAvailable: () => events.onStreamsAvailable(),
      onStreamControl: (kind: 'reset' | 'stop' | 'maxStreamData', stream: Stream, value: number) => {
        const { streams, control } = this.#core
        control.add(streamFrame(kind, stream, value, () => streams.onResetAcked(stream)))
        events.wake()
      },
      onConnectionControl: (kind: 'maxData' | 'maxStreamsBidi' | 'maxStreamsUni', value: number) => {
        const needed = () => kind !== 'maxData' || this.#core.streams.flow.limit === value
        this.#core.control.add(numbersFrame(FrameType[kind], [value], needed))
        events.wake()
      },
      wake: () => events.wake(),
    }
  }

  #frameEffects() {
    return {
      onHandshakeMessage: (space: 0 | 1, type: number, message: Uint8Array, body: Uint8Array) =>
        this.#onHandshakeMessage(space, type, message, body),
      onHandshakeDone: () => this.#onHandshakeDone(),
      onTicket: (ticket: Uint8Array) => {
        const resumption = this.#client?.resumptionFor(ticket)
        if (resumption) this.#events.onResumption(resumption)
      },
      onAddressToken: (token: Uint8Array) => this.#events.onAddressToken(token.slice()),
      onPeerClose: (application: boolean, code: number, reason: Uint8Array) => {
        this.#end(errorOf(application, code, reason), undefined, this.#now)
      },
      onDatagram: (data: Uint8Array, early: boolean) => this.#onDatagram(data, early),
      onRepair: (repair: Parameters<PacketReader['onRepair']>[0]) => this.#reader.onRepair(repair),
    }
  }

  #packetEffects() {
    return {
      onRetry: (...args: Parameters<ClientDriver['onRetry']>) => this.#client?.onRetry(...args),
      onVersionNegotiation: () => {
        if (this.#core.state === 'handshake' && !this.#core.keys)
          this.#end(
            new QuantumError('quantum.version', 'The server speaks no version of this protocol that we do.'),
            undefined,
            this.#now,
          )
      },
      // Only who has read our hello has these keys, and our hello went to that address.
      onFirstProtected: () => {
        if (!this.#core.server) return
        this.#core.path.validated = true
        this.#core.dropInitial()
        this.#core.recovery.confirmHandshake()
      },
      onReset: () =>
        this.#end(
          new QuantumError('quantum.reset', 'The peer does not know this connection any more.'),
          undefined,
          this.#now,
        ),
    }
  }

  #onHandshakeMessage(space: 0 | 1, type: number, message: Uint8Array, body: Uint8Array): void {
    this.#heardMessage = true
    if (this.#client) {
      const result = this.#client.onMessage(type, message, body, this.#reader.source.slice(), this.#now)
      this.#onServerProof(result)
    } else if (space === INITIAL_SPACE) {
      const agreed = this.#server?.onHello(message, body, this.#now)
      if (agreed?.earlySecret) this.#onEarlyClient(agreed)
    } else {
      const proof = this.#server?.onFinish(type, message, body)
      if (proof) this.#events.onClientProof(proof)
    }
    this.#events.wake()
  }

  #onServerProof({ proof, resumed, earlyAccepted }: ClientHandshakeResult): void {
    this.#core.state = 'open'
    this.#core.issueIds()
    const { protocol, identity: server } = proof
    this.#events.onReady({ protocol, server, resumed, early: earlyAccepted, principal: undefined })
  }

  #onEarlyClient({ protocol, resumed }: ServerHandshakeResult): void {
    this.#events.onReady({
      protocol,
      server: undefined,
      resumed: true,
      early: true,
      principal: resumed?.principal,
    })
  }

  /** A handshake message has come whole, whatever it said. */
  get heardMessage(): boolean {
    return this.#heardMessage
  }

  /** What was agreed in the server's hello, for the host that accepts the client later. */
  get agreed(): { protocol: string; resumed: boolean } | undefined {
    const agreed = this.#server?.agreed
    return agreed && { protocol: agreed.protocol, resumed: agreed.resumed !== undefined }
  }

  #onHandshakeDone(): void {
    if (this.#core.server)
      throw new QuantumError('quantum.protocol_violation', 'Only servers tell that the handshake is done.')
    if (this.#core.confirmed) return
    this.#core.onConfirmed()
    this.#events.onConfirmed()
  }
}
