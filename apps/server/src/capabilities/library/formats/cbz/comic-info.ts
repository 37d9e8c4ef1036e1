import { cleanDescription, cleanLanguage, cleanList, cleanText } from '../metadata/clean.ts'
import { toIdentifier, uniqueIdentifiers } from '../metadata/identifier.ts'
import { decodeMarkup } from '../text/decode.ts'
import type { BookAnalysis } from '../types.ts'
import { parseXml, XmlSyntaxError } from '../xml/parse-xml.ts'
import { childElement, plainText } from '../xml/query.ts'

export type ComicMetadata = Pick<
  BookAnalysis,
  'authors' | 'identifiers' | 'subjects' | 'language' | 'publisher' | 'published' | 'description' | 'series'
> & { title: string | undefined; rightToLeft: boolean }

const nothing: ComicMetadata = {
  title: undefined,
  authors: [],
  identifiers: [],
  subjects: [],
  rightToLeft: false,
}

/** Reads `ComicInfo.xml` (anansi-project schema 2.1). What cannot be read is nothing: a comic lives without it. */
export function readComicInfo(bytes: Uint8Array | undefined): ComicMetadata {
  if (!bytes) return nothing
  try {
    return parse(decodeMarkup(bytes).text)
  } catch (error) {
    if (error instanceof XmlSyntaxError) return nothing
    throw error
  }
}

function parse(text: string): ComicMetadata {
  const root = parseXml(text, { part: 'ComicInfo.xml', entities: 'html' })
  const field = (name: string) => cleanText(plainText(childElement(root, name)))
  const list = (name: string) => field(name)?.split(/[,;，、]/) ?? []
  const series = field('Series')
  const number = field('Number')
  const index = Number.parseFloat(number ?? '')
  return {
    title: field('Title') ?? (series && number ? `${series} ${number}` : series),
    authors: cleanList([...list('Writer'), ...list('Penciller')], 'name'),
    identifiers: uniqueIdentifiers([toIdentifier(field('GTIN') ?? '', 'isbn')]),
    subjects: cleanList([...list('Genre'), ...list('Tags')]),
    language: cleanLanguage(field('LanguageISO')),
    publisher: field('Publisher'),
    published: dateOf(field('Year'), field('Month'), field('Day')),
    description: cleanDescription(plainText(childElement(root, 'Summary'))),
    series: series ? { name: series, index: index >= 0 ? index : undefined } : undefined,
    rightToLeft: field('Manga') === 'YesAndRightToLeft',
  }
}

function dateOf(
  year: string | undefined,
  month: string | undefined,
  day: string | undefined,
): string | undefined {
  if (!year || !/^\d{4}$/.test(year)) return undefined
  const parts = [month, day].map((part) =>
    part && /^\d{1,2}$/.test(part) && part !== '0' ? part.padStart(2, '0') : undefined,
  )
  if (!parts[0]) return year
  return parts[1] ? `${year}-${parts[0]}-${parts[1]}` : `${year}-${parts[0]}`
}
