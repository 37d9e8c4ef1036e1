import { BROKEN, type Destination, type Link, type LinkEvents, type Transport } from './transport.ts'

export interface FallbackInit {
  /** Better where it works: taken when it opens in time. */
  readonly preferred: Transport
  /** Works everywhere. */
  readonly fallback: Transport
  /** How long the fallback, though open, waits for the other; milliseconds from the start of both. */
  readonly deadlineMs: number
  /** Runs something later; returns how to call that off. Tests give their own. */
  readonly later?: (run: () => void, milliseconds: number) => () => void
}

const byTimer: NonNullable<FallbackInit['later']> = (run, milliseconds) => {
  const timer = setTimeout(run, milliseconds)
  return () => clearTimeout(timer)
}

/**
 * Two ways to one server, of which the better one may be barred.
 * 1. Both are opened at once. The preferred one is taken when it opens within the deadline; then whichever opens first.
 * 2. A ticket opens one connection: with it, the fallback is opened when the preferred one has failed or is late.
 * 3. Once the preferred one has lost to the fallback, or has broken, it is not tried again.
 */
export function withFallback(init: FallbackInit): Transport {
  let isGivenUp = false
  const giveUp = () => {
    isGivenUp = true
  }
  return (to, events) =>
    isGivenUp ? init.fallback(to, events) : new Race({ ...init, to, events, giveUp }).start()
}

interface RaceInit extends FallbackInit {
  readonly to: Destination
  readonly events: LinkEvents
  readonly giveUp: () => void
}

/** One link, of two that are tried. */
class Race implements Link {
  readonly #init: RaceInit
  #preferred: Link | undefined
  #fallback: Link | undefined
  #chosen: Link | undefined
  /** Over what the fallback is open, while it waits. */
  #waiting: string | undefined
  /** The preferred one has failed, or is late. */
  #isDue = false
  #hasFailed = { preferred: false, fallback: false }
  #callOff = () => {}

  constructor(init: RaceInit) {
    this.#init = init
  }

  start(): this {
    const { to, preferred, deadlineMs, later = byTimer } = this.#init
    this.#preferred = preferred(to, this.#preferredEvents())
    this.#callOff = later(() => this.#late(), deadlineMs)
    if (to.ticket === undefined) this.#openFallback()
    return this
  }

  send(message: Uint8Array<ArrayBuffer>): void {
    this.#chosen?.send(message)
  }

  close(): void {
    this.#callOff()
    this.#preferred?.close()
    this.#fallback?.close()
  }

  #preferredEvents(): LinkEvents {
    const { events, giveUp } = this.#init
    return {
      onOpen: (over) => {
        this.#callOff()
        this.#fallback?.close()
        this.#chosen = this.#preferred
        events.onOpen(over)
      },
      onMessage: (message) => events.onMessage(message),
      onClose: (code) => {
        if (this.#chosen === undefined) this.#preferredFailed()
        else {
          if (code === BROKEN) giveUp()
          events.onClose(code)
        }
      },
    }
  }

  #openFallback(): void {
    const { to, events, fallback } = this.#init
    this.#fallback ??= fallback(to, {
      onOpen: (over) => {
        this.#waiting = over
        this.#decide()
      },
      onMessage: (message) => events.onMessage(message),
      onClose: (code) => {
        this.#waiting = undefined
        this.#hasFailed.fallback = true
        if (this.#chosen !== undefined || this.#hasFailed.preferred) events.onClose(code)
      },
    })
  }

  #late(): void {
    // A ticket that both showed would be refused to one of them.
    if (this.#init.to.ticket !== undefined) {
      this.#preferredFailed()
      return
    }
    this.#isDue = true
    this.#decide()
  }

  #preferredFailed(): void {
    this.#callOff()
    this.#preferred?.close()
    this.#isDue = true
    this.#hasFailed.preferred = true
    if (this.#hasFailed.fallback) this.#init.events.onClose(BROKEN)
    else this.#openFallback()
    this.#decide()
  }

  #decide(): void {
    if (!this.#isDue || this.#waiting === undefined) return
    this.#preferred?.close()
    this.#chosen = this.#fallback
    this.#init.giveUp()
    this.#init.events.onOpen(this.#waiting)
  }
}
