import type { Node } from '@tiptap/pm/model'
import { passageLink } from './citation.ts'
import { atBreaks, escapeText } from './escape.ts'
import { inlineMarkdown, type Place, STYLES } from './inline.ts'
import { readInline } from './parse.ts'

/**
 * A document as Markdown (CommonMark with GFM's tables, strike-through and task lists, and `$maths$`). What Markdown cannot say
 * is left out: merged cells, widths, empty paragraphs. Reading it and writing it again gives the same text.
 */
export function toMarkdown(doc: Node): string {
  const text = blocks(doc.content.content)
  return text === '' ? '' : `${text}\n`
}

/** Blocks with blank lines between them. Two lists in a row take different markers, or they would be one. */
function blocks(nodes: readonly Node[]): string {
  const parts: string[] = []
  let marker = 0
  let previous: string | undefined
  for (const node of nodes) {
    const family = LIST_FAMILY[node.type.name]
    const next = family !== undefined && family === previous ? 1 - marker : 0
    const part = block(node, next)
    if (part === '') continue
    parts.push(part)
    marker = next
    previous = family
  }
  return parts.join('\n\n')
}

const LIST_FAMILY: Readonly<Record<string, string>> = {
  ...{ bulletList: 'bullet', taskList: 'bullet', orderedList: 'ordered' },
}

function block(node: Node, marker: number): string {
  switch (node.type.name) {
    case 'heading':
      return `${'#'.repeat(Number(node.attrs.level))} ${inline(node, 'line').replace(/#+$/, '\\$&')}`.trimEnd()
    case 'codeBlock':
      return fenced(node)
    case 'blockMath':
      return `$$\n${node.attrs.latex}\n$$`
    case 'blockquote':
      return quotation(blocks(node.content.content))
    case 'horizontalRule':
      return '---'
    case 'image':
      return `![${escapeText(String(node.attrs.alt))}](stoa:file/${node.attrs.file_id}${node.attrs.width === null ? '' : `?width=${node.attrs.width}`})`
    case 'citation':
      return citation(node)
    case 'table':
      return table(node)
    case 'bulletList':
    case 'orderedList':
    case 'taskList':
      return list(node, marker)
    default:
      return inline(node, 'block')
  }
}

/** A text block in the first style that is read back as it is. */
function inline(node: Node, place: Place): string {
  const first = STYLES[0] as (typeof STYLES)[number]
  let isMarked = false
  node.descendants(({ marks, type }) => {
    isMarked ||= marks.length > 0 || type.name === 'inlineMath'
  })
  if (!isMarked) return inlineMarkdown(node, first, place)
  const canonical = inlineMarkdown(node, first, place)
  for (const style of STYLES) {
    const text = style === first ? canonical : inlineMarkdown(node, style, place)
    const read = readInline(place === 'cell' ? text.replaceAll('\\|', '|') : text)
    if (inlineMarkdown(read, style, place) === text && sameWords(read, node)) return text
  }
  return inlineMarkdown(node, STYLES.at(-1) ?? first, place)
}

const words = (node: Node): string =>
  node.textBetween(
    0,
    node.content.size,
    '',
    ({ type, attrs }) => `{${type.name}${attrs.id ?? attrs.latex ?? ''}}`,
  )
const sameWords = (a: Node, b: Node): boolean => words(a) === words(b).replace(/(?:\{hardBreak\})+$/, '')

