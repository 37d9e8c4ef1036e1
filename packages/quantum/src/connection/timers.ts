import { QuantumError } from '../errors.ts'
import type { Core } from './core.ts'
import type { FrameHandler } from './frame-handler.ts'

const NEVER = Number.POSITIVE_INFINITY
/** A path that may carry nothing yet is looked at again after this long (milliseconds); packets that come do so at once. */
const STALL_MS = 20

/** All deadlines of a connection: computed, never set, so that none can be forgotten. */
export class Timers {
  readonly #core: Core
  readonly #frames: FrameHandler
  #lingerUntil = NEVER

  constructor(core: Core, frames: FrameHandler) {
    this.#core = core
    this.#frames = frames
  }

  /** Begins the time in which a connection that is over still answers; further calls change nothing. */
  linger(now: number): void {
    if (this.#lingerUntil === NEVER) this.#lingerUntil = now + this.#core.lingerMs
  }

  deadline(now: number): number {
    const core = this.#core
    if (core.state === 'closed') return NEVER
    if (core.ended) return this.#lingerUntil
    return Math.min(
      core.recovery.deadline(),
      core.initial ? core.acks[0].deadline : NEVER,
      core.acks[1].deadline,
      core.path.deadline,
      this.#repetition(now),
      core.encoder?.deadline() ?? NEVER,
      this.#idleAt,
      this.#handshakeAt,
      this.#keepAliveAt,
      this.#sendingAt(now),
    )
  }

  #sendingAt(now: number): number {
    const { stalled, hasWork, recovery } = this.#core
    if (!hasWork) return NEVER
    return stalled ? now + STALL_MS : recovery.nextSendTime(now)
  }

  /** A copy that the window holds back waits for acknowledgements, not for time. */
  #repetition(now: number): number {
    const at = this.#core.streams.repeater.deadline()
    if (at > now) return at
    return this.#core.stalled ? now + STALL_MS : this.#core.recovery.nextSendTime(now)
  }

  get #idleAt(): number {
    const { options, peer, lastHeard } = this.#core
    const own = options.parameters.idleTimeout || NEVER
    const timeout = Math.min(own, peer?.idleTimeout || NEVER)
    return timeout === NEVER ? NEVER : lastHeard + Math.max(timeout, this.#core.lingerMs)
  }

  get #handshakeAt(): number {
    const { confirmed, startedAt, options } = this.#core
    return confirmed ? NEVER : startedAt + options.handshakeTimeout
  }

  get #keepAliveAt(): number {
    const { options, confirmed, lastHeard, lastSent, pingDue } = this.#core
    if (!options.keepAlive || !confirmed || pingDue) return NEVER
    return Math.max(lastHeard, lastSent) + options.keepAlive
  }

  /** Returns why the connection is over, if it is. */
  onDeadline(now: number): QuantumError | 'closed' | undefined {
    const core = this.#core
    if (core.ended) return now >= this.#lingerUntil ? 'closed' : undefined
    if (now >= this.#handshakeAt)
      return new QuantumError('quantum.connect_timeout', 'The handshake did not finish in time.')
    if (now >= this.#idleAt)
      return new QuantumError('quantum.idle_timeout', 'Nothing was heard from the peer for too long.')
    if (now >= core.recovery.deadline()) {
      this.#frames.now = now
      core.probes = Math.max(core.probes, core.recovery.onDeadline(now, this.#frames))
    }
    if (core.path.onDeadline(now)) this.#giveUpPath(now)
    if (now >= this.#keepAliveAt) core.pingDue = true
    if (core.encoder && now >= core.encoder.deadline()) core.repairs.push(...core.encoder.flush(now))
    return undefined
  }

  /** The new address did not answer: back to the one that did. */
  #giveUpPath(now: number): void {
    const core = this.#core
    if (!core.formerPath) return
    core.path = core.formerPath
    core.formerPath = undefined
    core.forgetPath(now)
  }
}
