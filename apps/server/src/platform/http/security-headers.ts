/** Headers of every reply. */
const ALWAYS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy':
    'accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()',
  'x-frame-options': 'DENY',
} as const

/** Replies that are data, not pages: nothing in them may load or run. */
const DATA_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

/** A year, as the preload list asks for; subdomains are not ours to decide. */
const HSTS = 'max-age=31536000'

export function securityHeaders(https: boolean): Record<string, string> {
  return {
    ...ALWAYS,
    'content-security-policy': DATA_POLICY,
    ...(https ? { 'strict-transport-security': HSTS } : {}),
  }
}

/**
 * The policy of the app's pages. Book pages are blob: frames and inherit it: a script inside a book does not run, and a
 * book cannot reach the network. `storage` are origins of object storage that browsers upload to and download from.
 */
export function appPolicy(storage: readonly string[] = []): string {
  const data = ["'self'", ...storage].join(' ')
  return [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self' 'unsafe-inline' blob:",
    `img-src ${data} blob: data:`,
    `font-src ${data} blob: data:`,
    `media-src ${data} blob: data:`,
    `connect-src ${data}`,
    "worker-src 'self'",
    "manifest-src 'self'",
    'frame-src blob:',
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}
