/** Reading time is told by the reader's own clock: whole days and hours where they were at that moment. */

export interface LocalHour {
  /** `2026-11-21` */
  readonly date: string
  /** 0–23 */
  readonly hour: number
  readonly seconds: number
}

const formats = new Map<string, Intl.DateTimeFormat>()
const MAX_FORMATS = 500

/** Whether this is a time zone that can be reckoned with (IANA name). */
export function isTimeZone(timeZone: string): boolean {
  try {
    formatOf(timeZone)
    return true
  } catch {
    return false
  }
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known) return known
  const options = { timeZone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit' } as const
  const format = new Intl.DateTimeFormat('en-CA', {
    ...options,
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  if (formats.size >= MAX_FORMATS) formats.clear()
  formats.set(timeZone, format)
  return format
}

interface LocalMoment {
  readonly date: string
  readonly hour: number
  /** Milliseconds since the local hour began. */
  readonly intoHour: number
}

function localMoment(time: number, timeZone: string): LocalMoment {
  const part: Record<string, string> = {}
  for (const { type, value } of formatOf(timeZone).formatToParts(time)) part[type] = value
  const intoHour = (Number(part.minute) * 60 + Number(part.second)) * 1000 + (((time % 1000) + 1000) % 1000)
  return { date: `${part.year}-${part.month}-${part.day}`, hour: Number(part.hour), intoHour }
}

const HOUR = 3_600_000

/**
 * Cuts a stretch that ended at `end` (Unix milliseconds) and lasted `seconds` into local hours, oldest first. The parts add
 * up to the whole; midnight and changes of the clocks fall between parts, never inside one.
 */
export function splitByLocalHour(end: number, seconds: number, timeZone: string): LocalHour[] {
  const parts: LocalHour[] = []
  let until = end
  let left = seconds * 1000
  while (left > 0) {
    // The last millisecond of the stretch tells which hour it ends in.
    const moment = localMoment(until - 1, timeZone)
    const length = Math.min(left, Math.min(moment.intoHour + 1, HOUR))
    parts.unshift({ date: moment.date, hour: moment.hour, seconds: length / 1000 })
    until -= length
    left -= length
  }
  return parts
}
