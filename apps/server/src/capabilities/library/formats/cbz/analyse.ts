import { FileNotABookError } from '../errors.ts'
import { limits } from '../limits.ts'
import { titleFromName } from '../metadata/clean.ts'
import { sectionCfi } from '../segment/cfi.ts'
import type { BookAnalysis, BookCover, BookWarning, TocItem } from '../types.ts'
import type { ZipArchive } from '../zip/archive.ts'
import type { ZipEntry } from '../zip/directory.ts'
import { readComicInfo } from './comic-info.ts'

/** What foliate-js shows as a page. */
const mediaTypes: Readonly<Record<string, string>> = {
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  bmp: 'image/bmp',
  webp: 'image/webp',
  svg: 'image/svg+xml',
  jxl: 'image/jxl',
  avif: 'image/avif',
}

/** A comic: pictures in the order of their names, as foliate-js orders them. */
export async function analyseCbz(archive: ZipArchive, name: string): Promise<BookAnalysis> {
  const pages = pagesOf(archive)
  if (pages.length === 0) throw new FileNotABookError({ found: 'zip' })
  const info = archive.entries.find((entry) => /(^|\/)comicinfo\.xml$/i.test(entry.name))
  const { title, rightToLeft, ...metadata } = readComicInfo(info && (await archive.readIfSound(info.name)))
  const warnings: BookWarning[] = []
  const cover = await readCover(archive, pages)
  for await (const { entry } of archive.verifyRest()) {
    warnings.push({ code: 'resource_damaged', params: { part: entry.name } })
  }
  return {
    format: 'cbz',
    mediaType: 'application/vnd.comicbook+zip',
    opens: 'original',
    ...metadata,
    title: title ?? titleFromName(name),
    direction: rightToLeft ? 'rtl' : 'ltr',
    verticalWriting: false,
    fixedLayout: true,
    cover,
    toc: foldersOf(pages),
    sections: pages.map(({ name: href, size }, index) => ({
      index,
      href,
      bytes: size,
      characters: 0,
      linear: true,
    })),
    pageCount: pages.length,
    characters: 0,
    warnings,
  }
}

function pagesOf(archive: ZipArchive): ZipEntry[] {
  return archive.entries
    .filter(({ name }) => mediaTypeOf(name) !== undefined && !/^__MACOSX\//.test(name))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

function mediaTypeOf(name: string): string | undefined {
  // Upper-case extensions are not pages to foliate-js either.
  return mediaTypes[/\.([a-z]+)$/.exec(name)?.[1] ?? '']
}

async function readCover(archive: ZipArchive, pages: readonly ZipEntry[]): Promise<BookCover | undefined> {
  const named = pages.find(({ name }) => /(^|\/)(cover|front)[^/]*$/i.test(name))
  for (const page of [...(named ? [named] : []), ...pages.slice(0, 3)]) {
    const mediaType = mediaTypeOf(page.name)
    const bytes =
      mediaType === 'image/svg+xml' ? undefined : await archive.readIfSound(page.name, limits.image)
    if (bytes && mediaType) return { bytes, mediaType }
  }
  return undefined
}

/** Folders are the chapters of a comic; one folder alone is only its wrapping. */
function foldersOf(pages: readonly ZipEntry[]): TocItem[] {
  const toc: TocItem[] = []
  let before: string | undefined
  for (const [index, { name }] of pages.entries()) {
    const folder = name.slice(0, Math.max(0, name.lastIndexOf('/')))
    if (folder === before) continue
    before = folder
    const title = folder.slice(folder.lastIndexOf('/') + 1) || titleFromName(name)
    const locator = {
      type: 'epub' as const,
      cfi: sectionCfi([6, (index + 1) * 2]),
      sectionIndex: index,
      fraction: index / pages.length,
    }
    toc.push({ title, href: name, locator, children: [] })
  }
  return toc.length > 1 ? toc : []
}
