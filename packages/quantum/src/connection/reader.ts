import { type Protection, revealHeader } from '../crypto/protection.ts'
import { QuantumError } from '../errors.ts'
import type { RecoveredPacket, RepairSymbol } from '../fec/types.ts'
import { APPLICATION_SPACE, INITIAL_SPACE } from '../recovery/types.ts'
import { RangeSet } from '../streams/range-set.ts'
import { PacketType, RESET_TOKEN_LENGTH, TAG_LENGTH } from '../wire/constants.ts'
import { type PublicHeader, readPublicHeader } from '../wire/header.ts'
import { expandPacketNumber } from '../wire/packet-number.ts'
import { readFrames } from '../wire/read-frames.ts'
import { Reader as ByteReader } from '../wire/varint.ts'
import type { Core } from './core.ts'
import type { FrameHandler, ReceiveLevel } from './frame-handler.ts'
import { type Address, Path, sameAddress } from './path.ts'

/** What the reader leaves to the handshake. */
export interface PacketEffects {
  onRetry(header: PublicHeader, datagram: Uint8Array): void
  onVersionNegotiation(header: PublicHeader): void
  /** The first packet under 1-RTT keys was opened. */
  onFirstProtected(now: number): void
  onReset(): void
}

/** Opens the packets of a datagram and has their frames acted on. What is not authentic is dropped without a trace. */
export class PacketReader {
  readonly #core: Core
  readonly #frames: FrameHandler
  readonly #effects: PacketEffects
  readonly #bytes = new ByteReader()
  /** Packets whose frames were acted on through FEC: when they arrive after all, they are acknowledged, no more. */
  readonly #rebuilt = new RangeSet()
  #peerUsesFec = false
  #opened = false
  /** Source id of the packet being read. */
  source: Uint8Array = new Uint8Array(0)

  constructor(core: Core, frames: FrameHandler, effects: PacketEffects) {
    this.#core = core
    this.#frames = frames
    this.#effects = effects
  }

  /** `datagram` becomes the engine's: it is decrypted in place and parts of it are kept. */
  receive(datagram: Uint8Array, from: Address, now: number): void {
    const core = this.#core
    const path = this.#pathOf(from)
    if (!path) return
    path.received += datagram.length
    core.challengedPath = path
    core.totals.bytesReceived += datagram.length
    for (let at = 0; at < datagram.length && !core.ended; ) {
      const header = readPublicHeader(datagram, at)
      if (!header) break
      this.#packet(datagram, header, now, path)
      at = header.end
    }
  }

