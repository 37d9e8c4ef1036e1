import { OutboundError } from './errors.ts'

export interface Hop {
  readonly url: URL
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array | undefined
}

const REDIRECTS = [301, 302, 303, 307, 308]
/** What another server may learn of a request; anything else could be a secret. */
const PUBLIC_HEADERS = ['accept', 'accept-language', 'content-type', 'user-agent']

/**
 * The request that follows a redirect (RFC 9110 §15.4), `undefined` when the answer is none.
 * @throws OutboundError when it leads from https to http or nowhere
 */
export function nextHop(from: Hop, status: number, location: string | null): Hop | undefined {
  if (!REDIRECTS.includes(status) || location === null) return undefined
  if (!URL.canParse(location, from.url.href)) throw redirectRefused('it leads to no address')
  const url = new URL(location, from.url)
  if (from.url.protocol === 'https:' && url.protocol !== 'https:') throw redirectRefused('it leaves https')
  const becomesGet =
    (status === 303 && from.method !== 'HEAD') ||
    ((status === 301 || status === 302) && from.method === 'POST')
  const sameOrigin = url.origin === from.url.origin
  const kept = Object.entries(from.headers).filter(
    ([name]) =>
      (sameOrigin || PUBLIC_HEADERS.includes(name.toLowerCase())) &&
      !(becomesGet && name.toLowerCase().startsWith('content-')),
  )
  return {
    url,
    method: becomesGet ? 'GET' : from.method,
    headers: Object.fromEntries(kept),
    body: becomesGet ? undefined : from.body,
  }
}

export const redirectRefused = (why: string): OutboundError =>
  new OutboundError('outbound.redirect_refused', `The redirect was not followed: ${why}.`)
