const FORM = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{0,8}[1-9]))?Z$/

/** Whether `text` is a UTC time of RFC 3339 in its one form: `Z`, up to nine decimals, none of them a trailing zero (TIME-1). */
export function isTimestamp(text: string): boolean {
  const [, seconds] = FORM.exec(text) ?? []
  if (seconds === undefined) return false
  const millis = Date.parse(`${seconds}Z`)
  return !Number.isNaN(millis) && new Date(millis).toISOString().startsWith(seconds)
}

/** The time of a clock in milliseconds as a timestamp. */
export function timestampOf(millis: number): string {
  const [seconds, fraction = ''] = new Date(millis).toISOString().slice(0, -1).split('.')
  const digits = fraction.replace(/0+$/, '')
  return digits === '' ? `${seconds}Z` : `${seconds}.${digits}Z`
}

/** Milliseconds since 1970, rounded down. */
export function millisOf(timestamp: string): number {
  const [seconds = '', fraction = ''] = timestamp.slice(0, -1).split('.')
  return Date.parse(`${seconds}Z`) + Number(fraction.padEnd(3, '0').slice(0, 3))
}

/** Order of two timestamps, to the nanosecond. */
export function compareTimestamps(a: string, b: string): number {
  const [one, other] = [sortable(a), sortable(b)]
  if (one === other) return 0
  return one < other ? -1 : 1
}

function sortable(timestamp: string): string {
  const [seconds = '', fraction = ''] = timestamp.slice(0, -1).split('.')
  return seconds + fraction.padEnd(9, '0')
}