  /** Servers follow a client to a new address; clients stay with the server they chose. */
  #pathOf(from: Address): Path | undefined {
    const { path, formerPath, server, options } = this.#core
    if (sameAddress(from, path.address)) return path
    if (formerPath && sameAddress(from, formerPath.address)) return formerPath
    return server ? new Path(from, false, options.random) : undefined
  }

  #packet(datagram: Uint8Array, header: PublicHeader, now: number, path: Path): void {
    const core = this.#core
    switch (header.type) {
      case PacketType.oneRtt:
        this.#oneRtt(datagram, header, now, path)
        break
      case PacketType.initial: {
        const keys = core.server ? core.initial?.client : core.initial?.server
        if (keys) this.#long(datagram, header, now, 'initial', keys)
        break
      }
      case PacketType.zeroRtt:
        if (core.server && core.early) this.#long(datagram, header, now, 'early', core.early)
        break
      case PacketType.retry:
        if (!core.server) this.#effects.onRetry(header, datagram)
        break
      default:
        if (!core.server) this.#effects.onVersionNegotiation(header)
    }
  }

  #long(
    datagram: Uint8Array,
    header: PublicHeader,
    now: number,
    level: ReceiveLevel,
    keys: Protection,
  ): void {
    const { start, numberAt, end } = header
    const space = level === 'initial' ? INITIAL_SPACE : APPLICATION_SPACE
    const { received } = this.#core.acks[space]
    const length = revealHeader(keys.header, datagram, start, numberAt)
    const number = expandPacketNumber(truncated(datagram, numberAt, length), length, received.largest)
    if (received.has(number)) return
    if (!keys.packet.open(number, datagram, start, numberAt + length, end)) {
      this.#core.totals.dropped++
      return
    }
    this.source = header.source
    this.#act(level, space, number, datagram, numberAt + length, end - TAG_LENGTH, now)
  }

  #oneRtt(datagram: Uint8Array, header: PublicHeader, now: number, path: Path): void {
    const core = this.#core
    const { keys } = core
    if (!keys) return
    const { start, numberAt, end } = header
    const { received } = core.acks[APPLICATION_SPACE]
    const length = revealHeader(keys.receive.header, datagram, start, numberAt)
    const { largest } = received
    const number = expandPacketNumber(truncated(datagram, numberAt, length), length, largest)
    if (received.has(number)) return
    const phase = (datagram[start]! >> 2) & 1
    const opened = keys.open(
      { phase, number, largest },
      datagram,
      { start, from: numberAt + length, to: end },
      { now, keepMs: core.lingerMs, nextSent: core.numbers[APPLICATION_SPACE].next },
    )
    if (!opened) {
      this.#onForgery(datagram.subarray(end - RESET_TOKEN_LENGTH, end), keys.worn)
      return
    }
    if (!this.#opened) {
      this.#opened = true
      this.#effects.onFirstProtected(now)
    }
    this.#act('application', APPLICATION_SPACE, number, datagram, numberAt + length, end - TAG_LENGTH, now)
    if (path === core.path || core.ended) return
    if (number > largest && this.#frames.moves) this.#follow(path, now)
    else if (path.responses.length > 0 && path !== core.formerPath) core.detour = path
  }

  #onForgery(token: Uint8Array, worn: boolean): void {
    this.#core.totals.dropped++
    if (this.#core.remoteIds.isReset(token)) this.#effects.onReset()
    else if (worn) throw new QuantumError('quantum.aead_limit', 'Too many forged packets came.')
  }

  #act(
    level: ReceiveLevel,
    space: 0 | 1,
    number: number,
    datagram: Uint8Array,
    from: number,
    to: number,
    now: number,
  ): void {
    const core = this.#core
    const frames = this.#frames
    frames.level = level
    frames.now = now
    frames.moves = false
    core.streams.early = level === 'early'
    core.lastHeard = now
    core.totals.packetsReceived++
    // Whoever rebuilt it must not act on its frames twice; decoders must see it before frames are read.
    const rebuilt = !this.#rebuilt.empty && this.#rebuilt.covers(number, number + 1)
    const payload = datagram.subarray(from, to)
    if (to === from) throw new QuantumError('quantum.protocol_violation', 'A packet holds no frames.')
    const eliciting = rebuilt || readFrames(this.#bytes.reset(datagram, from, to), frames)
    core.acks[space].onReceived(number, eliciting, now)
    if (this.#peerUsesFec && space === APPLICATION_SPACE && core.decoder && !core.ended)
      this.#rebuild(core.decoder.add(number, payload), now)
    if (core.options.trace) core.trace(now, 'packet_received', { level, number, size: to - from })
  }

  onRepair(repair: RepairSymbol): void {
    this.#peerUsesFec = true
    const { decoder } = this.#core
    if (decoder) this.#pending.push(...decoder.repair({ ...repair, data: repair.data.slice() }))
  }

  /** Packets that a repair frame completed: read when the packet that held it has been. */
  readonly #pending: RecoveredPacket[] = []

  flushRebuilt(now: number): void {
    if (this.#pending.length > 0) this.#rebuild(this.#pending.splice(0), now)
  }

  #rebuild(packets: readonly RecoveredPacket[], now: number): void {
    const core = this.#core
    for (const { number, payload } of packets) {
      if (core.ended || core.acks[APPLICATION_SPACE].received.has(number)) continue
      if (this.#rebuilt.add(number, number + 1) === 0) continue
      if (this.#rebuilt.size > 256) this.#rebuilt.edges.splice(0, 2)
      core.totals.rebuilt++
      core.recovered.push(number)
      this.#frames.level = 'application'
      this.#frames.now = now
      readFrames(new ByteReader(payload.slice()), this.#frames)
    }
  }

  /** The client has moved (or its NAT has): answers go to the new address at once, but little until it is proved. */
  #follow(path: Path, now: number): void {
    const core = this.#core
    const onlyPort = path.address.address === core.path.address.address
    if (core.path.validated) core.formerPath = core.path
    core.path = path
    path.startChallenge()
    for (const retired of core.remoteIds.change()) core.retireRemote(retired)
    if (!onlyPort) core.forgetPath(now)
    core.trace(now, 'path_changed', { address: path.address.address, port: path.address.port })
  }
}

function truncated(datagram: Uint8Array, at: number, length: number): number {
  let value = 0
  for (let i = 0; i < length; i++) value = value * 256 + datagram[at + i]!
  return value
}
