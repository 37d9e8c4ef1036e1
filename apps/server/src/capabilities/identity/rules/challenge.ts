export const CODE_LIFE_MS = 10 * 60_000
export const MAX_ATTEMPTS = 5
/** A second code for the same address is sent no sooner than this. */
export const RESEND_AFTER_SECONDS = 60
/** Codes for one address in an hour and in a day: five tries each leave a guesser 75 of a million a day. */
export const CODES_PER_HOUR = 5
export const CODES_PER_DAY = 15

/** Six digits without bias, from 32 random bits: values past the last whole million are drawn again by the caller. */
export function codeFrom(bits: number): string | undefined {
  const limit = Math.floor(2 ** 32 / 1_000_000) * 1_000_000
  return bits < limit ? String(bits % 1_000_000).padStart(6, '0') : undefined
}

/** Seconds until another code may be asked for; 0 = now. `sent`: when earlier ones were, newest first. */
export function secondsUntilNextCode(sent: readonly Date[], now: number): number {
  const waits = [
    waitFor(sent, 1, RESEND_AFTER_SECONDS * 1000, now),
    waitFor(sent, CODES_PER_HOUR, 3_600_000, now),
    waitFor(sent, CODES_PER_DAY, 86_400_000, now),
  ]
  return Math.ceil(Math.max(...waits) / 1000)
}

/** Milliseconds until fewer than `count` lie within `windowMs`. */
function waitFor(sent: readonly Date[], count: number, windowMs: number, now: number): number {
  const nth = sent[count - 1]
  return nth === undefined ? 0 : Math.max(0, nth.getTime() + windowMs - now)
}
