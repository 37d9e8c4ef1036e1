/**
 * Text of an XML, HTML or CSS file: byte order mark, UTF-16 by its zero bytes, the declared encoding, else UTF-8. The same
 * order as the server's, so that both read the same characters.
 */
export function decodeMarkup(bytes: Uint8Array): string {
  const encoding = byteOrderMark(bytes) ?? utf16Shape(bytes) ?? declared(bytes) ?? 'utf-8'
  // White space before the declaration is an error that every reading system forgives.
  return decode(bytes, encoding).replace(/^\s+(?=<)/u, '')
}

function decode(bytes: Uint8Array, encoding: string): string {
  try {
    return new TextDecoder(encoding).decode(bytes)
  } catch {
    return new TextDecoder().decode(bytes)
  }
}

function byteOrderMark([a, b, c]: Uint8Array): string | undefined {
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8'
  if (a === 0xff && b === 0xfe) return 'utf-16le'
  if (a === 0xfe && b === 0xff) return 'utf-16be'
  return undefined
}

function utf16Shape([a, b, c, d]: Uint8Array): string | undefined {
  if (a === 0x3c && b === 0 && c !== 0 && d === 0) return 'utf-16le'
  if (a === 0 && b === 0x3c && c === 0 && d !== 0) return 'utf-16be'
  return undefined
}

/** A file whose declaration can be read byte by byte is not UTF-16, whatever it says. */
function declared(bytes: Uint8Array): string | undefined {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 1024))
  const name =
    /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([\w.-]+)["']/iu.exec(head)?.[1] ??
    /<meta[^>]*?charset\s*=\s*["']?([\w.-]+)/iu.exec(head)?.[1] ??
    /^@charset "([\w.-]+)";/u.exec(head)?.[1]
  return name !== undefined && !/^utf-?16/iu.test(name) ? name : undefined
}
