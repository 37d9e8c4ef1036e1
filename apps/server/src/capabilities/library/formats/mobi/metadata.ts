import { cleanDescription, cleanLanguage, cleanList, cleanText } from '../metadata/clean.ts'
import { toIdentifier, toIsbn13, uniqueIdentifiers } from '../metadata/identifier.ts'
import type { BookAnalysis, BookCover } from '../types.ts'
import { htmlEntity } from '../xml/entities.ts'
import type { MobiBook } from './book.ts'
import { exthTypes } from './exth.ts'
import type { MobiHeader } from './header.ts'

export type MobiMetadata = Pick<
  BookAnalysis,
  | 'authors'
  | 'identifiers'
  | 'subjects'
  | 'language'
  | 'publisher'
  | 'published'
  | 'description'
  | 'direction'
  | 'verticalWriting'
  | 'fixedLayout'
> & { title?: string | undefined }

export function readMetadata(header: MobiHeader): MobiMetadata {
  const decoder = new TextDecoder(header.encoding)
  const all = (type: number) =>
    (header.exth.get(type) ?? []).map((bytes) => decodeReferences(decoder.decode(bytes)))
  const first = (type: number) => all(type)[0]
  const vertical = /^vertical/.test(first(exthTypes.writingMode) ?? '')
  const isbn = toIsbn13(first(exthTypes.isbn) ?? '')
  return {
    title: cleanText(first(exthTypes.title) ?? decodeReferences(header.title), 'title'),
    authors: cleanList(
      all(exthTypes.author).flatMap((name) => name.split(' & ')),
      'name',
    ),
    language: cleanLanguage(first(exthTypes.language)) ?? header.language,
    identifiers: uniqueIdentifiers([
      isbn ? { scheme: 'isbn', value: isbn } : undefined,
      toIdentifier(first(exthTypes.asin) ?? ''),
    ]),
    publisher: cleanText(first(exthTypes.publisher)),
    published: cleanText(first(exthTypes.date))
      ?.slice(0, 40)
      .replace(/T00:00:00.*$/, ''),
    description: cleanDescription(first(exthTypes.description)),
    subjects: cleanList(all(exthTypes.subject).flatMap((subject) => subject.split(';'))),
    direction: first(exthTypes.pageProgression) === 'rtl' || vertical ? 'rtl' : 'ltr',
    verticalWriting: vertical,
    fixedLayout: first(exthTypes.fixedLayout) === 'true',
  }
}

/** Titles and names are stored with their HTML references. */
function decodeReferences(text: string): string {
  return text
    .replaceAll('\0', '')
    .replace(/&(#\d{1,7}|#x[\da-f]{1,6}|\w{2,31});/gi, (whole, name: string) => {
      if (!name.startsWith('#')) return htmlEntity(name) ?? whole
      const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1))
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole
    })
}

/** The cover that EXTH names, else its thumbnail. */
export async function readCover(book: MobiBook): Promise<BookCover | undefined> {
  for (const type of [exthTypes.coverOffset, exthTypes.thumbnailOffset]) {
    const bytes = book.header.exth.get(type)?.[0]
    const number = bytes && bytes.length >= 4 ? bytes.readUInt32BE(0) : 0xffffffff
    if (number === 0xffffffff) continue
    const picture = await book.picture(number).catch(() => undefined)
    const mediaType = picture && typeOf(picture)
    if (mediaType) return { bytes: new Uint8Array(picture), mediaType }
  }
  return undefined
}

function typeOf(bytes: Buffer): string | undefined {
  const magic = bytes.toString('latin1', 0, 12)
  if (magic.startsWith('\xff\xd8\xff')) return 'image/jpeg'
  if (magic.startsWith('\x89PNG')) return 'image/png'
  if (magic.startsWith('GIF8')) return 'image/gif'
  return magic.startsWith('RIFF') && magic.endsWith('WEBP') ? 'image/webp' : undefined
}
