/** Datagram path MTU discovery (RFC 8899), driven by the connection. Sizes in bytes of UDP payload. */
export interface PathMtu {
  /** Largest datagram that is known to pass. */
  readonly current: number
  /** Size to probe now, or 0. */
  probeSize(now: number): number
  onProbeSent(now: number, size: number): void
  onProbeAcked(now: number, size: number): void
  onProbeLost(now: number, size: number): void
  /** A packet that was no probe was acknowledged or lost: black hole detection. */
  onPacketAcked(size: number): void
  onPacketLost(now: number, size: number): void
  /** The peer takes no datagram larger than this. */
  limit(bytes: number): void
  /** A new path: start from the base again. */
  reset(now: number): void
}
