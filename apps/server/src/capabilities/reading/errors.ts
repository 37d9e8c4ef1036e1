import { Problem } from '../../platform/http/problem.ts'

export const sessionEnded = (): Problem =>
  new Problem(422, 'reading.session_ended', 'This reading session has ended. Start another one.')

export const beatInFuture = (): Problem =>
  new Problem(422, 'reading.in_future', "The device's clock is ahead. Set it right; nothing was counted.")

export const unknownTimeZone = (timeZone: string): Problem =>
  new Problem(422, 'reading.time_zone_unknown', `There is no time zone ${timeZone}.`, {
    details: { time_zone: timeZone },
  })

export const rangeTooLong = (days: number): Problem =>
  new Problem(422, 'reading.range_invalid', `Ask for at most ${days} days, the first not after the last.`, {
    details: { days },
  })

export const idTaken = (): Problem =>
  new Problem(409, 'reading.id_taken', 'This id is used for something else.')
