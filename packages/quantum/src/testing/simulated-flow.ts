import { type LinkOptions, MemoryLink } from '@stoa/testkit/netlab/memory-link'
import type { Simulation } from '@stoa/testkit/netlab/simulation'
import type { ControllerFactory, PathMemory } from '../congestion/controller.ts'
import { createRecovery } from '../recovery/recovery.ts'
import { APPLICATION_SPACE, type PacketFateHandler, type Recovery } from '../recovery/types.ts'
import { PausedHost, type Pauses } from './paused-host.ts'

/** A packet of data, or an acknowledgement, of one flow of several on a link. */
export interface SimulatedPacket {
  flow: SimulatedFlow
  number: number
  /** Pairs [smallest, largest], descending; of an acknowledgement. */
  ranges?: readonly number[]
  ackDelayMs: number
}

export const PACKET_BYTES = 1400
const ACK_BYTES = 60
const MAX_RANGES = 32
const MAX_ACK_DELAY_MS = 5
/** Timers are no finer than this, as in a real process. */
const TICK_MS = 1

export interface SimulatedPath {
  simulation: Simulation
  /** From senders to receivers, and back. */
  forward: MemoryLink<SimulatedPacket>
  backward: MemoryLink<SimulatedPacket>
}

export function simulatedPath(
  simulation: Simulation,
  forward: LinkOptions,
  backward: Partial<LinkOptions> = {},
): SimulatedPath {
  const back: LinkOptions = {
    ...forward,
    seed: forward.seed + 1,
    ...backward,
  }
  return {
    simulation,
    forward: new MemoryLink(simulation, forward, (packet) => packet.flow.onData(packet)),
    backward: new MemoryLink(simulation, back, (packet) => packet.flow.onAcknowledgement(packet)),
  }
}

/** A sender that always has data, and a receiver that acknowledges: recovery and congestion control without a connection. */
export class SimulatedFlow {
  readonly recovery: Recovery<undefined>
  /** Bytes that arrived for the first time. */
  delivered = 0
  readonly #path: SimulatedPath
  readonly #handler: PacketFateHandler<undefined> = { acked: () => {}, lost: () => {}, spurious: () => {} }
  readonly #wanted: number
  readonly #sender: PausedHost
  readonly #receiver: PausedHost
  #number = 0
  #timer: (() => void) | undefined
  #received: number[] = []
  #unacknowledged = 0
  #largestAt = 0
  #ackTimer: (() => void) | undefined

  constructor(
    path: SimulatedPath,
    controller: ControllerFactory,
    {
      bytes = Number.POSITIVE_INFINITY,
      rttMs = 0,
      seed = 1,
      pathMemory = undefined as PathMemory | undefined,
      pauses = undefined as Pauses | undefined,
    } = {},
  ) {
    this.#path = path
    this.#sender = new PausedHost(path.simulation, pauses, seed)
    this.#receiver = new PausedHost(path.simulation, pauses, seed + 1)
    this.#wanted = bytes
    this.recovery = createRecovery<undefined>({
      controller,
      datagramSize: PACKET_BYTES,
      maxAckDelayMs: MAX_ACK_DELAY_MS,
      seed,
      ...(rttMs ? { initialRttMs: rttMs } : {}),
      ...(pathMemory ? { pathMemory } : {}),
    })
    this.recovery.confirmHandshake()
  }

  start(): void {
    this.#pump()
  }

  get complete(): boolean {
    return this.delivered >= this.#wanted
  }

  #pump(): void {
    const { now } = this.#path.simulation
    let allowance = this.recovery.sendAllowance(now)
    while (allowance > 0 && !this.complete) {
      this.#send()
      allowance -= PACKET_BYTES
    }
    this.#arm()
  }

  #send(): void {
    const { now } = this.#path.simulation
    const number = this.#number++
    const packet = { number, size: PACKET_BYTES, ackEliciting: true, inFlight: true, content: undefined }
    this.recovery.onPacketSent(APPLICATION_SPACE, packet, now)
    this.#path.forward.send({ flow: this, number, ackDelayMs: 0 }, PACKET_BYTES)
  }

  #arm(): void {
    this.#timer?.()
    if (this.complete) return
    const { simulation } = this.#path
    const next = Math.min(this.recovery.deadline(), this.recovery.nextSendTime(simulation.now))
    if (next === Number.POSITIVE_INFINITY) return
    const due = Math.max(next, simulation.now + TICK_MS)
    this.#timer = simulation.at(due, () => this.#sender.run(() => this.#onTimer()))
  }

  #onTimer(): void {
    const { now } = this.#path.simulation
    if (this.recovery.deadline() <= now) {
      for (let probes = this.recovery.onDeadline(now, this.#handler); probes > 0; probes--) this.#send()
    }
    this.#pump()
  }

  onData(packet: SimulatedPacket): void {
    this.#receiver.run(() => this.#receive(packet))
  }

  #receive({ number }: SimulatedPacket): void {
    const { simulation } = this.#path
    if (!this.#note(number)) return
    this.delivered += PACKET_BYTES
    if (number === this.#received.at(-1)) this.#largestAt = simulation.now
    this.#unacknowledged++
    const gap = this.#received.length > 2
    if (this.#unacknowledged >= (gap ? 2 : 4)) this.#acknowledge()
    else this.#ackTimer ??= simulation.after(MAX_ACK_DELAY_MS, () => this.#acknowledge())
  }

  /** Adds a number to the received ranges (ascending pairs); false when it was there. */
  #note(number: number): boolean {
    const ranges = this.#received
    let index = ranges.length - 2
    while (index >= 0 && ranges[index]! > number) index -= 2
    if (index >= 0 && number <= ranges[index + 1]!) return false
    const joinsBefore = index >= 0 && ranges[index + 1] === number - 1
    const joinsAfter = ranges[index + 2] === number + 1
    if (joinsBefore && joinsAfter) ranges.splice(index + 1, 2)
    else if (joinsBefore) ranges[index + 1] = number
    else if (joinsAfter) ranges[index + 2] = number
    else ranges.splice(index + 2, 0, number, number)
    if (ranges.length > 2 * MAX_RANGES) ranges.splice(0, 2)
    return true
  }

  #acknowledge(): void {
    this.#ackTimer?.()
    this.#ackTimer = undefined
    this.#unacknowledged = 0
    const ranges: number[] = []
    for (let index = this.#received.length - 2; index >= 0; index -= 2) {
      ranges.push(this.#received[index]!, this.#received[index + 1]!)
    }
    const ackDelayMs = this.#path.simulation.now - this.#largestAt
    this.#path.backward.send({ flow: this, number: -1, ranges, ackDelayMs }, ACK_BYTES)
  }

  onAcknowledgement(packet: SimulatedPacket): void {
    this.#sender.run(() => this.#onAcknowledgement(packet))
  }

  #onAcknowledgement({ ranges, ackDelayMs }: SimulatedPacket): void {
    if (!ranges) return
    const { now } = this.#path.simulation
    this.recovery.onAck(APPLICATION_SPACE, ranges, ranges.length / 2, ackDelayMs, now, this.#handler)
    this.#pump()
  }
}
