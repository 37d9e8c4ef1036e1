import type * as Docx from 'docx'
import type { DocumentNode } from '../texts.ts'
import { inlineRuns, type Word } from './docx-inline.ts'
import type { Images } from './images.ts'

/** Loaded with the first export: it is large. */
const word = (): Promise<Word> => import('docx')

const MOST_WIDTH = 600

interface Place {
  readonly docx: Word
  readonly images: Images
  /** Lists within lists. */
  readonly depth: number
  readonly style?: string
}

/** The document as DOCX (ECMA-376). Formulas stand as their LaTeX. */
export async function docxFile(title: string, doc: DocumentNode, images: Images): Promise<Uint8Array> {
  const docx = await word()
  const place = { docx, images, depth: 0 }
  const heading = title === '' ? [] : [new docx.Paragraph({ text: title, heading: docx.HeadingLevel.TITLE })]
  const lists = new Numbering()
  const children = [...heading, ...blocksOf(doc, place, lists)]
  const file = new docx.Document({
    ...(title === '' ? {} : { title }),
    creator: 'Stoa',
    numbering: { config: lists.config(docx) },
    styles: STYLES,
    sections: [{ children }],
  })
  return new Uint8Array(await docx.Packer.toBuffer(file))
}

/** Named as Pandoc names them, so that what was written elsewhere is understood, and ours there. */
const STYLES = {
  paragraphStyles: [
    {
      id: 'Quote',
      name: 'Quote',
      basedOn: 'Normal',
      run: { italics: true },
      paragraph: { indent: { left: 720 } },
    },
    { id: 'SourceCode', name: 'Source Code', basedOn: 'Normal', run: { font: 'Courier New' } },
  ],
  characterStyles: [{ id: 'VerbatimChar', name: 'Verbatim Char', run: { font: 'Courier New' } }],
}

/** Each ordered list counts by itself. */
class Numbering {
  readonly #starts: number[] = []

  next(start: number): string {
    this.#starts.push(start)
    return `list-${this.#starts.length}`
  }

  config(docx: Word) {
    return this.#starts.map((start, index) => ({
      reference: `list-${index + 1}`,
      levels: Array.from({ length: 9 }, (_, level) => ({
        ...{
          level,
          start,
          format: docx.LevelFormat.DECIMAL,
          text: `%${level + 1}.`,
          alignment: docx.AlignmentType.START,
        },
        style: { paragraph: { indent: { left: 720 * (level + 1), hanging: 360 } } },
      })),
    }))
  }
}

type Block = Docx.Paragraph | Docx.Table

const blocksOf = (parent: DocumentNode, place: Place, lists: Numbering): Block[] =>
  parent.content.content.flatMap((node) => blockOf(node, place, lists))

function blockOf(node: DocumentNode, place: Place, lists: Numbering): Block[] {
  const { docx, style } = place
  const styled = style === undefined ? {} : { style }
  switch (node.type.name) {
    case 'heading':
      return [
        new docx.Paragraph({
          heading: HEADINGS(docx)[node.attrs.level - 1] ?? 'Heading1',
          children: inlineRuns(docx, node),
        }),
      ]
    case 'codeBlock':
      return node.textContent
        .split('\n')
        .map((line) => new docx.Paragraph({ style: 'SourceCode', text: line }))
    case 'blockMath':
      return [new docx.Paragraph({ style: 'SourceCode', text: node.attrs.latex })]
    case 'blockquote':
      return blocksOf(node, { ...place, style: 'Quote' }, lists)
    case 'citation':
      return citation(docx, node)
    case 'horizontalRule':
      return [new docx.Paragraph({ thematicBreak: true })]
    case 'image':
      return image(place, node)
    case 'table':
      return [table(node, place, lists)]
    case 'bulletList':
    case 'orderedList':
    case 'taskList':
      return listOf(node, place, lists)
    default:
      return [new docx.Paragraph({ ...styled, children: inlineRuns(docx, node) })]
  }
}

const HEADINGS = ({ HeadingLevel }: Word) => [
  HeadingLevel.HEADING_1,
  HeadingLevel.HEADING_2,
  HeadingLevel.HEADING_3,
  HeadingLevel.HEADING_4,
  HeadingLevel.HEADING_5,
  HeadingLevel.HEADING_6,
]

function listOf(list: DocumentNode, place: Place, lists: Numbering): Block[] {
  const { docx, depth } = place
  const level = Math.min(depth, 8)
  const reference = list.type.name === 'orderedList' ? lists.next(Number(list.attrs.start)) : undefined
  const marker = reference === undefined ? { bullet: { level } } : { numbering: { reference, level } }
  return list.content.content.flatMap((item) => {
    const [first, ...rest] = item.content.content
    const box = list.type.name === 'taskList' ? [new docx.TextRun(item.attrs.checked ? '☑ ' : '☐ ')] : []
    const runs = first === undefined ? [] : inlineRuns(docx, first)
    const below = rest.flatMap((one) => blockOf(one, { ...place, depth: depth + 1 }, lists))
    return [new docx.Paragraph({ ...marker, children: [...box, ...runs] }), ...below]
  })
}

function citation(docx: Word, { attrs }: DocumentNode): Block[] {
  const source = [attrs.book_title, ...attrs.book_authors, attrs.chapter].filter(Boolean).join(', ')
  return [
    new docx.Paragraph({ style: 'Quote', text: attrs.quote.exact }),
    ...(source === '' ? [] : [new docx.Paragraph({ style: 'Quote', text: `— ${source}` })]),
  ]
}

function image({ docx, images }: Place, { attrs }: DocumentNode): Block[] {
  const found = images.get(String(attrs.file_id))
  if (found === undefined) return attrs.alt === '' ? [] : [new docx.Paragraph({ text: attrs.alt })]
  const width = Math.min(Number(attrs.width ?? found.width), MOST_WIDTH)
  const height = Math.max(1, Math.round((width * found.height) / found.width))
  const described = { altText: { name: attrs.alt || 'image', title: attrs.alt, description: attrs.alt } }
  const run = new docx.ImageRun({
    type: found.type,
    data: found.bytes,
    transformation: { width, height },
    ...described,
  })
  return [new docx.Paragraph({ children: [run] })]
}

function table(node: DocumentNode, place: Place, lists: Numbering): Docx.Table {
  const { docx } = place
  const rows = node.content.content.map((row) => {
    const cells = row.content.content.map((cell) => {
      const { colspan, rowspan } = cell.attrs
      const children = blocksOf(cell, place, lists)
      return new docx.TableCell({ children, columnSpan: colspan, rowSpan: rowspan })
    })
    const isHead = row.firstChild?.type.name === 'tableHeader'
    return new docx.TableRow({ children: cells, tableHeader: isHead })
  })
  return new docx.Table({ rows, width: { size: 100, type: docx.WidthType.PERCENTAGE } })
}
