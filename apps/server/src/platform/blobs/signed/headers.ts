import type { ByteRange } from '../blobs.ts'

const PASSIVE =
  /^(?:image\/(?!svg)|audio\/|video\/|font\/|application\/pdf$|application\/json$|text\/plain(?:;|$))/

/**
 * `Content-Disposition` (RFC 6266) with the name in plain ASCII and, when that loses something, in UTF-8 (RFC 8187).
 * Without a name, types that a browser would run or render as a page are still sent as attachments.
 */
export function contentDisposition(contentType: string, downloadName: string | undefined): string {
  if (downloadName === undefined) return PASSIVE.test(contentType) ? 'inline' : 'attachment'
  const name = safeFileName(downloadName)
  const ascii = name.replace(/[^\x20-\x7e]/gu, '_').replace(/["\\%]/g, '_')
  const extended = ascii === name ? '' : `; filename*=UTF-8''${encodeExtValue(name)}`
  return `attachment; filename="${ascii}"${extended}`
}

/** The name without folders, control characters, bidirectional overrides and leading dots; never empty. */
function safeFileName(name: string): string {
  const clean = name
    .toWellFormed()
    .replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '')
    .replace(/[/\\:*?"<>|]/g, '_')
    .replace(/^[.\s]+|[.\s]+$/g, '')
  return [...clean].slice(0, 200).join('') || 'download'
}

/** Percent-encoding of everything outside `attr-char` (RFC 8187 §3.2.1). */
function encodeExtValue(text: string): string {
  return encodeURIComponent(text).replace(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

/** Headers of every stored file that we serve ourselves: it can be shown or saved, but never runs in our origin. */
export function contentHeaders(
  contentType: string,
  downloadName: string | undefined,
): Record<string, string> {
  return {
    'content-type': contentType,
    'content-disposition': contentDisposition(contentType, downloadName),
    'x-content-type-options': 'nosniff',
    'content-security-policy': "sandbox; default-src 'none'",
    'cross-origin-resource-policy': 'same-origin',
    'accept-ranges': 'bytes',
  }
}

/** Whether `If-None-Match` names `etag` (RFC 9110 §13.1.2, weak comparison). */
export function matchesEtag(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false
  if (header.trim() === '*') return true
  return header.split(',').some((one) => one.trim().replace(/^W\//, '') === etag)
}

/**
 * The part asked for by a `Range` header (RFC 9110 §14.2). `undefined`: send everything (no header, another unit,
 * several ranges, or nonsense). `unsatisfiable`: it starts past the end.
 */
export function parseRange(
  header: string | undefined,
  size: number,
): ByteRange | 'unsatisfiable' | undefined {
  const match = /^bytes=(?:(\d{1,15})-(\d{0,15})|-(\d{1,15}))$/.exec(header?.replace(/\s/g, '') ?? '')
  if (!match) return undefined
  const [, first, last, suffix] = match
  if (first === undefined) {
    const length = Math.min(Number(suffix), size)
    return length === 0 ? 'unsatisfiable' : { start: size - length, end: size - 1 }
  }
  const start = Number(first)
  if (last !== '' && Number(last) < start) return undefined
  if (start >= size) return 'unsatisfiable'
  return { start, end: last === '' ? size - 1 : Math.min(Number(last), size - 1) }
}
