import type { Write } from '../../../offline/types.ts'

/** Without a sign of life for so long nobody is reading. */
export const IDLE_MS = 60_000
/** So much active time makes a beat. */
export const BEAT_MS = 30_000

type ReadingWrite = Extract<Write, { kind: 'reading.start' | 'reading.beat' | 'reading.end' }>

export interface ReadingClockParts {
  readonly bookId: string
  readonly deviceId: string
  readonly timeZone: string
  newId(): string
  write(write: ReadingWrite): void
}

interface Running {
  readonly id: string
  sequence: number
  /** Active milliseconds that no beat has told yet. */
  untold: number
  /** Up to here time has been counted. */
  counted: number
  lastActivity: number
}

/**
 * Counts the time somebody reads. Sans I/O: every call says what time it is (milliseconds).
 * 1. Time counts from a sign of life for {@link IDLE_MS}; then the session ends, and the next sign of life begins another.
 * 2. A beat is written for every {@link BEAT_MS} of active time, and one with the rest before the end.
 */
export class ReadingClock {
  readonly #parts: ReadingClockParts
  #running: Running | undefined

  constructor(parts: ReadingClockParts) {
    this.#parts = parts
  }

  /** A page was turned, a key pressed, the pointer moved. */
  activity(now: number): void {
    this.tick(now)
    if (this.#running) this.#running.lastActivity = now
    else this.#start(now)
  }

  /** Called every few seconds. */
  tick(now: number): void {
    const running = this.#running
    if (!running) return
    const until = Math.min(now, running.lastActivity + IDLE_MS)
    running.untold += Math.max(0, until - running.counted)
    running.counted = Math.max(running.counted, until)
    if (now - running.lastActivity >= IDLE_MS) this.#end(running, until)
    else if (running.untold >= BEAT_MS) this.#beat(running, now)
  }

  /** The book was left or is not looked at. */
  stop(now: number): void {
    this.tick(now)
    if (this.#running) this.#end(this.#running, now)
  }

  #start(now: number): void {
    const { newId, bookId, deviceId, timeZone, write } = this.#parts
    this.#running = { id: newId(), sequence: 0, untold: 0, counted: now, lastActivity: now }
    const body = { id: this.#running.id, book_id: bookId, device_id: deviceId, started_at: iso(now) }
    write({ kind: 'reading.start', body: { ...body, time_zone: timeZone } })
  }

  #beat(running: Running, now: number): void {
    const body = { sequence: ++running.sequence, at: iso(now), active_seconds: running.untold / 1000 }
    running.untold = 0
    this.#parts.write({ kind: 'reading.beat', sessionId: running.id, body })
  }

  #end(running: Running, at: number): void {
    if (running.untold > 0) this.#beat(running, at)
    this.#running = undefined
    this.#parts.write({ kind: 'reading.end', sessionId: running.id, body: { at: iso(at) } })
  }
}

const iso = (milliseconds: number): string => new Date(milliseconds).toISOString()
