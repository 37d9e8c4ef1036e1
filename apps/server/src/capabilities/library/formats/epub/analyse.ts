import { cleanText, titleFromName } from '../metadata/clean.ts'
import { sectionCfi } from '../segment/cfi.ts'
import { countTextCharacters } from '../text/count.ts'
import { detectLanguage } from '../text/language.ts'
import type { BookAnalysis, BookSection, BookWarning, TocItem } from '../types.ts'
import type { ZipArchive } from '../zip/archive.ts'
import { type EpubBook, type EpubSection, openEpub, readMarkup } from './book.ts'
import { readCover } from './cover.ts'
import { hrefOf } from './href.ts'
import { readMetadata } from './metadata.ts'
import { type RawTocItem, readToc } from './toc.ts'
import { isVertical, readVerticalRules, type VerticalRules } from './vertical.ts'

/** Reads every chapter once, so that a damaged one is known now and not when it is turned to. */
export async function analyseEpub(archive: ZipArchive, name: string): Promise<BookAnalysis> {
  const book = await openEpub(archive)
  const { title, coverId, verticalWriting, ...metadata } = readMetadata(book.pkg)
  const warnings = containerWarnings(book, title)
  const rawToc = await readToc(archive, book.pkg)
  if (rawToc.length === 0) warnings.push({ code: 'toc_missing', params: {} })
  const scan = await scanSections(book, warnings)
  const toc = bindToc(rawToc, book)
  nameSections(scan.sections, toc)
  const cover = await readCover(book, coverId, warnings)
  for await (const { entry } of archive.verifyRest()) {
    warnings.push({ code: 'resource_damaged', params: { part: entry.name } })
  }
  const vertical = verticalWriting || scan.vertical
  return {
    format: 'epub',
    mediaType: 'application/epub+zip',
    opens: 'original',
    ...metadata,
    title: title ?? titleFromName(name),
    language: metadata.language ?? detectLanguage(scan.sample),
    direction: directionOf(book.pkg.progression, vertical, metadata.language),
    verticalWriting: vertical,
    cover,
    toc,
    sections: scan.sections,
    characters: scan.sections.reduce((sum, section) => sum + section.characters, 0),
    warnings,
  }
}

/** What the package says; where it leaves the choice, as the script is read. */
function directionOf(
  progression: 'ltr' | 'rtl' | 'default',
  vertical: boolean,
  language: string | undefined,
): 'ltr' | 'rtl' {
  if (progression !== 'default') return progression
  return vertical || /^(ar|he|fa|ur|yi|ug|ps)\b/.test(language ?? '') ? 'rtl' : 'ltr'
}

function containerWarnings({ archive, sections }: EpubBook, title: string | undefined): BookWarning[] {
  const warnings: BookWarning[] = []
  const warn = (code: BookWarning['code'], params: BookWarning['params'] = {}) =>
    warnings.push({ code, params })
  if (!archive.find('mimetype')) warn('mimetype_missing')
  if (archive.trailingBytes > 0) warn('trailing_bytes', { bytes: archive.trailingBytes })
  if (!title) warn('metadata_missing', { field: 'title' })
  for (const section of sections) if (!section.entry) warn('resource_missing', { part: section.content.path })
  return warnings
}

interface Scan {
  sections: BookSection[]
  /** Text from the book's middle, for telling its language. */
  sample: string
  vertical: boolean
}

/** Sections whose setting decides whether the book is vertical: enough to get past cover and title page. */
const verticalSample = 12

async function scanSections(book: EpubBook, warnings: BookWarning[]): Promise<Scan> {
  const rules = await verticalRules(book)
  const sections: BookSection[] = []
  let sample = ''
  let vertical = 0
  for (const section of book.sections) {
    const markup = await readMarkup(book, section)
    const text = markup?.text ?? ''
    if (markup && markup.encoding !== 'utf-8') {
      warnings.push({
        code: 'section_not_utf8',
        params: { part: section.content.path, encoding: markup.encoding },
      })
    }
    if (section.index < verticalSample && isVertical(text, rules)) vertical++
    if (sample.length < 20_000) sample += text.slice(0, 10_000).replace(/<[^>]{0,1000}>/g, ' ')
    sections.push(toSection(section, countTextCharacters(text)))
  }
  return { sections, sample, vertical: vertical > Math.min(verticalSample, sections.length) / 3 }
}

function toSection({ index, content, entry, spine }: EpubSection, characters: number): BookSection {
  return { index, href: content.path, bytes: entry?.size ?? 0, characters, linear: spine.linear }
}

async function verticalRules({ archive, pkg }: EpubBook): Promise<VerticalRules> {
  const rules: VerticalRules = { root: false, classes: new Set() }
  for (const item of pkg.manifest.filter((each) => each.mediaType === 'text/css').slice(0, 20)) {
    const css = await archive.readIfSound(item.path, 1024 * 1024)
    if (css) readVerticalRules(new TextDecoder().decode(css), rules)
  }
  return rules
}

/** Ties each entry to its section; one that leads outside the reading order keeps its title and its children. */
function bindToc(items: readonly RawTocItem[], book: EpubBook): TocItem[] {
  const byPath = new Map(
    book.sections.toReversed().map((section) => [section.spine.item.path, section] as const),
  )
  const bind = ({ title, target, children }: RawTocItem): TocItem => {
    const section = target && byPath.get(target.path)
    if (!section) return { title, children: children.map(bind) }
    return {
      title,
      href: hrefOf(target),
      locator: {
        type: 'epub',
        cfi: sectionCfi(section.spine.steps),
        sectionIndex: section.index,
        fraction: section.start,
      },
      children: children.map(bind),
    }
  }
  return items.map(bind)
}

/** A section is called what the first entry that leads to it is called. */
function nameSections(sections: BookSection[], toc: readonly TocItem[]): void {
  for (const { title, locator, children } of toc) {
    const section = locator?.type === 'epub' ? sections[locator.sectionIndex ?? -1] : undefined
    if (section && !section.title) section.title = cleanText(title, 'title')
    nameSections(sections, children)
  }
}
