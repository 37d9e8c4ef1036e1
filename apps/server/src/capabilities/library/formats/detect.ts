import { FileDrmError, FileNotABookError, FileTruncatedError, FileUnsupportedError } from './errors.ts'
import type { ByteSource } from './source.ts'
import { decodePlainText } from './text/decode.ts'
import { looksLikeMarkdown, looksLikeText } from './text/shape.ts'
import { ZipArchive } from './zip/archive.ts'
import { detectArchive } from './zip/detect-archive.ts'

/** The format, with the container already open where it is one. */
export type Detected =
  | { format: 'epub' | 'cbz'; archive: ZipArchive }
  | { format: 'fb2'; archive?: ZipArchive }
  | { format: 'pdf' | 'mobi' | 'azw3' | 'txt' | 'markdown' | 'html' }

type TextFormat = 'fb2' | 'txt' | 'markdown' | 'html'

const headLength = 4096
const zipMagic = ['PK\x03\x04', 'PK\x05\x06', 'PK\x07\x08']

/**
 * Finds the real format in the content; the name only decides between plain text and Markdown, which share their
 * content. Throws `FileNotABookError`, `FileUnsupportedError`, `FileDrmError`, or what is wrong with the container.
 */
export async function detect(source: ByteSource, name: string): Promise<Detected> {
  const head = await source.read(0, headLength)
  const magic = Buffer.from(head.buffer, head.byteOffset, head.length).toString('latin1')
  if (zipMagic.some((start) => magic.startsWith(start))) {
    const archive = await ZipArchive.open(source)
    return { format: await detectArchive(archive), archive }
  }
  // ISO 32000 asks for the header in the first bytes; readers accept it within the first 1,024.
  if (magic.slice(0, 1024).includes('%PDF-')) return { format: 'pdf' }
  if (magic.slice(60, 68) === 'BOOKMOBI') return { format: await detectMobi(source) }
  refuseKnown(magic)
  return { format: detectText(source, head, name) }
}

type Signature = readonly [offset: number, bytes: string, name: string]

/** Files people take for books that are not read. */
const unsupported: readonly Signature[] = [
  [60, 'TEXtREAd', 'palmdoc'],
  [0, 'TPZ', 'topaz'],
  [0, 'CONT\x02', 'kfx'],
  [0, 'Rar!\x1a', 'rar'],
  [0, '7z\xbc\xaf\x27\x1c', '7z'],
  [0, 'ITSF', 'chm'],
  [0, 'AT&TFORM', 'djvu'],
  [0, 'ITOLITLS', 'lit'],
  [0, '{\\rtf', 'rtf'],
  [0, '\xd0\xcf\x11\xe0', 'doc'],
  [0, '%!PS', 'postscript'],
  [0, '\x1f\x8b', 'gzip'],
]

const other: readonly Signature[] = [
  [0, '\x89PNG', 'png'],
  [0, '\xff\xd8\xff', 'jpeg'],
  [0, 'GIF8', 'gif'],
  [8, 'WEBP', 'webp'],
  [0, 'ID3', 'audio'],
  [0, 'OggS', 'audio'],
  [0, 'fLaC', 'audio'],
  [8, 'WAVE', 'audio'],
  [4, 'ftyp', 'video'],
  [0, 'MZ', 'program'],
  [0, '\x7fELF', 'program'],
  [0, '\xcf\xfa\xed\xfe', 'program'],
]

function refuseKnown(magic: string): void {
  if (magic.startsWith('\xeaDRMION\xee')) throw new FileDrmError({ scheme: 'kindle' })
  const matches = ([offset, bytes]: Signature) => magic.startsWith(bytes, offset)
  const feature = unsupported.find(matches)?.[2]
  if (feature) throw new FileUnsupportedError({ feature })
  const found = other.find(matches)?.[2]
  // Text may begin with the two letters of a program; a program is full of zero bytes.
  if (found && magic.includes('\0')) throw new FileNotABookError({ found })
}

/** MOBI header version 8 is KF8 (AZW3). A file with both versions begins with the old one and is called MOBI. */
async function detectMobi(source: ByteSource): Promise<'mobi' | 'azw3'> {
  const head = Buffer.from(await source.read(0, 86))
  if (head.length < 86) throw new FileTruncatedError()
  const record = Buffer.from(await source.read(head.readUInt32BE(78), 40))
  if (record.length < 40) throw new FileTruncatedError()
  return record.readUInt32BE(36) >= 8 ? 'azw3' : 'mobi'
}

function detectText(source: ByteSource, head: Uint8Array, name: string): TextFormat {
  // An even cut keeps UTF-16 whole; a character cut in two at the end is no reason to refuse.
  const { text } = decodePlainText(trimPartial(head, source.size))
  const start = text.trimStart()
  if (start.startsWith('<')) return detectMarkup(start)
  if (!looksLikeText(text)) throw new FileNotABookError()
  if (/^\{[\s\S]*"(encryption|provider)"[\s\S]*readium\.org/.test(start))
    throw new FileDrmError({ scheme: 'lcp' })
  if (/\.(md|markdown|mkd)$/i.test(name)) return 'markdown'
  if (/\.(txt|text)$/i.test(name)) return 'txt'
  return looksLikeMarkdown(text) ? 'markdown' : 'txt'
}

function trimPartial(head: Uint8Array, size: number): Uint8Array {
  if (head.length >= size) return head
  const newline = head.lastIndexOf(0x0a)
  return newline > head.length / 2 ? head.subarray(0, newline & ~1) : head
}

function detectMarkup(text: string): TextFormat {
  const root = /<([A-Za-z][\w:.-]*)/.exec(skipProlog(text))?.[1]?.replace(/^.*:/, '')
  if (root === 'FictionBook') return 'fb2'
  if (root === 'fulfillmentToken') throw new FileDrmError({ scheme: 'adept' })
  if (/^<!doctype\s+html/i.test(skipProlog(text, true)) || /^(html|head|body|title|meta)$/i.test(root ?? ''))
    return 'html'
  if (text.startsWith('<?xml')) throw new FileNotABookError({ found: root ?? 'xml' })
  if (/^(svg|rss|feed|plist)$/i.test(root ?? '')) throw new FileNotABookError({ found: root ?? 'xml' })
  return 'html'
}

/** `text` without XML declaration, comments, processing instructions and (unless kept) the document type. */
function skipProlog(text: string, keepDoctype = false): string {
  let rest = text
  for (;;) {
    rest = rest.trimStart()
    const end = rest.startsWith('<!--') ? '-->' : rest.startsWith('<?') ? '?>' : undefined
    const doctype = !keepDoctype && /^<!doctype/i.test(rest)
    if (end === undefined && !doctype) return rest
    const at = rest.indexOf(end ?? '>')
    if (at < 0) return rest
    rest = rest.slice(at + (end ?? '>').length)
  }
}
