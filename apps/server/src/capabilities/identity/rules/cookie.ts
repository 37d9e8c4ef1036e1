const LOOPBACK = /^(localhost|[\w-]+\.localhost|127(\.\d+){3}|\[::1\])$/
/** Browsers that call themselves Safari, too. */
const NOT_SAFARI = /\b(?:Chrome|Chromium|HeadlessChrome|Edg|Android)\b/

export function isLoopbackOrHttps(baseUrl: string): boolean {
  const { protocol, hostname } = new URL(baseUrl)
  return protocol === 'https:' || LOOPBACK.test(hostname)
}

/** Where a cookie is set: under which address, in which browser. */
export interface CookiePlace {
  readonly baseUrl: string
  readonly userAgent: string
}

/** Whether the browser keeps `Secure` cookies there: over https, and, except Safari, from a loopback host over http. */
export function keepsSecureCookies({ baseUrl, userAgent }: CookiePlace): boolean {
  if (baseUrl.startsWith('https:')) return true
  const safari = /\bSafari\//.test(userAgent) && !NOT_SAFARI.test(userAgent)
  return isLoopbackOrHttps(baseUrl) && !safari
}

export interface CookieUse {
  /** `rt`, `oidc` */
  readonly name: string
  /** Strict: sent by our own pages only. Lax: also when another site sends the browser here. */
  readonly sameSite: 'Strict' | 'Lax'
}

export const REFRESH_COOKIE: CookieUse = { name: 'rt', sameSite: 'Strict' }
export const PROVIDER_COOKIE: CookieUse = { name: 'oidc', sameSite: 'Lax' }

/**
 * `__Host-stoa_rt`, bound to this host over a secure connection. On plain http in a local network browsers drop `Secure`
 * cookies, so there it is `stoa_rt` without that protection: whoever listens on that network reads everything anyway.
 */
export function cookieName(use: CookieUse, place: CookiePlace): string {
  return keepsSecureCookies(place) ? `__Host-stoa_${use.name}` : `stoa_${use.name}`
}

/** A `Set-Cookie` value (RFC 6265bis §4.1). `maxAgeSeconds` 0 deletes it. */
export function setCookie(use: CookieUse, place: CookiePlace, value: string, maxAgeSeconds: number): string {
  const secure = keepsSecureCookies(place) ? '; Secure' : ''
  const age = `Max-Age=${Math.max(0, Math.floor(maxAgeSeconds))}`
  return `${cookieName(use, place)}=${value}; Path=/; ${age}; HttpOnly; SameSite=${use.sameSite}${secure}`
}

export interface RequestOrigin {
  readonly origin: string | undefined
  readonly fetchSite?: string | undefined
  readonly baseUrl: string
}

/**
 * Whether one of our own pages made the request; only then a cookie counts. `Sec-Fetch-Site` is set by the browser and
 * cannot be forged by a page; where it is missing (plain http in a local network), `Origin` must be our own.
 */
export function isSameOrigin({ origin, fetchSite, baseUrl }: RequestOrigin): boolean {
  if (fetchSite !== undefined) return fetchSite === 'same-origin'
  return origin !== undefined && origin === new URL(baseUrl).origin
}
