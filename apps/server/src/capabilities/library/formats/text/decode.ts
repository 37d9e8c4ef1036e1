import { isUtf8 } from 'node:buffer'

export interface DecodedText {
  text: string
  /** WHATWG encoding label. */
  encoding: string
}

/**
 * Decodes XML or HTML: byte order mark, UTF-16 by shape, UTF-8 where valid (readers assume it, and no legacy text is so by
 * chance), then the declared encoding.
 */
export function decodeMarkup(bytes: Uint8Array): DecodedText {
  const unicode = byteOrderMark(bytes) ?? utf16Shape(bytes)
  if (unicode) return decodeAs(bytes, unicode)
  if (isUtf8(bytes)) return decodeAs(bytes, 'utf-8')
  const declared = declaredEncoding(bytes)
  // A document that can be read byte by byte up to its declaration is not UTF-16, whatever it declares.
  return decodeAs(bytes, declared && !/^utf-?16/i.test(declared) ? declared : 'utf-8')
}

/**
 * Decodes plain text, which declares nothing: byte order mark, UTF-16 by shape, UTF-8 where valid, then the legacy
 * encoding whose characters look like text: GB18030, Big5 or Windows-1252.
 */
export function decodePlainText(bytes: Uint8Array): DecodedText {
  const unicode = byteOrderMark(bytes) ?? utf16Shape(bytes)
  if (unicode) return decodeAs(bytes, unicode)
  if (isUtf8(bytes)) return decodeAs(bytes, 'utf-8')
  // One damaged byte in a long UTF-8 text must not turn the whole into another encoding.
  const utf8 = decodeAs(bytes, 'utf-8')
  if (replaced(utf8.text) < utf8.text.length / 1000) return utf8
  return decodeAs(bytes, legacyEncoding(bytes))
}

function decodeAs(bytes: Uint8Array, encoding: string): DecodedText {
  try {
    const decoder = new TextDecoder(encoding)
    return { text: decoder.decode(bytes), encoding: decoder.encoding }
  } catch {
    return { text: new TextDecoder().decode(bytes), encoding: 'utf-8' }
  }
}

function byteOrderMark(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8'
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  return undefined
}

/** UTF-16 without a mark: in European text and in markup every other byte is zero. */
function utf16Shape(bytes: Uint8Array): string | undefined {
  const sample = bytes.subarray(0, 1024 & ~1)
  let even = 0
  let odd = 0
  for (let i = 0; i + 1 < sample.length; i += 2) {
    if (sample[i] === 0) even++
    if (sample[i + 1] === 0) odd++
  }
  const pairs = sample.length / 2
  if (odd > pairs * 0.3 && even < pairs * 0.02) return 'utf-16le'
  if (even > pairs * 0.3 && odd < pairs * 0.02) return 'utf-16be'
  return undefined
}

/** The encoding named by an XML declaration or an HTML `meta` near the start. */
function declaredEncoding(bytes: Uint8Array): string | undefined {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 1024))
  const xml = /^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})["']/i.exec(head)
  if (xml) return xml[1]
  return /<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{1,40})/i.exec(head)?.[1]
}

function replaced(text: string): number {
  let count = 0
  for (let at = text.indexOf('\ufffd'); at >= 0; at = text.indexOf('\ufffd', at + 1)) count++
  return count
}

/** In GB18030 text both bytes of a common character are above 0xA0; in Big5 many second bytes are ASCII letters. */
function legacyEncoding(bytes: Uint8Array): string {
  const sample = bytes.subarray(0, 64 * 1024)
  let pairs = 0
  let lowTrails = 0
  let single = 0
  for (let i = 0; i < sample.length; i++) {
    if ((sample[i] ?? 0) < 0x80) continue
    const trail = sample[i + 1] ?? 0
    if (trail < 0x40) single++
    else {
      pairs++
      if (trail < 0x7f) lowTrails++
      i++
    }
  }
  if (pairs < single * 4 || !hanDense(sample)) return 'windows-1252'
  return lowTrails > pairs * 0.1 && decodes(sample, 'big5') ? 'big5' : 'gb18030'
}

/** European text in one byte per letter has a few accents between ASCII letters; Chinese has little ASCII. */
function hanDense(sample: Uint8Array): boolean {
  let high = 0
  let letters = 0
  for (const byte of sample) {
    if (byte >= 0x80) high++
    else if ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a) letters++
  }
  return high > letters * 0.5
}

function decodes(sample: Uint8Array, encoding: string): boolean {
  const text = new TextDecoder(encoding).decode(sample)
  return replaced(text) < text.length / 500
}
