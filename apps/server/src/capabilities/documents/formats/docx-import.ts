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
  const { value, messages } = await mammoth.convertToHtml({ buffer: Buffer.from(bytes) }, options)
  for (const { type, message } of messages) if (type === 'warning') leftOut.add(nameOf(message))
  const { toDocument } = await schema()
  const doc = toDocument({
    type: 'doc',
    content: parseFragment(value).childNodes.flatMap((node) => fromHtml(node, [])),
  })
  return { doc, pictures, leftOut: [...leftOut].slice(0, 50) }
}

const STYLE_MAP = [
  "p[style-name='Title'] => h1:fresh",
  "p[style-name='Quote'] => blockquote > p:fresh",
  "p[style-name='Intense Quote'] => blockquote > p:fresh",
  'comment-reference => ',
]

/** `Unrecognised paragraph style: 'X'` → `style`; what else is not taken over is called by its element. */
function nameOf(message: string): string {
  if (/style/i.test(message)) return 'style'
  return /element was ignored: ([\w:]+)/.exec(message)?.[1] ?? 'other'
}

const BLOCKS: Readonly<Record<string, string>> = {
  ...{
    p: 'paragraph',
    blockquote: 'blockquote',
    ul: 'bulletList',
    ol: 'orderedList',
    li: 'listItem',
    table: 'table',
  },
  ...{ tr: 'tableRow', td: 'tableCell', th: 'tableHeader', pre: 'codeBlock' },
}
const MARKS: Readonly<Record<string, string>> = {
  ...{ strong: 'bold', b: 'bold', em: 'italic', i: 'italic', s: 'strike', del: 'strike', code: 'code' },
}

function fromHtml(node: DefaultTreeAdapterTypes.ChildNode, marks: readonly Mark[]): Json[] {
  if (node.nodeName === '#text' && 'value' in node)
    return [{ type: 'text', text: node.value, marks: [...marks] }]
  if (!('attrs' in node)) return []
  const attribute = (name: string) => node.attrs.find((one) => one.name === name)?.value
  const children = (more: readonly Mark[] = marks) =>
    node.childNodes.flatMap((child) => fromHtml(child, more))
  const { tagName } = node
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

const spans = (attribute: (name: string) => string | undefined): Record<string, unknown> => ({
  colspan: Number(attribute('colspan') ?? 1),
  rowspan: Number(attribute('rowspan') ?? 1),
})
