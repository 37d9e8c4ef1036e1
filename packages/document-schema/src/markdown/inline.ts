import { Mark, type Node } from '@tiptap/pm/model'
import { atBreaks, entity, escapeText } from './escape.ts'

/** One way of writing a text block. The first whose reading gives the block again is taken. */
export interface InlineStyle {
  readonly italic: '*' | '_'
  /** Characters beside delimiters as entities: CommonMark then sees punctuation there, and the delimiters count. */
  readonly encode: boolean
  /** Without bold, italic and strike: for what Markdown cannot say. */
  readonly plain: boolean
}

export const STYLES: readonly InlineStyle[] = [
  { italic: '*', encode: false, plain: false },
  { italic: '_', encode: false, plain: false },
  { italic: '*', encode: true, plain: false },
  { italic: '_', encode: true, plain: false },
  { italic: '*', encode: false, plain: true },
]

/** Outermost first. */
const ORDER = ['link', 'bold', 'italic', 'strike', 'code']

/** Where text stands: in a heading no line can end; in a cell, moreover, every bar is escaped. */
export type Place = 'block' | 'line' | 'cell'

/** Content of a text block as Markdown. */
export function inlineMarkdown(block: Node, style: InlineStyle, place: Place): string {
  const parts: string[] = []
  let open: readonly Mark[] = []
  const moveTo = (wanted: readonly Mark[]): void => {
    const common = sharedPrefix(open, wanted)
    for (const mark of open.slice(common).reverse()) parts.push(delimiter(mark, style, 'close'))
    for (const mark of wanted.slice(common)) parts.push(delimiter(mark, style, 'open'))
    open = wanted
  }
  let wasFormula = false
  for (const { node, marks } of runsOf(block, style)) {
    moveTo(marks)
    const text = leaf(node, place === 'cell')
    // A formula does not end before a digit.
    parts.push(wasFormula ? text.replace(/^\d/, entity) : text)
    wasFormula = node.type.name === 'inlineMath'
  }
  moveTo([])
  const apart = parts.map((part, index) =>
    parts[index + 1]?.startsWith('[') ? part.replace(/!$/, '\\!') : part,
  )
  const text = style.encode ? encodeBeside(apart) : apart.join('')
  return atBreaks(text, place !== 'block')
}

interface Run {
  readonly node: Node
  readonly marks: readonly Mark[]
}

const sorted = (marks: readonly Mark[], { plain }: InlineStyle): Mark[] =>
  marks
    .filter(({ type }) => !plain || type.name === 'link' || type.name === 'code')
    .toSorted((a, b) => ORDER.indexOf(a.type.name) - ORDER.indexOf(b.type.name))

/** The content with its marks; white space at the edge of a marked stretch stands outside of it. */
function runsOf(block: Node, style: InlineStyle): Run[] {
  const runs: Run[] = []
  for (const node of trimmed(block)) {
    const marks = sorted(node.marks, style)
    if (!node.isText || marks.length === 0 || isCode(marks)) runs.push({ node, marks })
    else runs.push(...spacesApart(node, marks))
  }
  return joined(withHeldSpaces(runs))
}

const isCode = (marks: readonly Mark[]): boolean => marks.some(({ type }) => type.name === 'code')
const isBlank = ({ node }: Run): boolean =>
  node.type.name === 'hardBreak' || (node.isText && !isCode(node.marks) && (node.text ?? '').trim() === '')

function spacesApart(node: Node, marks: readonly Mark[]): Run[] {
  const text = node.text ?? ''
  const [lead = ''] = text.match(/^\s*/) ?? []
  const [trail = ''] = text.slice(lead.length).match(/\s*$/) ?? []
  const middle = text.slice(lead.length, text.length - trail.length)
  return [lead, middle, trail]
    .filter((part) => part !== '')
    .map((part) => ({ node: node.type.schema.text(part, node.marks), marks }))
}

