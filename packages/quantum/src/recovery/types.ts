/** What the connection and loss recovery say to each other. Times in fractional milliseconds, sizes in bytes of UDP payload. */
import type { CongestionSnapshot, ControllerFactory, PathMemory } from '../congestion/controller.ts'

/** Initial (hello messages) and Application (0-RTT and 1-RTT). RTT and congestion control are shared, loss tables are not. */
export const INITIAL_SPACE = 0
export const APPLICATION_SPACE = 1
export type PacketNumberSpace = typeof INITIAL_SPACE | typeof APPLICATION_SPACE

/** A packet as it leaves. Numbers increase within a space; they need not be contiguous. */
export interface OutgoingPacket<Content> {
  number: number
  /** Bytes of UDP payload. */
  size: number
  ackEliciting: boolean
  /** Counts against the congestion window; pure acknowledgements do not. */
  inFlight: boolean
  /** A path MTU probe: its loss says nothing about congestion. */
  mtuProbe?: boolean
  /** The connection's own record of the frames inside; given back, never read. */
  content: Content
}

/** Told the fate of packets, once each, except that `spurious` may follow `lost`. */
export interface PacketFateHandler<Content> {
  /** The peer has it (or rebuilt it by FEC): its frames need no repetition. */
  acked(packet: OutgoingPacket<Content>): void
  /** Taken for lost: its frames are to be sent again. */
  lost(packet: OutgoingPacket<Content>): void
  /** Was taken for lost and has arrived after all: drop repetitions not yet sent. */
  spurious(packet: OutgoingPacket<Content>): void
}

export interface RecoveryOptions {
  controller: ControllerFactory
  /** Bytes of one full datagram; the connection tells later changes with `setDatagramSize`. */
  datagramSize: number
  /** The peer's longest acknowledgement delay. */
  maxAckDelayMs?: number
  /** RTT assumed before the first sample. */
  initialRttMs?: number
  /** What an earlier connection learnt of this path (careful resume). */
  pathMemory?: PathMemory
  /** Any 32-bit seed; spreads bandwidth probes of neighbouring connections in time. */
  seed?: number
}

export interface RecoveryStatistics extends CongestionSnapshot {
  smoothedRttMs: number
  minRttMs: number
  rttVariationMs: number
  bytesInFlight: number
  packetsSent: number
  packetsAcked: number
  packetsLost: number
  /** Declared lost but rebuilt by the peer through FEC. */
  packetsRecovered: number
  packetsSpurious: number
  probeTimeouts: number
  persistentCongestions: number
}

/** Loss detection, RTT, congestion control and pacing of one path. Sans I/O. */
export interface Recovery<Content> {
  onPacketSent(space: PacketNumberSpace, packet: OutgoingPacket<Content>, now: number): void
  /**
   * An acknowledgement. `ranges` holds `count` pairs [smallest, largest], inclusive, descending. The caller has checked that no
   * number was never sent.
   */
  onAck(
    space: PacketNumberSpace,
    ranges: ArrayLike<number>,
    count: number,
    ackDelayMs: number,
    now: number,
    handler: PacketFateHandler<Content>,
  ): void
  /** The peer rebuilt this packet through FEC: `acked` is called, statistics and congestion control count a loss. */
  onRecovered(number: number, now: number, handler: PacketFateHandler<Content>): void
  /** To be called at `deadline()`. Returns how many probe packets to send, free of the window (0 when only losses were found). */
  onDeadline(now: number, handler: PacketFateHandler<Content>): number
  /** When `onDeadline` wants to be called; Infinity when nothing is outstanding. */
  deadline(): number
  /** Bytes that may leave now by window and pacer; 0 when none. May exceed one datagram: send until it is used up. */
  sendAllowance(now: number): number
  /** When the pacer lets the next datagram go; Infinity while the window is full. */
  nextSendTime(now: number): number
  /** Nothing more to send though there was room: rate samples until then do not show the path's limit. */
  setAppLimited(now: number): void
  /** Messages share the path with bulk: probe for bandwidth gently, keep queues short. */
  setLatencySensitive(sensitive: boolean): void
  setMaxAckDelay(milliseconds: number): void
  setDatagramSize(bytes: number): void
  /** The handshake is complete: probe timeouts of the Application space may run. */
  confirmHandshake(): void
  /** Forgets a space and its packets (keys dropped). */
  discard(space: PacketNumberSpace): void
  /** A new network path: RTT, window and rate start anew; outstanding packets stay to be acknowledged or lost. */
  migrate(now: number): void
  statistics(): RecoveryStatistics
  /** For the next connection to the same peer; undefined before the path was measured. */
  pathMemory(): PathMemory | undefined
  /** Loss as FEC and repetition want it. */
  lossEstimate(): LossEstimate
}

/** Random loss as seen by the sender: a Gilbert model's two numbers. */
export interface LossEstimate {
  /** Share of packets lost, 0…1, smoothed. */
  rate: number
  /** Mean length of a run of losses in packets, ≥ 1. */
  burst: number
  /** Packets the estimate stands on. */
  samples: number
}
