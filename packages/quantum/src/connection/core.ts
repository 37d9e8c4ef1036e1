import type { PathMemory } from '../congestion/controller.ts'
import { type InitialKeys, initialKeys, type Protection } from '../crypto/protection.ts'
import type { QuantumError } from '../errors.ts'
import type { FecDecoder, FecEncoder, RepairSymbol, ThinFlowPolicy } from '../fec/types.ts'
import type { PathMtu } from '../mtu/types.ts'
import { createRecovery } from '../recovery/recovery.ts'
import { INITIAL_SPACE, type Recovery } from '../recovery/types.ts'
import type { Stream } from '../streams/stream.ts'
import { Streams, type StreamsHost } from '../streams/streams.ts'
import { FrameType } from '../wire/constants.ts'
import type { TransportParameters } from '../wire/parameters.ts'
import { AckState } from './acks.ts'
import { newIdFrame, numbersFrame } from './control-frames.ts'
import { CryptoStream } from './crypto-stream.ts'
import { Datagrams } from './datagrams.ts'
import { type IdRegistry, LocalIds, RemoteIds } from './ids.ts'
import type { KeyRing } from './keys.ts'
import { PacketNumbers } from './numbers.ts'
import type { CommonOptions } from './options.ts'
import { type Address, Path } from './path.ts'
import { ControlQueue, type Sent } from './sent.ts'

/**
 * `handshake` until both sides have proved themselves; `open`; `closing` after our CLOSE, `draining` after the peer's;
 * `closed` when nothing is left to do.
 */
export type ConnectionState = 'handshake' | 'open' | 'closing' | 'draining' | 'closed'

/** So long after its last message a thin stream still counts as sharing the path. */
export const THIN_MS = 2000

/** What a connection tells its host. Called while packets are handled; must not throw. */
export interface ConnectionHost extends IdRegistry {
  onStream(stream: Stream): void
  onStreamsAvailable(): void
  onDatagram(data: Uint8Array, early: boolean): void
  /** Something may be sent now. */
  wake(): void
}

export interface CoreInit {
  server: boolean
  options: CommonOptions
  host: ConnectionHost
  streamsHost: StreamsHost
  address: Address
  /** Our first id, the peer's, and the client's very first destination id. */
  localId: Uint8Array
  remoteId: Uint8Array
  initialId: Uint8Array
  addressProved: boolean
  now: number
  pathMemory?: PathMemory | undefined
}

/** The parts of a connection; reading, writing, the handshake and timers each work on them. */
export class Core {
  readonly server: boolean
  readonly options: CommonOptions
  readonly host: ConnectionHost
  readonly thinFlow: ThinFlowPolicy
  readonly streams: Streams
  readonly recovery: Recovery<Sent | undefined>
  readonly numbers: readonly [PacketNumbers, PacketNumbers]
  readonly acks: readonly [AckState, AckState]
  readonly cryptoStreams = [new CryptoStream(), new CryptoStream()] as const
  readonly control = new ControlQueue()
  readonly datagrams = new Datagrams()
  readonly localIds: LocalIds
  readonly localId: Uint8Array
  readonly remoteIds: RemoteIds
  readonly mtu: PathMtu
  encoder: FecEncoder | undefined
  readonly decoder: FecDecoder | undefined
  /** Repair symbols waiting for a packet of their own. */
  readonly repairs: RepairSymbol[] = []
  /** Numbers of packets rebuilt by FEC that the peer has not been told of. */
  recovered: number[] = []
  state: ConnectionState = 'handshake'
  /** Why it ended. */
  failure: QuantumError | undefined
  initial: InitialKeys | undefined
  early: Protection | undefined
  keys: KeyRing | undefined
  path: Path
  /** The path that the packet being read came by. */
  challengedPath: Path | undefined
  /** A path that was probed and is not in use: answers are owed there. */
  detour: Path | undefined
  /** The path before a change of address that is not proved yet. */
  formerPath: Path | undefined
  addressToken: Uint8Array = new Uint8Array(0)
  peer: TransportParameters | undefined
  /** Both sides know that the handshake is done. */
  confirmed = false
  /** Packets owed to a probe timeout. */
  probes = 0
  pingDue = false
  /** There was something to send, leave to send it, and yet no packet: look again later, not at once. */
  stalled = false
  startedAt: number
  lastHeard: number
  lastSent: number
  readonly totals = {
    bytesSent: 0,
    bytesReceived: 0,
    packetsReceived: 0,
    dropped: 0,
    repetitions: 0,
    repairs: 0,
    rebuilt: 0,
  }