/** Neighbouring texts with the same marks as one: what is escaped depends on what follows. */
function joined(runs: readonly Run[]): Run[] {
  const done: Run[] = []
  for (const run of runs) {
    const last = done.at(-1)
    const same = last?.node.isText && run.node.isText && Mark.sameSet(last.marks, run.marks)
    if (last && same) {
      const text = `${last.node.text ?? ''}${run.node.text ?? ''}`
      done[done.length - 1] = { node: run.node.type.schema.text(text, last.node.marks), marks: last.marks }
    } else done.push(run)
  }
  return done
}

/** White space keeps of its marks those that the words on both sides have. */
function withHeldSpaces(runs: readonly Run[]): Run[] {
  const done: Run[] = []
  let before: readonly Mark[] = []
  let spaces: Run[] = []
  const flush = (after: readonly Mark[]) => {
    const shared = before.filter(
      (mark) =>
        mark.type.name !== 'code' &&
        mark.isInSet([...after]) &&
        spaces.every(({ marks }) => mark.isInSet([...marks])),
    )
    for (const { node } of spaces) done.push({ node, marks: shared })
    spaces = []
  }
  for (const run of runs) {
    if (isBlank(run)) spaces.push(run)
    else {
      flush(run.marks)
      done.push(run)
      before = run.marks
    }
  }
  flush([])
  return done
}

/** Without breaks of lines at the end, which Markdown does not keep. */
function trimmed(block: Node): readonly Node[] {
  const nodes = block.content.content
  const last = nodes.findLastIndex(({ type }) => type.name !== 'hardBreak')
  return nodes.slice(0, last + 1)
}

function sharedPrefix(a: readonly Mark[], b: readonly Mark[]): number {
  let count = 0
  while (count < a.length && count < b.length && (a[count] as Mark).eq(b[count] as Mark)) count += 1
  return count
}

function delimiter({ type, attrs }: Mark, style: InlineStyle, side: 'open' | 'close'): string {
  switch (type.name) {
    case 'bold':
      return '**'
    case 'italic':
      return style.italic
    case 'strike':
      return '~~'
    case 'link':
      return side === 'open'
        ? '['
        : `](${target(String(attrs.href))}${attrs.title === null ? '' : ` "${quoted(String(attrs.title))}"`})`
    default:
      return ''
  }
}

/** An address whose ampersands begin no entity. */
const target = (href: string): string => href.replace(/&(?=#?\w+;)/g, '&amp;')
const quoted = (title: string): string => escapeText(title).replaceAll('"', '\\"')

function leaf(node: Node, cell: boolean): string {
  const bars = (text: string) => (cell ? text.replaceAll('|', '\\|') : text)
  switch (node.type.name) {
    case 'text':
      return isCode(node.marks) ? bars(codeSpan(node.text ?? '')) : escapeText(node.text ?? '')
    case 'hardBreak':
      return '\n'
    case 'mention':
      return `[@${escapeText(String(node.attrs.label))}](stoa:account/${node.attrs.id})`
    default:
      return bars(`$${node.attrs.latex}$`)
  }
}

function codeSpan(text: string): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length))
  const fence = '`'.repeat(longest + 1)
  const pad = /^`|`$|^ .* $/.test(text) && text.trim() !== '' ? ' ' : ''
  return `${fence}${pad}${text}${pad}${fence}`
}

const IS_DELIMITER = /^(?:\*\*|[*_]|~~)$/

/** Letters directly before or after delimiters become entities. */
function encodeBeside(parts: readonly string[]): string {
  return parts
    .map((part, index) => {
      if (IS_DELIMITER.test(part) || /[`$\]\n]/.test(part)) return part
      const before = IS_DELIMITER.test(parts[index - 1] ?? '')
      const after = IS_DELIMITER.test(parts[index + 1] ?? '')
      const head = before ? part.replace(/^[\p{L}\p{N}]/u, entity) : part
      return after ? head.replace(/[\p{L}\p{N}]$/u, entity) : head
    })
    .join('')
}
