import { unzipSync, zipSync } from 'fflate'
import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5'
import { type DocumentNode, schema } from '../texts.ts'

type Json = { type: string; attrs?: Record<string, unknown>; content?: Json[]; text?: string; marks?: Mark[] }
type Mark = { type: string; attrs?: Record<string, unknown> }

/** A picture inside the file, to be kept beside the document under the id that stands in it. */
export interface FoundPicture {
  readonly id: string
  readonly bytes: Uint8Array
}

export interface ReadFile {
  readonly doc: DocumentNode
  readonly pictures: readonly FoundPicture[]
  readonly leftOut: readonly string[]
  /** What the file calls itself. */
  readonly title?: string | undefined
}

const MOST_PICTURES = 200

/** Reads a DOCX by what its parts mean (headings, lists, tables), not by how they look. @throws when it is none */
export async function readDocx(bytes: Uint8Array, newId: () => string): Promise<ReadFile> {
  const { default: mammoth } = await import('mammoth')
  const pictures: FoundPicture[] = []
  const leftOut = new Set<string>()
  const convertImage = mammoth.images.imgElement(async (image) => {
    if (pictures.length >= MOST_PICTURES) {
      leftOut.add('image')
      return { src: '' }
    }
    const id = newId()
    pictures.push({ id, bytes: new Uint8Array(await image.readAsBuffer()) })
    return { src: `stoa:file/${id}` }
  })
  const options = { convertImage, styleMap: STYLE_MAP, externalFileAccess: false }
  const { value, messages } = await mammoth.convertToHtml({ buffer: Buffer.from(bounded(bytes)) }, options)
  for (const { type, message } of messages) if (type === 'warning') leftOut.add(nameOf(message))
  const { toDocument } = await schema()
  const nodes = parseFragment(value).childNodes
  const heading = nodes.find(isTitle)
  const content = nodes.filter((node) => node !== heading).flatMap((node) => fromHtml(node, []))
  const title = heading && toDocument({ content: fromHtml(heading, []) }).textContent.slice(0, 300)
  const left_out = [...leftOut].slice(0, 50)
  return { doc: toDocument({ type: 'doc', content }), pictures, leftOut: left_out, title: title || undefined }
}

/** Of the text and its parts; of pictures and all else. Bytes once unpacked. */
const MOST_MARKUP = 16 * 1024 * 1024
const MOST_CONTENT = 128 * 1024 * 1024
const MOST_PARTS = 5_000

/**
 * The same container without compression: what unpacks to more than it says is cut off there, and what says that it is too much
 * is refused, before anything reads it. @throws when it is no ZIP, or too large
 */
function bounded(bytes: Uint8Array): Uint8Array {
  let [parts, markup, content] = [0, 0, 0]
  const files = unzipSync(bytes, {
    filter({ name, originalSize }) {
      parts += 1
      if (/\.(?:xml|rels)$/i.test(name)) markup += originalSize
      content += originalSize
      if (parts > MOST_PARTS || markup > MOST_MARKUP || content > MOST_CONTENT)
        throw new RangeError('the file unpacks to too much')
      return true
    },
  })
  return zipSync(files, { level: 0 })
}

const STYLE_MAP = [
  "p[style-name='Title'] => h1.title:fresh",
  "p[style-name='Quote'] => blockquote > p:fresh",
  "p[style-name='Intense Quote'] => blockquote > p:fresh",
  "p[style-name='Block Text'] => blockquote > p:fresh",
  "p[style-name='Source Code'] => pre:separator('\\n')",
  "r[style-name='Verbatim Char'] => code",
  'comment-reference => ',
]

/** `Unrecognised paragraph style: 'X'` → `style`; what else is not taken over is called by its element. */
function nameOf(message: string): string {
  if (/style/i.test(message)) return 'style'
  return /element was ignored: ([\w:]+)/.exec(message)?.[1] ?? 'other'
}

const BLOCKS: Readonly<Record<string, string>> = {
  ...{ blockquote: 'blockquote', ol: 'orderedList', li: 'listItem', table: 'table' },
  ...{ tr: 'tableRow', td: 'tableCell', th: 'tableHeader', pre: 'codeBlock' },
}
const MARKS: Readonly<Record<string, string>> = {
  ...{ strong: 'bold', b: 'bold', em: 'italic', i: 'italic', s: 'strike', del: 'strike', code: 'code' },
}

/** A picture stands between paragraphs here, in a line of text there. */
function paragraphs(inline: readonly Json[]): Json[] {
  if (!inline.some(({ type }) => type === 'image')) return [{ type: 'paragraph', content: [...inline] }]
  const blocks: Json[] = []
  for (const node of inline) {
    const last = blocks.at(-1)
    if (node.type === 'image') blocks.push(node)
    else if (last?.type === 'paragraph') last.content?.push(node)
    else blocks.push({ type: 'paragraph', content: [node] })
  }
  return blocks
}

function fromHtml(node: DefaultTreeAdapterTypes.ChildNode, marks: readonly Mark[]): Json[] {
  if (node.nodeName === '#text' && 'value' in node)
    return [{ type: 'text', text: node.value, marks: [...marks] }]
  if (!('attrs' in node)) return []
  const attribute = (name: string) => node.attrs.find((one) => one.name === name)?.value
  const children = (more: readonly Mark[] = marks) =>
    node.childNodes.flatMap((child) => fromHtml(child, more))
  const { tagName } = node
  if (tagName === 'ul') return [listOf(children())]
  if (tagName === 'p') return paragraphs(children())
  const block = BLOCKS[tagName]
  if (block !== undefined) return [{ type: block, attrs: spans(attribute), content: children() }]
  if (/^h[1-6]$/.test(tagName))
    return [{ type: 'heading', attrs: { level: Number(tagName[1]) }, content: children() }]
  const mark = MARKS[tagName]
  if (mark !== undefined) return children([...marks, { type: mark }])
  if (tagName === 'a') return children([...marks, { type: 'link', attrs: { href: attribute('href') ?? '' } }])
  if (tagName === 'br') return [{ type: 'hardBreak' }]
  if (tagName === 'img') {
    const file_id = /^stoa:file\/(.+)$/.exec(attribute('src') ?? '')?.[1]
    return [{ type: 'image', attrs: { file_id, alt: attribute('alt') ?? '' } }]
  }
  return children()
}

/** The paragraph that Word calls the title of the whole. */
const isTitle = (node: DefaultTreeAdapterTypes.ChildNode): boolean =>
  'attrs' in node && node.attrs.some(({ name, value }) => name === 'class' && value === 'title')

const BOX = /^([\u2610\u2611\u2612])\s?/

/** A list whose items all begin with a box is one of tasks. */
function listOf(items: Json[]): Json {
  const first = items.map((item) => firstText(item))
  if (items.length === 0 || !first.every((text) => BOX.test(text?.text ?? '')))
    return { type: 'bulletList', content: items }
  for (const [index, item] of items.entries()) {
    const text = first[index] as Json
    item.type = 'taskItem'
    item.attrs = { checked: !text.text?.startsWith('\u2610') }
    text.text = text.text?.replace(BOX, '') ?? ''
  }
  return { type: 'taskList', content: items }
}

const firstText = (node: Json | undefined): Json | undefined =>
  node === undefined || node.type === 'text' ? node : firstText(node.content?.[0])

const spans = (attribute: (name: string) => string | undefined): Record<string, unknown> => ({
  colspan: Number(attribute('colspan') ?? 1),
  rowspan: Number(attribute('rowspan') ?? 1),
})
