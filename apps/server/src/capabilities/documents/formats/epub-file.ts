import { buildEdition, type EditionChapter } from '../../library/index.ts'
import { type DocumentNode, schema } from '../texts.ts'
import type { Images } from './images.ts'

export interface EpubDetails {
  readonly title: string
  readonly authors: readonly string[]
  readonly language: string
}

/** The document as EPUB 3: a chapter for each heading of the highest rank that it has, the rest in their contents. */
export async function epubFile(details: EpubDetails, doc: DocumentNode, images: Images): Promise<Uint8Array> {
  const chapters: EditionChapter[] = []
  for (const [index, part] of cut(doc).entries()) chapters.push(await chapterOf(details, part, index, images))
  const pictures = [...images].map(([id, { bytes, mediaType, type }]) => ({
    file: `${id}.${type}`,
    mediaType,
    bytes,
  }))
  return buildEdition({ ...details, chapters, pictures })
}

/** Before each heading of the highest rank; what stands before the first of them is a part of its own. */
function cut(doc: DocumentNode): DocumentNode[] {
  const blocks = doc.content.content
  const levels = blocks.flatMap(({ type, attrs }) => (type.name === 'heading' ? [Number(attrs.level)] : []))
  const highest = Math.min(...levels)
  const parts: (typeof blocks)[number][][] = [[]]
  for (const block of blocks) {
    if (block.type.name === 'heading' && block.attrs.level === highest && parts.at(-1)?.length !== 0)
      parts.push([])
    parts.at(-1)?.push(block)
  }
  return parts.map((part) => doc.type.create(null, part))
}

async function chapterOf(
  { title }: EpubDetails,
  part: DocumentNode,
  index: number,
  images: Images,
): Promise<EditionChapter> {
  const { escapeHtml, outlineOf, toHtml } = await schema()
  const imageUrl = (id: string) => {
    const image = images.get(id)
    return image && `${id}.${image.type}`
  }
  const outline = outlineOf(part).map((entry, at) => ({ ...entry, id: `h${at + 1}` }))
  const [first, ...inner] = outline
  const own = part.firstChild?.type.name === 'heading' ? first : undefined
  const heading = own === undefined && index === 0 && title !== '' ? `<h1>${escapeHtml(title)}</h1>\n` : ''
  const listed = own === undefined ? outline : inner
  return {
    body: `${heading}${toHtml(part, { syntax: 'xhtml', imageUrl, headingIds: true })}`,
    title: own?.text || (index === 0 ? title : undefined),
    level: 0,
    headings: listed
      .filter(({ text }) => text !== '')
      .map(({ text, id, level }) => ({ title: text, id, level: Math.max(1, level - (own?.level ?? 1)) })),
  }
}
