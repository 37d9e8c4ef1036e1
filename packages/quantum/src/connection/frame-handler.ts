import { QuantumError } from '../errors.ts'
import type { RepairSymbol } from '../fec/types.ts'
import type { OutgoingPacket, PacketFateHandler } from '../recovery/types.ts'
import { APPLICATION_SPACE, INITIAL_SPACE } from '../recovery/types.ts'
import type { FrameVisitor } from '../wire/frames.ts'
import type { Core } from './core.ts'
import type { ControlFrame, Sent } from './sent.ts'

export type ReceiveLevel = 'initial' | 'early' | 'application'

/** What frames mean beyond streams and recovery. */
export interface FrameEffects {
  onHandshakeMessage(space: 0 | 1, type: number, message: Uint8Array, body: Uint8Array): void
  onHandshakeDone(): void
  onTicket(ticket: Uint8Array): void
  onAddressToken(token: Uint8Array): void
  onPeerClose(application: boolean, code: number, reason: Uint8Array): void
  onDatagram(data: Uint8Array, early: boolean): void
  onRepair(repair: RepairSymbol): void
}

/** Acts on the frames of a packet, and on the fate of those we sent. */
export class FrameHandler implements FrameVisitor, PacketFateHandler<Sent | undefined> {
  readonly #core: Core
  readonly #effects: FrameEffects
  level: ReceiveLevel = 'initial'
  now = 0
  /** The packet is no mere probe of a path: it may move the connection (SPEC PTH-3). */
  moves = false

  constructor(core: Core, effects: FrameEffects) {
    this.#core = core
    this.#effects = effects
  }

