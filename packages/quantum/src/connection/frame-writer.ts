import { APPLICATION_SPACE, INITIAL_SPACE } from '../recovery/types.ts'
import type { Repetition } from '../streams/repeater.ts'
import type { Chunk } from '../streams/send-part.ts'
import type { Stream } from '../streams/stream.ts'
import { FrameType, StreamFlag } from '../wire/constants.ts'
import {
  fecRepairLength,
  streamHeaderLength,
  writeAck,
  writeCryptoHeader,
  writeFecRepair,
  writePath,
  writeRecovered,
  writeStreamHeader,
  writeWithBytes,
} from '../wire/write-frames.ts'
import { ACK_SCRATCH } from './acks.ts'
import { type Core, THIN_MS } from './core.ts'
import { DATAGRAM_OVERHEAD } from './datagrams.ts'
import type { Sent } from './sent.ts'

/** A stream frame shorter than this is not begun at the end of a packet, unless it is all there is. */
const SMALLEST_PIECE = 24
/** Kept free in packets that FEC protects, so that the repair symbol fits a packet too. */
const REPAIR_MARGIN = 72
/** Header, tag and an acknowledgement: a symbol that leaves less room fits no packet. */
const OVERHEAD = 64

/** Puts the frames of one packet into a buffer. The result is in the fields until the next call. */
export class FrameWriter {
  readonly #core: Core
  readonly #chunk: Chunk = { offset: 0, length: 0, fin: false, message: false, fresh: false }
  #out: Uint8Array = new Uint8Array(0)
  #at = 0
  #limit = 0
  #margin = 0
  sent: Sent | undefined
  eliciting = false
  /** Holds data that must not wait: worth protecting by FEC (SPEC FEC-4). */
  protect = false

  constructor(core: Core) {
    this.#core = core
  }

