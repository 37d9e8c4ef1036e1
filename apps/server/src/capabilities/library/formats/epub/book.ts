import { FileDamagedError } from '../errors.ts'
import { decodeMarkup } from '../text/decode.ts'
import type { ZipArchive } from '../zip/archive.ts'
import type { ZipEntry } from '../zip/directory.ts'
import { refuseEncrypted, unreadableError } from './drm.ts'
import { type EpubPackage, type ManifestItem, readPackage, type SpineItem } from './package.ts'

/** An EPUB whose package could be read and whose reading order can be decoded. */
export interface EpubBook {
  archive: ZipArchive
  pkg: EpubPackage
  sections: readonly EpubSection[]
}

/** One item of the reading order, tied to its entry in the container. */
export interface EpubSection {
  index: number
  spine: SpineItem
  /** The item that holds the text: the first of the fallback chain that is a content document. */
  content: ManifestItem
  entry: ZipEntry | undefined
  /** Start and length in the book's progress, 0 to 1, as foliate-js weighs sections: by uncompressed bytes. */
  start: number
  weight: number
}

export interface Markup {
  text: string
  encoding: string
}

/** Content documents that hold text. */
const textTypes = new Set([
  'application/xhtml+xml',
  'text/html',
  'image/svg+xml',
  'application/xml',
  'text/x-oeb1-document',
  '',
])

/** Throws `FileDrmError`, `FileDamagedError` or another `FileError`. */
export async function openEpub(archive: ZipArchive): Promise<EpubBook> {
  await refuseEncrypted(archive)
  const pkg = await readPackage(archive)
  const byId = new Map(pkg.manifest.map((item) => [item.id, item]))
  const contents = pkg.spine.map((spine) => contentOf(spine.item, byId))
  const entries = contents.map((content) => archive.find(content.path))
  const sizes = pkg.spine.map((spine, i) => (spine.linear ? (entries[i]?.size ?? 0) : 0))
  const total = Math.max(
    1,
    sizes.reduce((sum, size) => sum + size, 0),
  )
  let start = 0
  const sections = pkg.spine.map((spine, index): EpubSection => {
    const weight = (sizes[index] ?? 0) / total
    const section = {
      index,
      spine,
      content: contents[index] ?? spine.item,
      entry: entries[index],
      start,
      weight,
    }
    start += weight
    return section
  })
  if (entries.every((entry) => entry === undefined))
    throw new FileDamagedError({ part: pkg.path, reason: 'no content' })
  return { archive, pkg, sections }
}

/** The section's markup; undefined for pictures and for what is missing. Throws when it is no markup: damaged or protected. */
export async function readMarkup(book: EpubBook, section: EpubSection): Promise<Markup | undefined> {
  if (!section.entry || !textTypes.has(section.content.mediaType)) return undefined
  const markup = decodeMarkup(await book.archive.read(section.entry))
  if (!/^\s*</.test(markup.text) && markup.text.trim() !== '')
    throw await unreadableError(book.archive, section.entry.name)
  return markup
}

function contentOf(item: ManifestItem, byId: ReadonlyMap<string, ManifestItem>): ManifestItem {
  const seen = new Set<ManifestItem>()
  let content: ManifestItem | undefined = item
  while (content && !seen.has(content)) {
    if (textTypes.has(content.mediaType)) return content
    seen.add(content)
    content = byId.get(content.fallback ?? '')
  }
  return item
}
