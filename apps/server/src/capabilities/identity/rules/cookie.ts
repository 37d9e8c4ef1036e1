const LOOPBACK = /^(localhost|[\w-]+\.localhost|127(\.\d+){3}|\[::1\])$/

/** Whether browsers keep `Secure` cookies from here: https, or a loopback host over plain http. */
export function keepsSecureCookies(baseUrl: string): boolean {
  const { protocol, hostname } = new URL(baseUrl)
  return protocol === 'https:' || LOOPBACK.test(hostname)
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
export function cookieName(use: CookieUse, baseUrl: string): string {
  return keepsSecureCookies(baseUrl) ? `__Host-stoa_${use.name}` : `stoa_${use.name}`
}

/** A `Set-Cookie` value (RFC 6265bis §4.1). `maxAgeSeconds` 0 deletes it. */
export function setCookie(use: CookieUse, baseUrl: string, value: string, maxAgeSeconds: number): string {
  const secure = keepsSecureCookies(baseUrl) ? '; Secure' : ''
  const age = `Max-Age=${Math.max(0, Math.floor(maxAgeSeconds))}`
  return `${cookieName(use, baseUrl)}=${value}; Path=/; ${age}; HttpOnly; SameSite=${use.sameSite}${secure}`
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