  constructor(init: CoreInit) {
    const { options, now } = init
    const { algorithms, parameters, random } = options
    this.thinFlow = algorithms.thinFlow()
    this.server = init.server
    this.options = options
    this.host = init.host
    this.streams = new Streams(init.server, parameters, this.thinFlow, init.streamsHost)
    this.mtu = algorithms.mtu(options.maxDatagramSize)
    const seed = new DataView(random.fill(new Uint8Array(4)).buffer).getUint32(0)
    this.recovery = createRecovery({
      controller: algorithms.controller,
      datagramSize: this.mtu.current,
      initialRttMs: options.initialRtt,
      seed,
      ...(init.pathMemory ? { pathMemory: init.pathMemory } : {}),
    })
    this.numbers = [new PacketNumbers(random), new PacketNumbers(random)]
    this.acks = [new AckState(0), new AckState(parameters.maxAckDelay)]
    this.localId = init.localId
    this.localIds = new LocalIds(init.localId, random, init.host)
    this.remoteIds = new RemoteIds(init.remoteId, parameters.connectionIdLimit)
    this.encoder = algorithms.fec?.encoder()
    this.decoder = parameters.fecWindow > 0 ? algorithms.fec?.decoder() : undefined
    this.initial = initialKeys(options.crypto, init.initialId)
    this.path = new Path(init.address, init.addressProved, random)
    this.probeMs = 3 * options.initialRtt
    this.startedAt = now
    this.lastHeard = now
    this.lastSent = now
  }

  get ended(): boolean {
    return this.state === 'closing' || this.state === 'draining' || this.state === 'closed'
  }

  /** Three probe timeouts: how long old keys and closed connections linger. */
  get lingerMs(): number {
    return 3 * this.probeMs
  }

  /** One probe timeout as of the last look at the RTT. */
  probeMs: number
  /** When a latency-sensitive stream last sent. */
  thinAt = Number.NEGATIVE_INFINITY
  #rttAt = Number.NEGATIVE_INFINITY

  /** Looks at the RTT, every few milliseconds at most. */
  refreshRtt(now: number): void {
    if (now - this.#rttAt < 5) return
    this.#rttAt = now
    this.recovery.setLatencySensitive(now - this.thinAt < THIN_MS)
    const { smoothedRttMs, rttVariationMs } = this.recovery.statistics()
    const rtt = smoothedRttMs > 0 ? smoothedRttMs : this.options.initialRtt
    this.probeMs = rtt + Math.max(4 * rttVariationMs, 1) + (this.peer?.maxAckDelay ?? 25)
  }

  trace(now: number, event: string, data: Readonly<Record<string, unknown>>): void {
    this.options.trace?.(now, event, data)
  }

  /** Initial packets are over: their keys, numbers and messages are forgotten. */
  dropInitial(): void {
    if (!this.initial) return
    this.initial = undefined
    this.recovery.discard(INITIAL_SPACE)
  }

  onPathProved(): void {
    this.formerPath = undefined
    this.host.wake()
  }

  /** A different network: what was measured of the old one says nothing of it. */
  forgetPath(now: number): void {
    this.recovery.migrate(now)
    this.mtu.reset(now)
    this.recovery.setDatagramSize(this.mtu.current)
  }

  /** Tells the peer of as many ids as it takes. */
  issueIds(): void {
    const { localIds, peer } = this
    for (const entry of localIds.replenish(peer?.connectionIdLimit ?? 2))
      this.control.add(newIdFrame(entry, () => localIds.has(entry.sequence)))
  }

  retireRemote(sequence: number): void {
    this.control.add(numbersFrame(FrameType.retireConnectionId, [sequence]))
  }

  setPeer(parameters: TransportParameters): void {
    this.peer = parameters
    this.streams.setPeer(parameters)
    this.recovery.setMaxAckDelay(parameters.maxAckDelay)
    this.mtu.limit(parameters.maxUdpPayload)
    // Who keeps no packets rebuilds none: repair frames would be wasted on it.
    if (parameters.fecWindow === 0) this.encoder = undefined
  }

  /** Both sides know that the handshake is done. */
  onConfirmed(): void {
    this.confirmed = true
    this.state = 'open'
    this.recovery.confirmHandshake()
    if (this.server) this.issueIds()
  }

  /** Early data went out with an id that a Retry has replaced: all of it has to go again. */
  resendEverything(): void {
    for (const stream of this.streams.all()) {
      const { sender } = stream
      if (sender) this.streams.onLost(stream, 0, sender.sent, true)
    }
  }

  /** Whether anything waits that the congestion window or the pacer may be holding back. */
  get hasWork(): boolean {
    const { streams, control, datagrams, repairs, cryptoStreams, keys } = this
    if (cryptoStreams[0].hasWork || this.probes > 0) return true
    const early = keys === undefined
    if (early && this.early === undefined) return false
    return (
      streams.scheduler.next(streams.flow.credit, early) !== undefined ||
      datagrams.hasWork(early) ||
      (!early && (!control.empty || repairs.length > 0 || this.pingDue || cryptoStreams[1].hasWork))
    )
  }
}