  #only(...levels: readonly ReceiveLevel[]): void {
    if (!levels.includes(this.level))
      throw new QuantumError('quantum.protocol_violation', `A frame is not allowed in ${this.level} packets.`)
    this.moves = true
  }

  get #space(): 0 | 1 {
    return this.level === 'initial' ? INITIAL_SPACE : APPLICATION_SPACE
  }

  onPing(): void {
    this.moves = true
  }

  onAck(ranges: Float64Array, count: number, delay: number): void {
    if (this.level === 'early') this.#only('application')
    this.moves = true
    const core = this.#core
    const space = this.#space
    core.numbers[space].checkAcked(ranges, count)
    if (space === APPLICATION_SPACE) core.keys?.onAcked(ranges[1]!)
    const delayMs = space === INITIAL_SPACE ? 0 : delay / 1000
    core.recovery.onAck(space, ranges, count, delayMs, this.now, this)
    core.refreshRtt(this.now)
    this.#onLossEstimate()
  }

  #onLossEstimate(): void {
    const core = this.#core
    const estimate = core.recovery.lossEstimate()
    core.thinFlow.onLossEstimate(this.now, estimate)
    core.encoder?.onLossEstimate(this.now, estimate)
  }

  onRecovered(ranges: Float64Array, count: number): void {
    this.#only('application')
    const core = this.#core
    core.numbers[APPLICATION_SPACE].checkAcked(ranges, count)
    core.encoder?.onRecovered(count)
    for (let i = 0; i < count; i++) {
      const low = Math.max(ranges[i * 2]!, ranges[i * 2 + 1]! - 64)
      for (let number = low; number <= ranges[i * 2 + 1]!; number++)
        core.recovery.onRecovered(number, this.now, this)
    }
  }

  onResetStream(id: number, code: number, finalSize: number): void {
    this.#only('early', 'application')
    this.#core.streams.onResetFrame(id, code, finalSize)
  }

  onStopSending(id: number, code: number): void {
    this.#only('early', 'application')
    this.#core.streams.onStopFrame(id, code)
  }

  onCrypto(offset: number, data: Uint8Array): void {
    this.#only('initial', 'application')
    const space = this.#space
    // The client asks again: our answer was lost.
    if (space === INITIAL_SPACE && this.#core.server && this.#core.keys)
      this.#core.cryptoStreams[space].resend()
    this.#core.cryptoStreams[space].receive(offset, data, (type, message, body) =>
      this.#effects.onHandshakeMessage(space, type, message, body),
    )
  }

  onTicket(_lifetime: number, ticket: Uint8Array): void {
    this.#only('application')
    this.#effects.onTicket(ticket)
  }

  onAddressToken(token: Uint8Array): void {
    this.#only('application')
    this.#effects.onAddressToken(token)
  }

  onMaxData(limit: number): void {
    this.#only('early', 'application')
    this.#core.streams.onMaxData(limit)
  }

  onMaxStreamData(id: number, limit: number): void {
    this.#only('early', 'application')
    this.#core.streams.onMaxStreamData(id, limit)
  }

  onMaxStreams(bidirectional: boolean, limit: number): void {
    this.#only('early', 'application')
    this.#core.streams.onMaxStreams(bidirectional, limit)
  }

  // The three frames that follow only inform: limits grow as the application reads, not because the peer is short.
  onDataBlocked(): void {
    this.#only('early', 'application')
  }

  onStreamDataBlocked(): void {
    this.#only('early', 'application')
  }

  onStreamsBlocked(): void {
    this.#only('early', 'application')
  }

  onNewConnectionId(sequence: number, retirePriorTo: number, id: Uint8Array, resetToken: Uint8Array): void {
    const { moves } = this
    this.#only('application')
    this.moves = moves
    const { remoteIds } = this.#core
    for (const retired of remoteIds.onNew(sequence, retirePriorTo, id, resetToken))
      this.#core.retireRemote(retired)
  }

  onRetireConnectionId(sequence: number): void {
    this.#only('application')
    if (this.#core.localIds.retire(sequence)) this.#core.issueIds()
  }

  onPathChallenge(data: Uint8Array): void {
    const { moves } = this
    this.#only('application')
    this.moves = moves
    this.#core.challengedPath?.onChallenge(data)
  }

  onPathResponse(data: Uint8Array): void {
    const { moves } = this
    this.#only('application')
    this.moves = moves
    if (this.#core.path.onResponse(data)) this.#core.onPathProved()
  }

  onClose(application: boolean, code: number, reason: Uint8Array): void {
    this.#effects.onPeerClose(application, code, reason)
  }

  onHandshakeDone(): void {
    this.#only('application')
    this.#effects.onHandshakeDone()
  }

  onStream(id: number, offset: number, data: Uint8Array, flags: number): void {
    if (this.level === 'initial') this.#only('application')
    this.moves = true
    this.#core.streams.onData(id, offset, data, flags)
  }

  onDatagram(data: Uint8Array): void {
    this.#only('early', 'application')
    this.#effects.onDatagram(data.slice(), this.level === 'early')
  }

  onFecRepair(repair: RepairSymbol): void {
    this.#only('early', 'application')
    this.#effects.onRepair(repair)
  }

  acked(packet: OutgoingPacket<Sent | undefined>): void {
    const core = this.#core
    for (let sent = packet.content; sent; sent = sent.next) this.#onAcked(sent)
    if (!packet.mtuProbe) core.mtu.onPacketAcked(packet.size)
  }

  #onAcked(sent: Sent): void {
    const core = this.#core
    switch (sent.kind) {
      case 'stream':
      case 'repetition':
        core.streams.onAcked(sent.stream, sent.offset, sent.length, sent.fin)
        break
      case 'crypto':
        core.cryptoStreams[sent.space === INITIAL_SPACE ? 0 : 1].onAcked(sent.offset, sent.length)
        break
      case 'ack':
        core.acks[sent.space === INITIAL_SPACE ? 0 : 1].received.forget(sent.largest)
        break
      case 'control':
        sent.frame.acked?.()
        break
      case 'probe':
        core.mtu.onProbeAcked(this.now, sent.size)
        core.recovery.setDatagramSize(core.mtu.current)
        break
    }
  }

  lost(packet: OutgoingPacket<Sent | undefined>): void {
    const core = this.#core
    for (let sent = packet.content; sent; sent = sent.next) this.#onLost(sent)
    if (!packet.mtuProbe && packet.inFlight) {
      const before = core.mtu.current
      core.mtu.onPacketLost(this.now, packet.size)
      if (core.mtu.current !== before) core.recovery.setDatagramSize(core.mtu.current)
    }
    if (core.options.trace) core.trace(this.now, 'packet_lost', { number: packet.number, size: packet.size })
  }

  #onLost(sent: Sent): void {
    const core = this.#core
    switch (sent.kind) {
      case 'stream':
        core.streams.onLost(sent.stream, sent.offset, sent.length, sent.fin)
        break
      case 'crypto':
        core.cryptoStreams[sent.space === INITIAL_SPACE ? 0 : 1].onLost(sent.offset, sent.length)
        break
      case 'control':
        this.#sendAgain(sent.frame)
        break
      case 'probe':
        core.mtu.onProbeLost(this.now, sent.size)
        break
      default:
        break
    }
  }

  #sendAgain(frame: ControlFrame): void {
    if (frame.needed()) this.#core.control.add(frame)
  }

  spurious(packet: OutgoingPacket<Sent | undefined>): void {
    this.acked(packet)
  }
}
