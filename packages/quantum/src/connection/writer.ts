import { type Protection, protectPacket } from '../crypto/protection.ts'
import { APPLICATION_SPACE, INITIAL_SPACE } from '../recovery/types.ts'
import { FrameType, MIN_INITIAL_SIZE, PacketType, TAG_LENGTH } from '../wire/constants.ts'
import { fillLength, writeLongHeader, writeShortHeader } from '../wire/header.ts'
import { packetNumberLength, writePacketNumber } from '../wire/packet-number.ts'
import { writePath } from '../wire/write-frames.ts'
import type { Core } from './core.ts'
import { FrameWriter } from './frame-writer.ts'
import type { Address, Path } from './path.ts'
import type { Sent } from './sent.ts'

type Level = 'initial' | 'early' | 'application'

/** A packet begun: where its parts stand. */
interface Begun {
  level: Level
  space: 0 | 1
  start: number
  numberAt: number
  numberLength: number
  payload: number
}

/** Smallest budget that is worth a packet. */
const WORTHWHILE = 64

/** Builds datagrams: which packets, with which frames, under which keys. One packet goes straight into the given buffer. */
export class Writer {
  readonly #core: Core
  readonly #frames: FrameWriter
  /** One packet is finished before the next begins: what stands here is its. */
  readonly #begun: Begun = {
    level: 'initial',
    space: INITIAL_SPACE,
    start: 0,
    numberAt: 0,
    numberLength: 0,
    payload: 0,
  }
  destination: Address

  constructor(core: Core) {
    this.#core = core
    this.#frames = new FrameWriter(core)
    this.destination = core.path.address
  }

  /** Writes the next datagram into `out` (at least 1500 bytes); its length, 0 when nothing is to be sent now. */
  datagram(now: number, out: Uint8Array): number {
    const core = this.#core
    const aside = this.#answerAside(now, out)
    if (aside > 0) return aside
    const { path } = core
    this.destination = path.address
    const limit = Math.min(core.mtu.current, path.budget, out.length)
    if (limit < WORTHWHILE) {
      core.stalled = true
      return 0
    }
    const probe = this.#mtuProbe(now, out)
    if (probe > 0) return this.#leave(path, now, probe)
    let end = core.initial ? this.#packet('initial', now, out, 0, limit) : 0
    if (limit - end >= WORTHWHILE) {
      if (core.keys) end = this.#packet('application', now, out, end, limit)
      else if (core.early && !core.server) end = this.#packet('early', now, out, end, limit)
    }
    if (end === 0 && core.recovery.sendAllowance(now) > 0) {
      core.stalled = core.hasWork
      if (!core.stalled) core.recovery.setAppLimited(now)
    } else core.stalled = false
    return this.#leave(path, now, end)
  }

  #leave(path: Path, now: number, length: number): number {
    if (length === 0) return 0
    path.sent += length
    this.#core.totals.bytesSent += length
    this.#core.lastSent = now
    return length
  }

  /** A challenge came on a path that is not in use: the answer goes there. */
  #answerAside(now: number, out: Uint8Array): number {
    const core = this.#core
    const path = core.formerPath?.responses.length ? core.formerPath : core.detour
    const data = path?.responses.shift()
    if (path === core.detour && path?.responses.length === 0) core.detour = undefined
    if (!path || !data || !core.keys || path.budget < WORTHWHILE) return 0
    this.destination = path.address
    const packet = this.#begin('application', out, 0)
    const at = writePath(out, packet.payload, FrameType.pathResponse, data)
    return this.#leave(
      path,
      now,
      this.#finish(packet, now, out, at, { eliciting: true, sent: undefined, protect: false }),
    )
  }

  #packet(level: Level, now: number, out: Uint8Array, start: number, limit: number): number {
    const core = this.#core
    const packet = this.#begin(level, out, start)
    const room = limit - TAG_LENGTH
    const frames = this.#frames
    const at =
      level === 'initial'
        ? frames.initial(now, out, packet.payload, room)
        : frames.application(now, out, packet.payload, room, level === 'early')
    if (at === packet.payload) return start
    // Early data and hello travel together; whoever closes the datagram fills it up.
    const fills =
      level === 'initial' && !core.server && frames.eliciting && !(core.early && this.#earlyWork(now))
    const fillsEarly = level === 'early' && start > 0
    const least =
      fills || fillsEarly ? MIN_INITIAL_SIZE - TAG_LENGTH : packet.payload + 4 - packet.numberLength
    const end = pad(out, at, Math.min(Math.max(at, least), room))
    return this.#finish(packet, now, out, end, frames)
  }

  #earlyWork(now: number): boolean {
    const { streams, datagrams, recovery } = this.#core
    if (recovery.sendAllowance(now) === 0) return false
    return streams.scheduler.next(streams.flow.credit, true) !== undefined || datagrams.hasWork(true)
  }

  #begin(level: Level, out: Uint8Array, start: number): Begun {
    const core = this.#core
    const space = level === 'initial' ? INITIAL_SPACE : APPLICATION_SPACE
    const numbers = core.numbers[space]
    const numberLength = packetNumberLength(numbers.next + 1, numbers.largestAcked)
    const destination = core.remoteIds.current
    const numberAt =
      level === 'application'
        ? writeShortHeader(out, start, core.keys?.phase ?? 0, numberLength, destination)
        : writeLongHeader(
            out,
            start,
            level === 'initial' ? PacketType.initial : PacketType.zeroRtt,
            numberLength,
            { destination, source: core.localId, token: core.addressToken },
          )
    const begun = this.#begun
    begun.level = level
    begun.space = space
    begun.start = start
    begun.numberAt = numberAt
    begun.numberLength = numberLength
    begun.payload = numberAt + numberLength
    return begun
  }

  #finish(
    packet: Begun,
    now: number,
    out: Uint8Array,
    end: number,
    content: { eliciting: boolean; sent: Sent | undefined; protect: boolean; mtuProbe?: boolean },
  ): number {
    const core = this.#core
    const { level, space, start, numberAt, numberLength } = packet
    const number = core.numbers[space].take()
    if (level === 'application') {
      core.keys?.onSealing(number, now, core.lingerMs)
      out[start] = (out[start]! & ~0x04) | ((core.keys?.phase ?? 0) << 2)
      if (content.protect && core.encoder?.active)
        core.repairs.push(...core.encoder.add(now, number, out.subarray(packet.payload, end)))
    } else fillLength(out, numberAt, end + TAG_LENGTH - numberAt)
    writePacketNumber(out, numberAt, number, numberLength)
    const behind = protectPacket(this.#protection(level), out, start, numberAt, numberLength, number, end)
    const { eliciting, sent, mtuProbe = false } = content
    const size = behind - start
    core.recovery.onPacketSent(
      space,
      { number, size, ackEliciting: eliciting, inFlight: eliciting, mtuProbe, content: sent },
      now,
    )
    if (core.options.trace) core.trace(now, 'packet_sent', { level, number, size, eliciting })
    return behind
  }

  #protection(level: Level): Protection {
    const { initial, early, keys, server } = this.#core
    const keysOf =
      level === 'application'
        ? keys?.send
        : level === 'early'
          ? early
          : server
            ? initial?.server
            : initial?.client
    if (!keysOf) throw new Error(`There are no ${level} keys.`)
    return keysOf
  }

  #mtuProbe(now: number, out: Uint8Array): number {
    const core = this.#core
    if (!core.keys || !core.confirmed || core.probes > 0) return 0
    const size = core.mtu.probeSize(now)
    if (size === 0 || size > out.length || size > core.path.budget || core.recovery.sendAllowance(now) < size)
      return 0
    core.mtu.onProbeSent(now, size)
    const packet = this.#begin('application', out, 0)
    out[packet.payload] = FrameType.ping
    const end = pad(out, packet.payload + 1, size - TAG_LENGTH)
    const sent: Sent = { kind: 'probe', size, next: undefined }
    return this.#finish(packet, now, out, end, { eliciting: true, sent, protect: false, mtuProbe: true })
  }
}

function pad(out: Uint8Array, from: number, to: number): number {
  if (to > from) out.fill(FrameType.padding, from, to)
  return Math.max(from, to)
}