  #start(out: Uint8Array, at: number, limit: number): void {
    this.#out = out
    this.#at = at
    this.#limit = limit
    this.sent = undefined
    this.eliciting = false
    this.protect = false
  }

  /** Frames of an Initial packet; the position behind them. */
  initial(now: number, out: Uint8Array, at: number, limit: number): number {
    const core = this.#core
    this.#start(out, at, limit)
    const crypto = core.cryptoStreams[INITIAL_SPACE]
    const probe = core.probes > 0 && core.keys === undefined
    if (probe && !crypto.hasWork) crypto.resend()
    const acks = core.acks[INITIAL_SPACE]
    if (acks.pending && (crypto.hasWork || acks.isDue(now))) this.#ack(INITIAL_SPACE, now)
    this.#crypto(INITIAL_SPACE)
    if (probe && this.eliciting) core.probes--
    return this.#at
  }

  /** Frames of a 1-RTT or 0-RTT packet; the position behind them. */
  application(now: number, out: Uint8Array, at: number, limit: number, early: boolean): number {
    const core = this.#core
    this.#margin = core.encoder?.active && now - core.thinAt < THIN_MS ? REPAIR_MARGIN : 0
    this.#start(out, at, limit - this.#margin)
    const probing = core.probes > 0 && core.keys !== undefined
    const mayElicit = probing || core.recovery.sendAllowance(now) > 0
    const acks = core.acks[APPLICATION_SPACE]
    // A large datagram may not fit beside an acknowledgement that can wait.
    const riding = mayElicit && !core.datagrams.hasWork(early)
    const ackFirst = !early && acks.pending && (riding || acks.isDue(now))
    if (ackFirst) this.#ack(APPLICATION_SPACE, now)
    const afterAck = this.#at
    if (mayElicit) this.#eliciting(now, early, probing)
    // An acknowledgement alone waits until it is due.
    if (ackFirst && this.#at === afterAck && !acks.isDue(now)) return at
    if (ackFirst) acks.onSent()
    if (probing && this.eliciting) core.probes--
    return this.#at
  }

  #eliciting(now: number, early: boolean, probing: boolean): void {
    const core = this.#core
    if (!early) {
      this.#crypto(APPLICATION_SPACE)
      this.#path(now)
      this.#recovered()
    }
    if (!early) this.#controls()
    this.#datagrams(early)
    // Nobody waits for a copy as for what is new.
    this.#streamData(now, early, true)
    if (!early) this.#copies(now)
    this.#streamData(now, early, false)
    if (!early) this.#repairs()
    if (!this.eliciting && (core.pingDue || probing)) this.#ping(probing)
  }

  #ping(probing: boolean): void {
    if (probing && this.#probeData()) return
    this.#core.pingDue = false
    this.#out[this.#at++] = FrameType.ping
    this.eliciting = true
  }

  /** A probe repeats data that is outstanding rather than nothing; false when there is none. */
  #probeData(): boolean {
    const core = this.#core
    for (const stream of core.streams.all()) {
      const range = stream.sender?.oldestOutstanding()
      if (!range) continue
      const space = this.#limit - this.#at - streamHeaderLength(stream.id, range.offset)
      const length = Math.min(range.length, space)
      const fin = range.fin && length === range.length
      this.#repeat({ stream, offset: range.offset, length, fin, message: range.message })
      return true
    }
    return false
  }

  #ack(space: 0 | 1, now: number): void {
    const acks = this.#core.acks[space]
    const count = acks.received.fill(ACK_SCRATCH)
    const at = writeAck(this.#out, this.#at, this.#limit, ACK_SCRATCH, count, acks.delay(now))
    if (at === this.#at) return
    this.#at = at
    this.#note({ kind: 'ack', space, largest: ACK_SCRATCH[1]!, next: undefined })
    if (space === INITIAL_SPACE) acks.onSent()
  }

  #note(sent: Sent): void {
    sent.next = this.sent
    this.sent = sent
  }

  #crypto(space: 0 | 1): void {
    const stream = this.#core.cryptoStreams[space]
    const chunk = this.#chunk
    while (stream.hasWork && this.#limit - this.#at > 32) {
      if (!stream.next(chunk, this.#limit - this.#at - 11)) return
      const at = writeCryptoHeader(this.#out, this.#at, chunk.offset, chunk.length)
      stream.copy(chunk, this.#out, at)
      this.#at = at + chunk.length
      this.eliciting = true
      this.#note({ kind: 'crypto', space, offset: chunk.offset, length: chunk.length, next: undefined })
    }
  }

  #path(now: number): void {
    const { path, probeMs } = this.#core
    if (path.responses.length === 0 && !path.challengeDue) return
    if (this.#limit - this.#at < 18) return
    const response = path.responses.shift()
    if (response) this.#at = writePath(this.#out, this.#at, FrameType.pathResponse, response)
    const challenge = path.takeChallenge(now, probeMs)
    if (challenge) this.#at = writePath(this.#out, this.#at, FrameType.pathChallenge, challenge)
    this.eliciting = true
  }

  /** Told once: if it is lost the peer sends again what we have already, which does no harm. */
  #recovered(): void {
    const core = this.#core
    if (core.recovered.length === 0) return
    const numbers = core.recovered.sort((a, b) => b - a)
    const ranges = numbers.flatMap((number) => [number, number])
    const at = writeRecovered(this.#out, this.#at, this.#limit, joinRanges(ranges), joined)
    if (at === this.#at) return
    this.#at = at
    core.recovered = []
  }

  #controls(): void {
    const { control } = this.#core
    if (control.empty) return
    for (;;) {
      const frame = control.take(this.#limit - this.#at)
      if (!frame) return
      this.#at = frame.write(this.#out, this.#at)
      this.eliciting = true
      this.#note({ kind: 'control', frame, next: undefined })
    }
  }

  #datagrams(early: boolean): void {
    const { datagrams, mtu } = this.#core
    while (datagrams.hasWork(early)) {
      const data = datagrams.take(this.#limit - this.#at, mtu.current - DATAGRAM_OVERHEAD, early)
      if (!data) return
      this.#at = writeWithBytes(this.#out, this.#at, FrameType.datagramLength, data)
      this.eliciting = true
    }
  }

  /** Copies whose time has come. */
  #copies(now: number): void {
    const { repeater } = this.#core.streams
    for (;;) {
      if (this.#limit - this.#at < 700) return
      const due = repeater.takeDue(now)
      if (!due) return
      this.#repeat(due)
      repeater.onRepeated(now, due)
    }
  }

  #repeat(range: Repetition): void {
    const { stream, offset, length, fin } = range
    const flags = (fin ? StreamFlag.fin : 0) | (range.message ? StreamFlag.message : 0)
    const at = writeStreamHeader(this.#out, this.#at, stream.id, offset, length, flags)
    stream.sender?.copy(range, this.#out, at)
    this.#at = at + length
    this.eliciting = true
    this.#core.totals.repetitions += length
    this.#note({ kind: 'repetition', stream, offset, length, fin, next: undefined })
  }

  /** `urgent`: until a stream's turn comes that is not latency-sensitive. */
  #streamData(now: number, early: boolean, urgent: boolean): void {
    const { streams } = this.#core
    const { scheduler, flow } = streams
    for (;;) {
      const stream = scheduler.next(flow.credit, early)
      if (!stream || (urgent && !stream.latencySensitive)) return
      const room = this.#limit - this.#at - streamHeaderLength(stream.id, stream.sender?.end ?? 0)
      if (room < SMALLEST_PIECE) {
        scheduler.rotate(stream)
        return
      }
      if (!this.#streamFrame(now, stream, room)) return
    }
  }

  #streamFrame(now: number, stream: Stream, room: number): boolean {
    const { streams } = this.#core
    const { sender } = stream
    const chunk = this.#chunk
    if (!sender?.next(chunk, room, streams.flow.credit)) return false
    const { offset, length, fin, message, fresh } = chunk
    const flags = (fin ? StreamFlag.fin : 0) | (message ? StreamFlag.message : 0)
    const at = writeStreamHeader(this.#out, this.#at, stream.id, offset, length, flags)
    sender.copy(chunk, this.#out, at)
    this.#at = at + length
    sender.onSent(chunk)
    if (fresh) streams.flow.sent += length
    if (sender.starved(streams.flow.credit)) streams.onStarved(stream)
    this.eliciting = true
    if (stream.latencySensitive) this.protect = true
    this.#note({ kind: 'stream', stream, offset, length, fin, next: undefined })
    if (stream.latencySensitive) this.#onThinFrame(now, stream, chunk)
    return true
  }

  /** A latency-sensitive frame takes its recent predecessors along, and plans its own repetition. */
  #onThinFrame(now: number, stream: Stream, chunk: Chunk): void {
    const { repeater } = this.#core.streams
    this.#core.thinAt = now
    for (const range of repeater.onFrame(now, stream, chunk)) {
      if (this.#limit - this.#at < range.length + streamHeaderLength(stream.id, range.offset)) return
      this.#repeat(range)
      repeater.onRepeated(now, range)
    }
  }

  #repairs(): void {
    const { repairs, totals, mtu } = this.#core
    const limit = this.#limit + this.#margin
    while (repairs.length > 0 && fecRepairLength(repairs[0]!) > mtu.current - OVERHEAD) repairs.shift()
    while (repairs.length > 0 && fecRepairLength(repairs[0]!) <= limit - this.#at) {
      this.#at = writeFecRepair(this.#out, this.#at, repairs.shift()!)
      this.eliciting = true
      totals.repairs++
    }
  }
}

let joined = 0

/** Joins neighbours of descending single numbers into ranges. */
function joinRanges(pairs: number[]): number[] {
  const ranges: number[] = []
  for (let i = 0; i < pairs.length; i += 2) {
    const low = ranges.length - 2
    if (low >= 0 && ranges[low]! - 1 === pairs[i]) ranges[low] = pairs[i]!
    else if (low < 0 || ranges[low]! > pairs[i]!) ranges.push(pairs[i]!, pairs[i]!)
  }
  joined = ranges.length / 2
  return ranges
}
