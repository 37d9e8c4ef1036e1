import type { Connection } from '../../../platform/http/operation.ts'
import { cookieName, isSameOrigin, REFRESH_COOKIE } from '../rules/cookie.ts'

/** A refresh token as it came: from the body, or from a cookie that one of our own pages sent. */
export interface GivenToken {
  readonly token: string
  readonly from: 'body' | 'cookie'
}

/** The body wins. A cookie on a request that is not from our own pages does not count. */
export function givenToken(connection: Connection, inBody: string | undefined): GivenToken | undefined {
  if (inBody !== undefined) return { token: inBody, from: 'body' }
  const cookie = cookieToken(connection)
  return cookie !== undefined && isSameOrigin(connection) ? { token: cookie, from: 'cookie' } : undefined
}

/**
 * The token in the cookie, wherever the request comes from: for addresses that the browser opens as a page. `SameSite=Strict`
 * keeps it from being sent when another site opened them.
 */
export function cookieToken(connection: Connection): string | undefined {
  return connection.cookies[cookieName(REFRESH_COOKIE, connection)] || undefined
}
