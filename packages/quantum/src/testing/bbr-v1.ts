import type { CongestionController, CongestionEvent, ControllerFactory } from '../congestion/controller.ts'
import { WindowedMax } from '../congestion/max-filter.ts'

const HIGH_GAIN = 2.885
const CYCLE = [1.25, 0.75, 1, 1, 1, 1, 1, 1]
const MIN_RTT_WINDOW_MS = 10_000
const PROBE_RTT_MS = 200

/** BBR as Linux has it (version 1: tcp_bbr.c), as the neighbour to be fair to. Simplified: no policer detection, no idle handling. */
export const bbrV1: ControllerFactory = ({ datagramSize, random }) => new BbrV1(datagramSize, random)

class BbrV1 implements CongestionController {
  readonly name = 'bbr-v1'
  readonly #size: number
  readonly #rate = new WindowedMax(10)
  #phase: 'startup' | 'drain' | 'probe-bw' | 'probe-rtt' = 'startup'
  #full = 0
  #fullRounds = 0
  #nextRound = 0
  #minRttMs = Number.POSITIVE_INFINITY
  #minRttAt = 0
  #cycle: number
  #cycleAt = 0
  #probeRttUntil = 0
  #window: number

  constructor(datagramSize: number, random: () => number) {
    this.#size = datagramSize
    this.#window = 32 * datagramSize
    this.#cycle = 2 + Math.floor(6 * random())
  }

  onEvent(event: CongestionEvent): void {
    const { sample, now } = event
    if (!sample) return
    const roundStart = sample.priorDelivered >= this.#nextRound
    if (roundStart) {
      this.#nextRound = event.totalDelivered
      this.#rate.advance()
    }
    this.#rate.update(sample.deliveryRate)
    const expired = now > this.#minRttAt + MIN_RTT_WINDOW_MS
    if (sample.rttMs > 0 && (sample.rttMs <= this.#minRttMs || expired)) {
      this.#minRttMs = sample.rttMs
      this.#minRttAt = now
    }
    this.#step(event, roundStart, expired)
    const target = Math.max(4 * this.#size, 2 * this.#product + 3 * this.#size)
    if (this.#phase === 'probe-rtt') this.#window = 4 * this.#size
    else if (this.#phase === 'startup') this.#window += event.ackedBytes
    else this.#window = Math.min(this.#window + event.ackedBytes, target)
  }

  get #product(): number {
    return this.#rate.value * this.#minRttMs
  }

  #step({ now, bytesInFlight }: CongestionEvent, roundStart: boolean, expired: boolean): void {
    if (this.#phase === 'startup' && roundStart) {
      if (this.#rate.value >= 1.25 * this.#full) {
        this.#full = this.#rate.value
        this.#fullRounds = 0
      } else if (++this.#fullRounds === 3) this.#phase = 'drain'
    } else if (this.#phase === 'drain' && bytesInFlight <= this.#product) this.#phase = 'probe-bw'
    else if (this.#phase === 'probe-bw') {
      const drained = CYCLE[this.#cycle] === 0.75 && bytesInFlight <= this.#product
      if (now - this.#cycleAt > this.#minRttMs || drained) {
        this.#cycle = (this.#cycle + 1) % CYCLE.length
        this.#cycleAt = now
      }
      if (expired) {
        this.#phase = 'probe-rtt'
        this.#probeRttUntil = now + PROBE_RTT_MS + this.#minRttMs
      }
    } else if (this.#phase === 'probe-rtt' && now > this.#probeRttUntil) this.#phase = 'probe-bw'
  }

  pacingRate(): number {
    const gain = {
      startup: HIGH_GAIN,
      drain: 1 / HIGH_GAIN,
      'probe-bw': CYCLE[this.#cycle] ?? 1,
      'probe-rtt': 1,
    }
    return Math.max((gain[this.#phase] * this.#rate.value * 99) / 100, (32 * this.#size) / 333)
  }

  windowBytes = (): number => this.#window
  snapshot() {
    const bandwidth = this.#rate.value * 1000
    const pacingRate = this.pacingRate() * 1000
    const { name: controller } = this
    return { controller, phase: this.#phase, windowBytes: this.#window, pacingRate, bandwidth, randomLoss: 0 }
  }
  pathMemory = () => undefined
  onPacketSent(): void {}
  onSpuriousLoss(): void {}
  onPersistentCongestion(): void {}
  onRestart(): void {}
  setDatagramSize(): void {}
  setLatencySensitive(): void {}
}
