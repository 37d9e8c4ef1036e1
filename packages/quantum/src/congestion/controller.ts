/** The table of functions every congestion controller fills. Times in milliseconds, rates in bytes per millisecond. */

/** What was known when a packet left; the controller reads it back when the packet's fate is known. */
export interface SentState {
  size: number
  sentAt: number
  /** Delivery state of the path at sending (draft-cheng-iccrg-delivery-rate-estimation §3). */
  delivered: number
  deliveredAt: number
  firstSentAt: number
  lostBytes: number
  /** Bytes in flight just after it left. */
  inFlightAtSend: number
  appLimited: boolean
  /** Controller's own mark of the phase it was sent in. */
  phase: number
}

/** One measurement of how fast the path delivers. */
export interface RateSample {
  /** Bytes per millisecond; 0 when the interval was too short to say. */
  deliveryRate: number
  appLimited: boolean
  /** `delivered` when the newest acknowledged packet was sent. */
  priorDelivered: number
  /** Bytes newly acknowledged and newly lost between the packet's sending and now. */
  delivered: number
  lost: number
  inFlightAtSend: number
  phase: number
  /** When the newest acknowledged packet left. */
  sentAt: number
  /** RTT of the newest packet; 0 when it gave none. */
  rttMs: number
}

/** Everything one acknowledgement (or loss timer) brought. */
export interface CongestionEvent {
  now: number
  ackedBytes: number
  /** Packets now taken for lost, in order of sending. */
  lost: readonly SentState[]
  sample: RateSample | undefined
  /** Connection totals. */
  totalDelivered: number
  totalLost: number
  bytesInFlight: number
  /** Bytes in flight before this event. */
  priorInFlight: number
  latestRttMs: number
  smoothedRttMs: number
  minRttMs: number
}

/** What an earlier connection learnt of a path, for a quick but careful start (draft-ietf-tsvwg-careful-resume). */
export interface PathMemory {
  /** Bytes per millisecond. */
  bandwidth: number
  minRttMs: number
}

export interface ControllerOptions {
  datagramSize: number
  now: number
  pathMemory?: PathMemory | undefined
  /** Uniform in [0, 1). */
  random: () => number
}

export interface CongestionSnapshot {
  controller: string
  /** Phase in words, for traces. */
  phase: string
  windowBytes: number
  /** Bytes per second. */
  pacingRate: number
  /** Bytes per second; 0 when the controller does not estimate it. */
  bandwidth: number
  /** Share of loss held to be no congestion, 0…1. */
  randomLoss: number
}

export interface CongestionController {
  readonly name: string
  onPacketSent(now: number, packet: SentState, bytesInFlight: number): void
  onEvent(event: CongestionEvent): void
  /** Losses of the latest episode turned out to be reordering: take the response back. */
  onSpuriousLoss(now: number): void
  onPersistentCongestion(now: number): void
  /** Sending begins again after idleness. */
  onRestart(now: number, appLimited: boolean): void
  setDatagramSize(bytes: number): void
  setLatencySensitive(sensitive: boolean): void
  windowBytes(): number
  /** Bytes per millisecond. */
  pacingRate(): number
  snapshot(): CongestionSnapshot
  pathMemory(): PathMemory | undefined
}

/** Makes the controller of one connection. */
export type ControllerFactory = (options: ControllerOptions) => CongestionController
