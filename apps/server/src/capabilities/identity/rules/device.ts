const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/\bStoa(?:CLI)?\//, 'Stoa'],
  [/\bEdg(?:A|iOS)?\//, 'Edge'],
  [/\b(?:OPR|Opera)\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/\b(?:Chrome|Chromium|CriOS|HeadlessChrome)\//, 'Chrome'],
  [/\bVersion\/[\d.]+.*\bSafari\//, 'Safari'],
  [/\bcurl\//, 'curl'],
]
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b|\bMacintosh\b|\bDarwin\b/, 'macOS'],
  [/\bLinux\b|\bX11\b/, 'Linux'],
]

/** `Firefox · Linux`, from a User-Agent header: coarse on purpose, so that an update of the browser changes nothing. */
export function platformOf(userAgent: string): string {
  const name = (table: typeof BROWSERS) => table.find(([pattern]) => pattern.test(userAgent))?.[1]
  return [name(BROWSERS), name(SYSTEMS)].filter((part) => part !== undefined).join(' · ') || 'Unknown'
}

/** The address of a device as it is kept: IPv4 /24, IPv6 /48; null for what is no address. */
export function networkOf(ip: string): string | null {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1] ?? ip
  const v4 = /^(\d+)\.(\d+)\.(\d+)\.\d+$/.exec(mapped)
  if (v4) return `${v4[1]}.${v4[2]}.${v4[3]}.0/24`
  if (!/^[0-9a-f:]+(%.*)?$/i.test(mapped) || !mapped.includes(':')) return null
  const [head = ''] = mapped.split('%')
  const groups = expand(head)
    .slice(0, 3)
    .map((group) => Number.parseInt(group, 16).toString(16))
  return `${groups.join(':')}::/48`
}

/** All eight groups of an IPv6 address. */
function expand(address: string): string[] {
  const [left = '', right] = address.split('::')
  const groups = (part: string) => (part === '' ? [] : part.split(':'))
  if (right === undefined) return groups(left)
  const missing = 8 - groups(left).length - groups(right).length
  return [...groups(left), ...Array<string>(Math.max(0, missing)).fill('0'), ...groups(right)]
}
