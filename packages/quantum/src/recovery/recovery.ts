import type { CongestionController, ControllerOptions } from '../congestion/controller.ts'
import { DeliveryRate } from './delivery-rate.ts'
import { LossTracker } from './loss-estimate.ts'
import { Pacer } from './pacer.ts'
import { ReorderingTolerance } from './reordering.ts'
import { RttEstimator } from './rtt.ts'
import { LOST, OUTSTANDING, recordOf, SentPackets, type SentRecord } from './sent-packets.ts'
import {
  APPLICATION_SPACE,
  type OutgoingPacket,
  type PacketFateHandler,
  type PacketNumberSpace,
  type Recovery,
  type RecoveryOptions,
  type RecoveryStatistics,
} from './types.ts'

const DEFAULT_INITIAL_RTT_MS = 333
const DEFAULT_MAX_ACK_DELAY_MS = 25
const PACER_BURST_MS = 1.5
/** 2^6: a dead path is probed every minute or so, not ever more rarely. */
const MAX_BACKOFF = 6
/** Probe timeouts without an answer that make congestion persistent (RFC 9002 §7.6.1). */
const PERSISTENT_TIMEOUTS = 3

/** See {@link Recovery}. */
export function createRecovery<Content>(options: RecoveryOptions): Recovery<Content> {
  return new PathRecovery<Content>(options)
}

class PathRecovery<Content> implements Recovery<Content> {
  readonly #options: RecoveryOptions
  readonly #spaces: [SentPackets<Content>, SentPackets<Content>] = [new SentPackets(), new SentPackets()]
  readonly #tolerance = new ReorderingTolerance()
  readonly #loss = new LossTracker()
  readonly #random: () => number
  #rtt: RttEstimator
  #rate = new DeliveryRate()
  #pacer: Pacer
  #controller: CongestionController
  #datagramSize: number
  #latencySensitive = false
  #maxAckDelayMs: number
  #bytesInFlight = 0
  /** Packets sent before belong to an earlier path and count no more. */
  #pathSince = Number.NEGATIVE_INFINITY
  /** When the packets left that the acknowledgement being read acknowledges, ascending. */
  readonly #ackedSentAt: number[] = []
  #probeTimeouts = 0
  #handshakeConfirmed = false
  /** Losses of the running episode (one round trip), to notice when all of them were spurious. */
  #episodeSince = Number.NEGATIVE_INFINITY
  #episodeLost = 0
  #episodeSpurious = 0
  readonly #counts = { sent: 0, acked: 0, lost: 0, recovered: 0, spurious: 0, timeouts: 0, persistent: 0 }

  constructor(options: RecoveryOptions) {
    this.#options = options
    this.#datagramSize = options.datagramSize
    this.#maxAckDelayMs = options.maxAckDelayMs ?? DEFAULT_MAX_ACK_DELAY_MS
    this.#random = seeded(options.seed ?? 1)
    this.#rtt = new RttEstimator(options.initialRttMs ?? DEFAULT_INITIAL_RTT_MS)
    this.#pacer = new Pacer(options.datagramSize, PACER_BURST_MS)
    this.#controller = options.controller(this.#controllerOptions(0, true))
  }

  #controllerOptions(now: number, remember: boolean): ControllerOptions {
    const pathMemory = remember ? this.#options.pathMemory : undefined
    return { datagramSize: this.#datagramSize, now, pathMemory, random: this.#random }
  }

