import { limits } from '../limits.ts'
import type { BookCover, BookWarning } from '../types.ts'
import { parseContent } from '../xml/parse-content.ts'
import { descendants } from '../xml/query.ts'
import type { EpubBook } from './book.ts'
import { readMarkup } from './book.ts'
import { resolveHref } from './href.ts'
import type { ManifestItem } from './package.ts'

/**
 * The cover, looked for as `cover-image` (EPUB 3), `<meta name="cover">` (EPUB 2), a picture named so, the guide's cover page,
 * and the first picture of the first page. A damaged one is passed over with a warning.
 */
export async function readCover(
  book: EpubBook,
  coverId: string | undefined,
  warnings: BookWarning[],
): Promise<BookCover | undefined> {
  for (const item of declaredCovers(book, coverId)) {
    const cover = await readPicture(book, item, warnings)
    if (cover) return cover
  }
  const onPage = await pictureOnCoverPage(book)
  return onPage && readPicture(book, onPage, warnings)
}

function declaredCovers({ pkg }: EpubBook, coverId: string | undefined): ManifestItem[] {
  const pictures = pkg.manifest.filter(isRaster)
  const named = (item: ManifestItem) => /cover/i.test(`${item.id} ${item.path.replace(/^.*\//, '')}`)
  const found = [
    ...pictures.filter((item) => item.properties.includes('cover-image')),
    ...pictures.filter(
      (item) => coverId !== undefined && (item.id === coverId || item.path.endsWith(coverId)),
    ),
    ...pictures.filter(named),
  ]
  return [...new Set(found)]
}

/** SVG is left out: it can hold scripts and references, and nothing here draws it. */
function isRaster(item: ManifestItem): boolean {
  return item.mediaType.startsWith('image/') && item.mediaType !== 'image/svg+xml'
}

async function readPicture(
  book: EpubBook,
  item: ManifestItem,
  warnings: BookWarning[],
): Promise<BookCover | undefined> {
  const bytes = await book.archive.readIfSound(item.path, limits.image)
  if (bytes) return { bytes, mediaType: item.mediaType }
  if (book.archive.find(item.path)) warnings.push({ code: 'cover_unreadable', params: { part: item.path } })
  return undefined
}

async function pictureOnCoverPage(book: EpubBook): Promise<ManifestItem | undefined> {
  const guided = book.pkg.guide.get('cover')
  const section = book.sections.find((each) => each.content.path === guided) ?? book.sections[0]
  const markup = section && (await readMarkup(book, section))
  if (!section || !markup) return undefined
  const { root } = parseContent(markup.text, section.content.mediaType, section.content.path)
  for (const element of descendants(root)) {
    const source =
      element.nodeName === 'img'
        ? element.getAttribute('src')
        : element.nodeName === 'image'
          ? (element.getAttribute('xlink:href') ?? element.getAttribute('href'))
          : undefined
    const path = source ? resolveHref(source, section.content.path)?.path : undefined
    const item = path && book.pkg.manifest.find((each) => each.path === path && isRaster(each))
    if (item) return item
  }
  return undefined
}
