/** Where a link in a document may lead. */

const WEB = /^(?:https?:\/\/[^\s/]|mailto:[^\s])/i
/** A place of this server; `//host` would be another one. */
const OWN = /^(?:\/(?![/\\])|#)/
const CONTROLS = /\p{Cc}/gu
const MAX_LENGTH = 2_000

/**
 * The address as it may stand in a document, or `undefined` for one that must not: `http`, `https`, `mailto`, and places of
 * this server (`/…`, `#…`) stay. Control characters are dropped, as browsers drop them; spaces, brackets and quotes are
 * percent-encoded, so that the address stands in Markdown and HTML as it is.
 */
export function safeHref(href: unknown): string | undefined {
  if (typeof href !== 'string' || href.length > MAX_LENGTH) return undefined
  const clean = href.replace(CONTROLS, '').trim()
  if (!WEB.test(clean) && !OWN.test(clean)) return undefined
  return clean.toWellFormed().replace(/[\s<>()"'`\\|[\]{}^*_~$]/gu, encode)
}

const encode = (char: string): string => {
  const encoded = encodeURIComponent(char)
  return encoded === char ? `%${char.charCodeAt(0).toString(16).toUpperCase()}` : encoded
}
