import { Fragment, type Mark, type Node, type NodeType } from '@tiptap/pm/model'
import { checkedAttributes } from './attributes.ts'
import { documentSchema } from './schema.ts'
import { cleanCode, cleanText } from './text-rules.ts'

/** Deeper nesting is cut off: nobody writes it, and every reader of it recurses. */
const MAX_DEPTH = 60

/**
 * A document of the schema from any JSON: what has no place where it stands is moved to where it has one, or shown as its
 * text; attributes are checked. Gives equal documents back as they are. Never throws.
 */
export function toDocument(json: unknown): Node {
  const doc = documentSchema.nodes.doc as NodeType
  const children = isRecord(json) ? contentOf(json).flatMap((one) => build(one, 1)) : []
  return fit(doc, null, children) ?? doc.createAndFill() ?? doc.create()
}

type Json = Readonly<Record<string, unknown>>
const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const contentOf = ({ content }: Json): readonly unknown[] => (Array.isArray(content) ? content : [])

/** Nothing, one node, or what remains of a node that cannot be. */
function build(json: unknown, depth: number): Node[] {
  if (!isRecord(json) || depth > MAX_DEPTH) return []
  if (json.type === 'text') return textOf(json)
  const children = contentOf(json).flatMap((one) => build(one, depth + 1))
  const type = documentSchema.nodes[String(json.type)]
  if (type === undefined || type.name === 'doc') return children
  const attrs = checkedAttributes(type.name, json.attrs)
  if (attrs === undefined) return remainsOf(type, json.attrs)
  if (type.isLeaf) return [type.create(attrs)]
  if (type.inlineContent) return [type.create(attrs, inlineFor(type, children))]
  const node = fit(type, attrs, children)
  return node ? [node] : []
}

function textOf({ text, marks }: Json): Node[] {
  if (typeof text !== 'string' || text === '') return []
  const known = Array.isArray(marks) ? marks.flatMap(markOf) : []
  return [
    documentSchema.text(
      text,
      known.reduce((set, mark) => mark.addToSet(set), [] as readonly Mark[]),
    ),
  ]
}

function markOf(json: unknown): Mark[] {
  const type = isRecord(json) ? documentSchema.marks[String(json.type)] : undefined
  const attrs = type && isRecord(json) ? checkedAttributes(type.name, json.attrs) : undefined
  return type && attrs ? [type.create(attrs)] : []
}

/** The words of something that lacks what it needs. */
function remainsOf(type: NodeType, attrs: unknown): Node[] {
  const { quote, label, alt } = isRecord(attrs) ? attrs : {}
  const words = isRecord(quote)
    ? quote.exact
    : type.name === 'mention' && typeof label === 'string'
      ? `@${label}`
      : alt
  if (typeof words !== 'string' || cleanText(words).trim() === '') return []
  const text = documentSchema.text(cleanText(words))
  return [type.isInline ? text : paragraph([text])]
}

const paragraph = (content: readonly Node[]): Node =>
  (documentSchema.nodes.paragraph as NodeType).create(
    null,
    inlineFor(documentSchema.nodes.paragraph as NodeType, content),
  )

/** Children as the content of a text block; blocks among them give their text. */
function inlineFor(type: NodeType, children: readonly Node[]): Node[] {
  const isCode = type.spec.code === true
  const flat = children.flatMap((child, index) => {
    if (child.isInline) return [child]
    const separator = index > 0 ? [documentSchema.text(isCode ? '\n' : ' ')] : []
    const inside: Node[] = []
    child.descendants((node) => {
      if (node.isInline) inside.push(node)
    })
    return [...separator, ...inside]
  })
  if (isCode) {
    const text = cleanCode(flat.map(plain).join(''))
    return text === '' ? [] : [documentSchema.text(text)]
  }
  return flat.flatMap((node) => {
    if (!node.isText) return [node]
    const text = cleanText(node.text ?? '')
    return text === '' ? [] : [documentSchema.text(text, type.allowedMarks(node.marks))]
  })
}

function plain(node: Node): string {
  if (node.isText) return node.text ?? ''
  if (node.type.name === 'hardBreak') return '\n'
  return node.type.name === 'mention' ? `@${node.attrs.label}` : String(node.attrs.latex ?? '')
}

/** A node with `children` in the places where its content allows them; `undefined` when it would be empty. */
function fit(type: NodeType, attrs: Json | null, children: readonly Node[]): Node | undefined {
  const placed: Node[] = []
  let match = type.contentMatch
  const place = (node: Node): void => {
    const direct = match.matchType(node.type)
    const filler = direct ? Fragment.empty : match.fillBefore(Fragment.from(node))
    const after = filler && match.matchFragment(filler)?.matchType(node.type)
    if (filler && after) {
      placed.push(...filler.content, node)
      match = after
      return
    }
    const wrapping = match.findWrapping(node.type)
    if (wrapping && wrapping.length > 0) {
      place(wrapping.reduceRight((inner, outer) => outer.create(null, inner), node))
      return
    }
    for (const child of grouped(node.content.content)) if (child !== node) place(child)
  }
  for (const child of grouped(children)) place(child)
  if (
    placed.length === 0 &&
    type.name !== 'doc' &&
    type.name !== 'tableCell' &&
    type.name !== 'tableHeader' &&
    !isItem(type)
  )
    return undefined
  const end = match.fillBefore(Fragment.empty, true)
  return end ? type.create(attrs, [...placed, ...end.content]) : undefined
}

const isItem = ({ name }: NodeType): boolean => name === 'listItem' || name === 'taskItem'

/** Runs of inline nodes become paragraphs. */
function grouped(nodes: readonly Node[]): Node[] {
  const blocks: Node[] = []
  let run: Node[] = []
  const flush = () => {
    if (run.length > 0) blocks.push(paragraph(run))
    run = []
  }
  for (const node of nodes) {
    if (node.isInline) run.push(node)
    else {
      flush()
      blocks.push(node)
    }
  }
  flush()
  return blocks
}
