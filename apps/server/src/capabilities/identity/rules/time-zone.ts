import { InvalidRequest } from '../../../platform/http/errors.ts'

/** Whether the name is one of the IANA database, as this program knows it. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return !/^[+-]/.test(name)
  } catch {
    return false
  }
}

/** @throws InvalidRequest 400 */
export function requireTimeZone(name: string): void {
  if (!isTimeZone(name))
    throw new InvalidRequest([
      { pointer: '#/body/time_zone', message: 'must be the name of a time zone, e.g. Asia/Shanghai' },
    ])
}
