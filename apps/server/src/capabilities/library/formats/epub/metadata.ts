import { cleanDescription, cleanLanguage, cleanList, cleanText } from '../metadata/clean.ts'
import { toIdentifier, uniqueIdentifiers } from '../metadata/identifier.ts'
import type { BookAnalysis } from '../types.ts'
import { descendants, textContent } from '../xml/query.ts'
import type { XmlElement } from '../xml/tree.ts'
import type { EpubPackage } from './package.ts'

export type EpubMetadata = Pick<
  BookAnalysis,
  | 'authors'
  | 'identifiers'
  | 'subjects'
  | 'subtitle'
  | 'language'
  | 'publisher'
  | 'published'
  | 'description'
  | 'series'
> & {
  title?: string
  fixedLayout: boolean
  /** Kindle's `primary-writing-mode`. */
  verticalWriting: boolean
  /** Manifest id named by `<meta name="cover">`. */
  coverId?: string
}

/** Reads Dublin Core, EPUB 3 `meta` with refinements, EPUB 2 `opf:` attributes and calibre's own names. Never throws. */
export function readMetadata(pkg: EpubPackage): EpubMetadata {
  const elements = pkg.metadata ? [...descendants(pkg.metadata)] : []
  const metas = new Metas(elements)
  const dc = (name: string) => elements.filter((element) => element.nodeName === name)
  const { title, subtitle } = titlesOf(dc('title'), metas)
  const ownFirst = dc('identifier').toSorted((a, b) => Number(isOwn(b, pkg)) - Number(isOwn(a, pkg)))
  return {
    title,
    subtitle,
    authors: authorsOf(dc('creator'), metas),
    language: cleanLanguage(text(dc('language')[0])),
    identifiers: uniqueIdentifiers(
      ownFirst.map((id) =>
        toIdentifier(text(id), id.getAttribute('opf:scheme') ?? metas.refined(id, 'identifier-type')),
      ),
    ).slice(0, 20),
    publisher: cleanText(text(dc('publisher')[0])),
    published: publishedOf(dc('date')),
    description: cleanDescription(text(dc('description')[0])),
    subjects: cleanList(dc('subject').map(text), 'other', 50),
    series: seriesOf(metas),
    fixedLayout:
      metas.property('rendition:layout') === 'pre-paginated' || metas.named('fixed-layout') === 'true',
    verticalWriting: /^vertical/.test(metas.named('primary-writing-mode') ?? ''),
    coverId: metas.named('cover'),
  }
}

/** The `meta` elements, by the ways they are looked up. */
class Metas {
  readonly #all: readonly XmlElement[]

  constructor(elements: readonly XmlElement[]) {
    this.#all = elements.filter((element) => element.nodeName === 'meta')
  }

  /** EPUB 2: `<meta name="…" content="…"/>`. */
  named(name: string): string | undefined {
    return this.#all.find((meta) => meta.getAttribute('name') === name)?.getAttribute('content') ?? undefined
  }

  /** EPUB 3: `<meta property="…">…</meta>` about the book. */
  property(name: string): string | undefined {
    return this.properties(name).map(text)[0]
  }

  properties(name: string): XmlElement[] {
    return this.#all.filter((meta) => meta.getAttribute('property') === name && !meta.getAttribute('refines'))
  }

  /** EPUB 3: what a `meta` says about `element`. */
  refined(element: XmlElement, property: string): string | undefined {
    const id = element.getAttribute('id')
    if (!id) return undefined
    const about = (meta: XmlElement) => meta.getAttribute('refines')?.replace(/^#/, '') === id
    return this.#all.filter((meta) => meta.getAttribute('property') === property && about(meta)).map(text)[0]
  }
}

function titlesOf(titles: readonly XmlElement[], metas: Metas): { title?: string; subtitle?: string } {
  const ofType = (type: string) => titles.find((title) => metas.refined(title, 'title-type') === type)
  const main = ofType('main') ?? titles.find((title) => cleanText(text(title)))
  const subtitle = ofType('subtitle')
  return {
    title: cleanText(text(main), 'title'),
    subtitle: subtitle === main ? undefined : cleanText(text(subtitle), 'title'),
  }
}

/** Creators whose role is author or not told; all creators where that leaves nobody. */
function authorsOf(creators: readonly XmlElement[], metas: Metas): string[] {
  const role = (creator: XmlElement) => creator.getAttribute('opf:role') ?? metas.refined(creator, 'role')
  const authors = creators.filter((creator) => /^(aut)?$/.test(role(creator) ?? ''))
  return cleanList((authors.length > 0 ? authors : creators).map(text), 'name')
}

/** EPUB 2 dates tell their event; a modification date is not when the book came out. */
function publishedOf(dates: readonly XmlElement[]): string | undefined {
  const event = (date: XmlElement) => date.getAttribute('opf:event')
  const date =
    dates.find((each) => event(each) === 'publication') ??
    dates.find((each) => event(each) !== 'modification')
  const value = cleanText(text(date))?.slice(0, 40)
  // calibre writes year 101 for "not known".
  return value?.startsWith('0101-') ? undefined : value?.replace(/T00:00:00.*$/, '')
}

function seriesOf(metas: Metas): { name: string; index?: number } | undefined {
  for (const collection of metas.properties('belongs-to-collection')) {
    const name = cleanText(text(collection))
    if (!name || metas.refined(collection, 'collection-type') === 'set') continue
    return { name, index: toIndex(metas.refined(collection, 'group-position')) }
  }
  const name = cleanText(metas.named('calibre:series'))
  return name ? { name, index: toIndex(metas.named('calibre:series_index')) } : undefined
}

function toIndex(value: string | undefined): number | undefined {
  const index = Number.parseFloat(value ?? '')
  return index >= 0 && index <= 100_000 ? index : undefined
}

function isOwn(identifier: XmlElement, pkg: EpubPackage): boolean {
  return pkg.identifierId !== undefined && identifier.getAttribute('id') === pkg.identifierId
}

function text(element: XmlElement | undefined): string {
  return element ? textContent(element) : ''
}