  onPacketSent(space: PacketNumberSpace, packet: OutgoingPacket<Content>, now: number): void {
    const record = recordOf(packet, now)
    this.#counts.sent++
    if (packet.inFlight) {
      if (this.#bytesInFlight === 0) this.#controller.onRestart(now, this.#rate.appLimited)
      this.#rate.onSent(record, now, this.#bytesInFlight)
      this.#bytesInFlight += packet.size
      record.inFlightAtSend = this.#bytesInFlight
      this.#controller.onPacketSent(now, record, this.#bytesInFlight)
      this.#pacer.onSent(packet.size)
    }
    this.#spaces[space].append(record)
  }

  onAck(
    space: PacketNumberSpace,
    ranges: ArrayLike<number>,
    count: number,
    ackDelayMs: number,
    now: number,
    handler: PacketFateHandler<Content>,
  ): void {
    const table = this.#spaces[space]
    const priorInFlight = this.#bytesInFlight
    const priorDelivered = this.#rate.delivered
    const largest = ranges[1] ?? -1
    let newest: SentRecord<Content> | undefined
    let ackEliciting = false
    this.#ackedSentAt.length = 0
    let record = table.first
    for (let pair = count - 1; pair >= 0 && record; pair--) {
      const from = ranges[2 * pair]!
      const to = ranges[2 * pair + 1]!
      while (record && record.number < from) record = record.next
      while (record && record.number <= to) {
        const next: SentRecord<Content> | undefined = record.next
        const wasOutstanding = record.state === OUTSTANDING
        this.#onArrived(table, record, now, handler)
        if (wasOutstanding) {
          newest = record
          this.#ackedSentAt.push(record.sentAt)
          ackEliciting ||= record.packet.ackEliciting
        }
        record = next
      }
    }
    if (!newest) return
    const rttMs =
      newest.number === largest && ackEliciting ? this.#sampleRtt(space, newest, ackDelayMs, now) : 0
    const priorAckedSentAt = table.largestAckedSentAt
    if (newest.number > table.largestAcked) {
      table.largestAcked = newest.number
      table.largestAckedSentAt = newest.sentAt
    }
    this.#probeTimeouts = 0
    const lost = this.#detectLost(table, now, handler)
    if (this.#isPersistent(lost, priorAckedSentAt)) this.#onPersistent(now)
    this.#tellController(now, rttMs, priorInFlight, this.#rate.delivered - priorDelivered, lost)
    table.forgetLost(now - 3 * this.#rtt.probeTimeout(this.#maxAckDelayMs))
  }

  onRecovered(number: number, now: number, handler: PacketFateHandler<Content>): void {
    const table = this.#spaces[APPLICATION_SPACE]
    const record = table.find(number)
    if (!record) return
    this.#counts.recovered++
    const priorInFlight = this.#bytesInFlight
    const open = record.state === OUTSTANDING
    if (open) this.#countLost(table, record, now)
    table.settle(record)
    handler.acked(record.packet)
    if (open && this.#onPath(record)) this.#tellController(now, 0, priorInFlight, 0, [record])
  }

  onDeadline(now: number, handler: PacketFateHandler<Content>): number {
    const priorInFlight = this.#bytesInFlight
    const [initial, application] = this.#spaces
    if (initial.lossTime <= now || application.lossTime <= now) {
      const lost = initial.lossTime <= now ? this.#detectLost(initial, now, handler) : []
      if (application.lossTime <= now) lost.push(...this.#detectLost(application, now, handler))
      if (lost.length > 0) this.#tellController(now, 0, priorInFlight, 0, lost)
      return 0
    }
    if (this.#probeTime() > now) return 0
    this.#probeTimeouts++
    this.#counts.timeouts++
    if (this.#probeTimeouts === PERSISTENT_TIMEOUTS) this.#onPersistent(now)
    return this.#spaces[0].ackElicitingOutstanding + this.#spaces[1].ackElicitingOutstanding > 1 ? 2 : 1
  }

  deadline(): number {
    const lossTime = Math.min(this.#spaces[0].lossTime, this.#spaces[1].lossTime)
    return lossTime < Number.POSITIVE_INFINITY ? lossTime : this.#probeTime()
  }

  sendAllowance(now: number): number {
    const room = this.#controller.windowBytes() - this.#bytesInFlight
    // A last datagram may stand over the window a little; slivers of it would be worse.
    if (room <= 0) return 0
    const paced = this.#pacer.allowance(now, this.#controller.pacingRate())
    return Math.min(paced, Math.max(room, this.#datagramSize))
  }

  nextSendTime(now: number): number {
    if (this.#bytesInFlight >= this.#controller.windowBytes()) return Number.POSITIVE_INFINITY
    return this.#pacer.nextTime(now, this.#controller.pacingRate())
  }

  setAppLimited(_now: number): void {
    this.#pacer.onIdle()
    if (this.#bytesInFlight < this.#controller.windowBytes()) this.#rate.setAppLimited(this.#bytesInFlight)
  }

  setLatencySensitive(sensitive: boolean): void {
    if (sensitive === this.#latencySensitive) return
    this.#latencySensitive = sensitive
    this.#pacer.setLatencySensitive(sensitive)
    this.#controller.setLatencySensitive(sensitive)
  }

  setMaxAckDelay(milliseconds: number): void {
    this.#maxAckDelayMs = milliseconds
  }

  setDatagramSize(bytes: number): void {
    this.#datagramSize = bytes
    this.#pacer.setDatagramSize(bytes)
    this.#controller.setDatagramSize(bytes)
  }

  confirmHandshake(): void {
    this.#handshakeConfirmed = true
  }

  discard(space: PacketNumberSpace): void {
    const table = this.#spaces[space]
    for (let record = table.first; record; record = record.next) {
      if (record.state === OUTSTANDING && this.#onPath(record)) this.#bytesInFlight -= record.size
    }
    this.#spaces[space] = new SentPackets()
    this.#probeTimeouts = 0
  }

  migrate(now: number): void {
    this.#pathSince = now
    this.#bytesInFlight = 0
    this.#probeTimeouts = 0
    this.#rtt = new RttEstimator(this.#options.initialRttMs ?? DEFAULT_INITIAL_RTT_MS)
    this.#rate = new DeliveryRate()
    this.#pacer = new Pacer(this.#datagramSize, PACER_BURST_MS)
    this.#controller = this.#options.controller(this.#controllerOptions(now, false))
    this.#pacer.setLatencySensitive(this.#latencySensitive)
    this.#controller.setLatencySensitive(this.#latencySensitive)
  }

  statistics(): RecoveryStatistics {
    const { sent, acked, lost, recovered, spurious, timeouts, persistent } = this.#counts
    return {
      ...this.#controller.snapshot(),
      smoothedRttMs: this.#rtt.smoothed,
      minRttMs: this.#rtt.samples > 0 ? this.#rtt.min : 0,
      rttVariationMs: this.#rtt.variation,
      bytesInFlight: this.#bytesInFlight,
      packetsSent: sent,
      packetsAcked: acked,
      packetsLost: lost,
      packetsRecovered: recovered,
      packetsSpurious: spurious,
      probeTimeouts: timeouts,
      persistentCongestions: persistent,
    }
  }

  pathMemory() {
    return this.#controller.pathMemory()
  }

  lossEstimate() {
    return this.#loss.estimate()
  }

  /** Whether the packet counts for the present path's window and rate. */
  #onPath(record: SentRecord<Content>): boolean {
    return record.packet.inFlight && record.sentAt >= this.#pathSince
  }

  #onArrived(
    table: SentPackets<Content>,
    record: SentRecord<Content>,
    now: number,
    handler: PacketFateHandler<Content>,
  ): void {
    const late = record.state === LOST
    table.settle(record)
    if (late) {
      this.#onSpurious(table, record, now)
      handler.spurious(record.packet)
      return
    }
    this.#counts.acked++
    if (this.#onPath(record)) {
      this.#bytesInFlight -= record.size
      this.#rate.onAcked(record, now)
    }
    if (record.packet.ackEliciting) this.#loss.onAcked()
    handler.acked(record.packet)
  }

  #onSpurious(table: SentPackets<Content>, record: SentRecord<Content>, now: number): void {
    this.#counts.spurious++
    this.#counts.lost--
    this.#loss.onSpurious()
    this.#tolerance.onSpurious(table.largestAcked - record.number)
    if (!this.#onPath(record) || record.packet.mtuProbe) return
    this.#rate.lost -= record.size
    if (record.sentAt < this.#episodeSince) return
    this.#episodeSpurious++
    if (this.#episodeSpurious === this.#episodeLost) this.#controller.onSpuriousLoss(now)
  }

  #sampleRtt(space: PacketNumberSpace, newest: SentRecord<Content>, ackDelayMs: number, now: number): number {
    if (newest.sentAt < this.#pathSince) return 0
    const bounded = space === APPLICATION_SPACE ? Math.min(ackDelayMs, this.#maxAckDelayMs) : 0
    this.#rtt.update(now - newest.sentAt, bounded)
    return this.#rtt.latest
  }

  /** Takes packets for lost by number and by time; returns those that count for the path. */
  #detectLost(
    table: SentPackets<Content>,
    now: number,
    handler: PacketFateHandler<Content>,
  ): SentRecord<Content>[] {
    const lost: SentRecord<Content>[] = []
    const lossDelay = this.#tolerance.lossDelay(this.#rtt.smoothed, this.#rtt.latest)
    table.lossTime = Number.POSITIVE_INFINITY
    let record = table.first
    while (record && record.number < table.largestAcked) {
      const next: SentRecord<Content> | undefined = record.next
      if (record.state === OUTSTANDING) {
        const overtaken = table.largestAcked - record.number >= this.#tolerance.packets
        if (overtaken || record.sentAt + lossDelay <= now) {
          this.#countLost(table, record, now)
          if (this.#onPath(record) && !record.packet.mtuProbe) lost.push(record)
          handler.lost(record.packet)
        } else table.lossTime = Math.min(table.lossTime, record.sentAt + lossDelay)
      }
      record = next
    }
    return lost
  }

  #countLost(table: SentPackets<Content>, record: SentRecord<Content>, now: number): void {
    table.markLost(record, now)
    if (!record.packet.inFlight) return
    if (this.#onPath(record)) this.#bytesInFlight -= record.size
    if (record.packet.mtuProbe || !this.#onPath(record)) return
    this.#counts.lost++
    this.#rate.onLost(record.size)
    this.#loss.onLost(record.number)
    if (record.sentAt >= this.#episodeSince + this.#rtt.smoothed) {
      if (this.#episodeSpurious === 0 && this.#episodeLost > 0) this.#tolerance.onCalmEpisode()
      this.#episodeSince = record.sentAt
      this.#episodeLost = 0
      this.#episodeSpurious = 0
    }
    this.#episodeLost++
  }

  #tellController(
    now: number,
    rttMs: number,
    priorInFlight: number,
    ackedBytes: number,
    lost: readonly SentRecord<Content>[],
  ): void {
    const minRtt = this.#rtt.samples > 0 ? this.#rtt.min : 0
    this.#controller.onEvent({
      now,
      ackedBytes,
      lost,
      sample: this.#rate.take(minRtt, rttMs),
      totalDelivered: this.#rate.delivered,
      totalLost: this.#rate.lost,
      bytesInFlight: this.#bytesInFlight,
      priorInFlight,
      latestRttMs: this.#rtt.latest,
      smoothedRttMs: this.#rtt.smoothed,
      minRttMs: minRtt,
    })
  }

  /** All packets of a long stretch lost, none acknowledged between (RFC 9002 §7.6). */
  #isPersistent(lost: readonly SentRecord<Content>[], ackedSentAt: number): boolean {
    if (lost.length < 2 || this.#rtt.samples === 0) return false
    const longest = PERSISTENT_TIMEOUTS * this.#rtt.probeTimeout(this.#maxAckDelayMs)
    let first = Number.POSITIVE_INFINITY
    let acked = 0
    for (const { sentAt, packet } of lost) {
      if (sentAt <= ackedSentAt || !packet.ackEliciting) continue
      // One that arrived between begins the stretch anew.
      for (; this.#ackedSentAt[acked]! < sentAt; acked++) first = Number.POSITIVE_INFINITY
      first = Math.min(first, sentAt)
      if (sentAt - first > longest) return true
    }
    return false
  }

  #onPersistent(now: number): void {
    this.#counts.persistent++
    this.#controller.onPersistentCongestion(now)
  }

  #probeTime(): number {
    let earliest = Number.POSITIVE_INFINITY
    for (let space = 0; space < 2; space++) {
      const table = this.#spaces[space]!
      if (table.ackElicitingOutstanding === 0) continue
      if (space === APPLICATION_SPACE && !this.#handshakeConfirmed) continue
      const timeout = this.#rtt.probeTimeout(space === APPLICATION_SPACE ? this.#maxAckDelayMs : 0)
      const backedOff = timeout * 2 ** Math.min(this.#probeTimeouts, MAX_BACKOFF)
      earliest = Math.min(earliest, table.lastAckElicitingSentAt + backedOff)
    }
    return earliest
  }
}

/** Uniform in [0, 1) from a seed: only spreads probes, so a linear congruential generator will do. */
function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}