function fenced(node: Node): string {
  const longest = Math.max(2, ...(node.textContent.match(/`+/g) ?? []).map(({ length }) => length))
  const fence = '`'.repeat(longest + 1)
  const text = node.textContent === '' ? '' : `${node.textContent}\n`
  return `${fence}${node.attrs.language ?? ''}\n${text}${fence}`
}

function citation(node: Node): string {
  const { quote, book_title, chapter } = node.attrs
  const exact = String(quote.exact).replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
  const source = [book_title, chapter].filter(Boolean).join(', ') || '…'
  return quotation(`${atBreaks(escapeText(exact), true)}\n\n— [${escapeText(source)}](${passageLink(node)})`)
}

function quotation(text: string): string {
  if (text === '') return ''
  return text
    .split('\n')
    .map((line) => (line === '' ? '>' : `> ${line}`))
    .join('\n')
}

function list(node: Node, alternate: number): string {
  const bullet = alternate === 0 ? '-' : '*'
  const items = node.content.content.map((item, index) => {
    if (node.type.name === 'orderedList')
      return listItem(item, `${node.attrs.start + index}${alternate === 0 ? '.' : ')'} `)
    const box = node.type.name === 'taskList' ? `[${item.attrs.checked ? 'x' : ' '}] ` : ''
    return listItem(item, `${bullet} `, box)
  })
  return items.join(items.some((item) => item.includes('\n\n')) ? '\n\n' : '\n')
}

/** The first paragraph beside the marker, the rest below it, indented. */
function listItem(item: Node, marker: string, box = ''): string {
  const [first, rest] = partsOf(item)
  const words = first ? inline(first, 'block') : ''
  const below = blocks(rest)
  const gap = words !== '' ? (isPlainList(rest) ? '\n' : '\n\n') : box === '' ? '\n' : '\n\n'
  const text = `${box}${words}`.trimEnd() + (below === '' ? '' : `${gap}${below}`)
  const indent = ' '.repeat(marker.length)
  const [head = '', ...lines] = text.split('\n')
  const indented = lines.map((line) => (line === '' ? '' : `${indent}${line}`))
  return [head === '' ? marker.trimEnd() : `${marker}${head}`, ...indented].join('\n')
}

/** The paragraph that stands beside the marker, if there is one, and what follows. */
function partsOf(item: Node): [Node | undefined, Node[]] {
  const [first, ...rest] = item.content.content.filter((node) => !saysNothing(node))
  if (first === undefined) return [undefined, []]
  return first.type.name === 'paragraph' ? [first, rest] : [undefined, [first, ...rest]]
}

const saysNothing = (node: Node): boolean =>
  (node.type.name === 'paragraph' && inline(node, 'block') === '') ||
  (node.type.name === 'blockquote' && node.content.content.every(saysNothing))

/** A list that may follow a paragraph without a blank line: it begins with words, and with 1 where it counts. */
function isPlainList(nodes: readonly Node[]): boolean {
  const [list] = nodes
  const [begins] = list?.firstChild ? partsOf(list.firstChild) : []
  const known = list !== undefined && LIST_FAMILY[list.type.name] !== undefined && nodes.length === 1
  const one = list?.type.name !== 'orderedList' || list.attrs.start === 1
  return known && one && begins !== undefined && list.type.name !== 'taskList'
}

function table(node: Node): string {
  const rows = node.content.content.map(cellsOf)
  const width = Math.max(1, ...rows.map(({ length }) => length))
  const lines = rows.map((row) => {
    const texts = Array.from({ length: width }, (_, at) => row[at]?.text ?? '')
    return `| ${texts.join(' | ')} |`
  })
  const rule = Array.from({ length: width }, (_, at) => ALIGN[rows[0]?.[at]?.align ?? ''] ?? '---')
  return [lines[0], `| ${rule.join(' | ')} |`, ...lines.slice(1)].join('\n')
}

const ALIGN: Readonly<Record<string, string>> = { left: ':--', center: ':-:', right: '--:' }

function cellsOf(row: Node): { text: string; align: string | null }[] {
  return row.content.content.flatMap((cell) => {
    const text = inline(oneParagraph(cell), 'cell')
    const { align, colspan } = cell.attrs
    return [{ text, align }, ...Array.from({ length: colspan - 1 }, () => ({ text: '', align }))]
  })
}

/** The paragraphs of a cell as one, with breaks of lines between them. */
function oneParagraph(cell: Node): Node {
  const { paragraph, hardBreak } = cell.type.schema.nodes
  const [first, ...rest] = cell.content.content
  if (first === undefined || rest.length === 0 || !paragraph || !hardBreak) return first ?? cell
  const content = rest.flatMap((one) => [hardBreak.create(), ...one.content.content])
  return paragraph.create(null, [...first.content.content, ...content])
}
