const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/CrOS/, 'ChromeOS'],
  [/Mac OS X/, 'Mac'],
  [/Windows/, 'Windows'],
  [/Linux/, 'Linux'],
]
const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/Edg\//, 'Edge'],
  [/Firefox\//, 'Firefox'],
  [/Chrome\//, 'Chrome'],
  [/Safari\//, 'Safari'],
]

const find = (list: readonly (readonly [RegExp, string])[], agent: string) =>
  list.find(([pattern]) => pattern.test(agent))?.[1]

/** A name for this device in the list of sessions, e.g. `Firefox · Linux`. People may see it; nothing depends on it. */
export function deviceName(userAgent: string): string {
  return [find(BROWSERS, userAgent), find(SYSTEMS, userAgent)].filter(Boolean).join(' · ') || 'Browser'
}

/** What every sign-in tells about this browser. */
export const here = (): { device_name: string } => ({ device_name: deviceName(navigator.userAgent) })

export const timeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone

/** Whether nobody else can reach this address. */
export const isLoopback = (hostname: string): boolean => /^(localhost|127\.|\[?::1\]?$)/.test(hostname)
