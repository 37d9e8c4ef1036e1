import { titleFromName } from '../metadata/clean.ts'
import { sectionCfi } from '../segment/cfi.ts'
import type { ByteSource } from '../source.ts'
import { detectLanguage } from '../text/language.ts'
import type { BookAnalysis, BookSection, BookWarning, TocItem } from '../types.ts'
import { plainText } from '../xml/query.ts'
import { openMobi } from './book.ts'
import { readCover, readMetadata } from './metadata.ts'
import { spineSteps, weigh } from './spine.ts'
import type { MobiTocItem } from './types.ts'

/** The analysis of a MOBI or AZW3 book; all of its text is unpacked, so damage shows now. */
export async function analyseMobi(
  source: ByteSource,
  format: 'mobi' | 'azw3',
  name: string,
): Promise<BookAnalysis> {
  const book = await openMobi(source)
  const { title, ...metadata } = readMetadata(book.header)
  const places = weigh(book.sections)
  const toc = bindToc(book.toc, places)
  const texts = book.sections.map((section) => {
    const root = section.parse()
    return root ? (plainText(root) ?? '') : ''
  })
  const sections = book.sections.map(
    ({ bytes, linear }, index): BookSection => ({
      index,
      href: '',
      bytes,
      linear,
      characters: texts[index]?.length ?? 0,
    }),
  )
  nameSections(sections, toc)
  return {
    format,
    mediaType: format === 'mobi' ? 'application/x-mobipocket-ebook' : 'application/vnd.amazon.mobi8-ebook',
    opens: 'original',
    ...metadata,
    title: title ?? titleFromName(name),
    language: metadata.language ?? detectLanguage(texts.join(' ').slice(0, 20_000)),
    cover: await readCover(book),
    toc,
    sections,
    characters: sections.reduce((sum, { characters }) => sum + characters, 0),
    warnings: warningsOf(title, toc),
  }
}

function warningsOf(title: string | undefined, toc: readonly TocItem[]): BookWarning[] {
  const warnings: BookWarning[] = []
  if (!title) warnings.push({ code: 'metadata_missing', params: { field: 'title' } })
  if (toc.length === 0) warnings.push({ code: 'toc_missing', params: {} })
  return warnings
}

function bindToc(items: readonly MobiTocItem[], places: readonly { start: number }[]): TocItem[] {
  return items.map(({ title, href, sectionIndex, children }) => {
    const place = places[sectionIndex]
    const cfi = sectionCfi(spineSteps(sectionIndex))
    return {
      title,
      href,
      ...(place && { locator: { type: 'epub' as const, cfi, sectionIndex, fraction: place.start } }),
      children: bindToc(children, places),
    }
  })
}

function nameSections(sections: readonly BookSection[], toc: readonly TocItem[]): void {
  for (const { title, locator, children } of toc) {
    const section = locator?.type === 'epub' ? sections[locator.sectionIndex ?? -1] : undefined
    if (section && !section.title) section.title = title
    nameSections(sections, children)
  }
}
