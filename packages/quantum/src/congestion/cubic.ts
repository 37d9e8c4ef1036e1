import type {
  CongestionController,
  CongestionEvent,
  CongestionSnapshot,
  ControllerFactory,
  ControllerOptions,
} from './controller.ts'
import { HyStart } from './hystart.ts'

/** RFC 9438: multiplicative decrease, and the constant of growth in packets per cubed second. */
const BETA = 0.7
const C = 0.4
const INITIAL_WINDOW_PACKETS = 10
const MIN_WINDOW_PACKETS = 2
/** Reno's additive increase that loses as much as Cubic does (RFC 9438 §4.3). */
const RENO_INCREASE = (3 * (1 - BETA)) / (1 + BETA)
/** Sends a little faster than the window turns over, so that the window limits and not the pacer. */
const SLOW_START_PACING = 2
const AVOIDANCE_PACING = 1.25

/** Cubic (RFC 9438) with HyStart++ (RFC 9406): takes every loss for congestion. For comparison, and where BBR is not wanted. */
export const cubic: ControllerFactory = (options) => new Cubic(options)

interface Undo {
  window: number
  threshold: number
  most: number
}

class Cubic implements CongestionController {
  readonly name = 'cubic'
  readonly #hystart = new HyStart()
  #datagram: number
  /** Bytes. */
  #window: number
  #threshold = Number.POSITIVE_INFINITY
  /** Window before the last decrease (W_max). */
  #most = 0
  /** Milliseconds from the decrease until the window is as large again (K). */
  #recoveryMs = 0
  /** What Reno would have by now (W_est). */
  #reno = 0
  #epochAt = -1
  /** Packets sent before it belong to the last decrease. */
  #reducedAt = Number.NEGATIVE_INFINITY
  #smoothedRttMs = 0
  #undo: Undo | undefined

  constructor({ datagramSize }: ControllerOptions) {
    this.#datagram = datagramSize
    this.#window = INITIAL_WINDOW_PACKETS * datagramSize
  }

  onPacketSent(): void {}

  onEvent(event: CongestionEvent): void {
    this.#smoothedRttMs = event.smoothedRttMs
    const newest = event.lost.at(-1)
    if (newest && newest.sentAt > this.#reducedAt) this.#reduce(event.now)
    if (event.ackedBytes === 0 || !event.sample || event.sample.appLimited) return
    // Only a window that is used may grow.
    if (event.priorInFlight < this.#window / 2) return
    if (this.#window < this.#threshold) this.#slowStart(event)
    else this.#avoid(event)
  }

  #slowStart(event: CongestionEvent): void {
    this.#window += this.#hystart.growth(event)
    if (this.#hystart.isOver) this.#threshold = this.#window
  }

  #avoid({ now, ackedBytes, smoothedRttMs }: CongestionEvent): void {
    if (this.#epochAt < 0) this.#beginEpoch(now)
    const seconds = (now + smoothedRttMs - this.#epochAt - this.#recoveryMs) / 1000
    const target = this.#most + C * seconds ** 3 * this.#datagram
    this.#reno += (RENO_INCREASE * this.#datagram * ackedBytes) / this.#window
    const bounded = Math.min(Math.max(target, this.#window), 1.5 * this.#window)
    this.#window += ((bounded - this.#window) / this.#window) * ackedBytes
    this.#window = Math.max(this.#window, this.#reno)
  }

  #beginEpoch(now: number): void {
    this.#epochAt = now
    this.#reno = this.#window
    this.#most = Math.max(this.#most, this.#window)
    this.#recoveryMs = 1000 * Math.cbrt((this.#most - this.#window) / (C * this.#datagram))
  }

  #reduce(now: number): void {
    this.#undo = { window: this.#window, threshold: this.#threshold, most: this.#most }
    this.#reducedAt = now
    // Fast convergence: a flow that did not get back to its last peak gives way to newer ones.
    this.#most = this.#window < this.#most ? (this.#window * (1 + BETA)) / 2 : this.#window
    this.#window = Math.max(BETA * this.#window, MIN_WINDOW_PACKETS * this.#datagram)
    this.#threshold = this.#window
    this.#epochAt = -1
  }

  onSpuriousLoss(): void {
    if (!this.#undo || this.#undo.window < this.#window) return
    this.#window = this.#undo.window
    this.#threshold = this.#undo.threshold
    this.#most = this.#undo.most
    this.#undo = undefined
  }

  onPersistentCongestion(): void {
    this.#window = MIN_WINDOW_PACKETS * this.#datagram
    this.#epochAt = -1
    this.#undo = undefined
  }

  onRestart(): void {
    this.#epochAt = -1
  }

  setDatagramSize(bytes: number): void {
    this.#window = Math.max(this.#window, MIN_WINDOW_PACKETS * bytes)
    this.#datagram = bytes
  }

  setLatencySensitive(): void {}

  windowBytes(): number {
    return this.#window
  }

  pacingRate(): number {
    const gain = this.#window < this.#threshold ? SLOW_START_PACING : AVOIDANCE_PACING
    return (gain * this.#window) / Math.max(this.#smoothedRttMs, 1)
  }

  snapshot(): CongestionSnapshot {
    return {
      controller: this.name,
      phase: this.#window < this.#threshold ? 'slow-start' : 'avoidance',
      windowBytes: this.#window,
      pacingRate: this.pacingRate() * 1000,
      bandwidth: 0,
      randomLoss: 0,
    }
  }

  pathMemory(): undefined {
    return undefined
  }
}
