import type { Node } from '@tiptap/pm/model'
import type { Token } from 'markdown-it'
import { safeHref } from '../links.ts'
import { toDocument } from '../normalize.ts'
import { fromPassageLink } from './citation.ts'
import { markdownReader } from './rules.ts'

/** A document read from Markdown, and what of it has no place in one. */
export interface ReadMarkdown {
  readonly doc: Node
  readonly leftOut: readonly LeftOut[]
}

/** What Markdown may say and a document has no place for: a picture from elsewhere, a link that could run something. */
export type LeftOut = 'external_image' | 'unsafe_link'

interface Json {
  type: string
  attrs?: Record<string, unknown>
  content?: Json[]
  text?: string
  marks?: { type: string; attrs?: Record<string, unknown> }[]
  /** ` ` or `x`: the text begins with a box, and the source says that it is meant as one. */
  box?: string
}

const reader = markdownReader()

/** Never throws: everything is Markdown. */
export function fromMarkdown(markdown: string): ReadMarkdown {
  const building = new Building()
  building.tokens(reader.parse(markdown.toWellFormed(), {}))
  return { doc: toDocument(building.done()), leftOut: [...building.leftOut] }
}

/** One paragraph from the Markdown of its content. */
export function readInline(markdown: string): Node {
  const building = new Building()
  building.open('paragraph')
  building.tokens(reader.parseInline(markdown, {}))
  const doc = toDocument(building.done())
  return doc.firstChild ?? doc
}

const BLOCKS: Readonly<Record<string, string>> = {
  ...{ paragraph: 'paragraph', heading: 'heading', blockquote: 'blockquote', bullet_list: 'bulletList' },
  ...{ ordered_list: 'orderedList', list_item: 'listItem', table: 'table', tr: 'tableRow' },
  ...{ th: 'tableHeader', td: 'tableCell' },
}
/** Links that are a mention or a citation. */
const OURS = /^stoa:(?:account|passage)\//i
const MARKS: Readonly<Record<string, string>> = { strong: 'bold', em: 'italic', s: 'strike' }

/** Turns tokens into ProseMirror JSON. */
class Building {
  readonly leftOut = new Set<LeftOut>()
  readonly #stack: Json[] = [{ type: 'doc', content: [] }]
  #marks: NonNullable<Json['marks']> = []

  done(): Json {
    while (this.#stack.length > 1) this.#close()
    return this.#stack[0] as Json
  }

  open(type: string, attrs: Record<string, unknown> = {}): void {
    const node = { type, attrs, content: [] }
    this.#add(node)
    this.#stack.push(node)
  }

  tokens(tokens: readonly Token[]): void {
    for (const token of tokens) this.#token(token)
  }

  #token(token: Token): void {
    const name = token.type.replace(/_(?:open|close)$/, '')
    const block = BLOCKS[name]
    if (block !== undefined) {
      if (token.nesting === 1) this.open(block, attributesOf(token))
      else this.#close()
    } else if (name === 'link') this.#link(token)
    else if (MARKS[name] !== undefined) this.#mark(MARKS[name], token.nesting === 1)
    else this.#leaf(token)
  }

  #leaf(token: Token): void {
    const { type, content } = token
    if (type === 'inline') this.#inline(token)
    else if (type === 'text' || type === 'text_special' || type === 'html_inline') this.#text(content)
    else if (type === 'softbreak') this.#text(' ')
    else if (type === 'hardbreak') this.#add({ type: 'hardBreak' })
    else if (type === 'code_inline') this.#text(content, [{ type: 'code' }])
    else if (type === 'inline_math') this.#add({ type: 'inlineMath', attrs: { latex: content } })
    else if (type === 'block_math') this.#add({ type: 'blockMath', attrs: { latex: content } })
    else if (type === 'hr') this.#add({ type: 'horizontalRule' })
    else if (type === 'image') this.#image(token)
    else if (type === 'fence' || type === 'code_block') this.#code(token)
  }

  #inline({ content, children }: Token): void {
    const [, box] = /^\[([ xX])\](?:\s|$)/.exec(content) ?? []
    const parent = this.#stack.at(-1)
    if (parent && box !== undefined) parent.box = box
    this.tokens(children ?? [])
  }

  #code({ info, content }: Token): void {
    const [language = ''] = info.trim().split(/\s+/)
    const text = content.replace(/\n$/, '')
    this.#add({
      type: 'codeBlock',
      attrs: { language: language || null },
      content: text === '' ? [] : [{ type: 'text', text }],
    })
  }

  #text(text: string, marks = this.#marks): void {
    if (text !== '') this.#add({ type: 'text', text, marks: [...marks] })
  }

  #mark(type: string, on: boolean, attrs?: Record<string, unknown>): void {
    if (on) this.#marks = [...this.#marks, attrs ? { type, attrs } : { type }]
    else {
      const last = this.#marks.findLastIndex((mark) => mark.type === type)
      this.#marks = this.#marks.filter((_, index) => index !== last)
    }
  }

  #link(token: Token): void {
    if (token.nesting === 1) {
      const href = String(token.attrGet('href') ?? '')
      this.#mark('link', true, { href, title: token.attrGet('title') })
      if (safeHref(href) === undefined && !OURS.test(href)) this.leftOut.add('unsafe_link')
    } else {
      this.#mention()
      this.#mark('link', false)
    }
  }

  /** `[@Name](stoa:account/ID)` names somebody. */
  #mention(): void {
    const parent = this.#stack.at(-1)?.content
    const last = parent?.at(-1)
    const link = last?.marks?.find(({ type }) => type === 'link')
    const [, id] = /^stoa:account\/([0-9a-f-]{36})$/i.exec(String(link?.attrs?.href)) ?? []
    if (!parent || !last?.text?.startsWith('@') || id === undefined) return
    parent.pop()
    let label = last.text
    while (parent.at(-1)?.marks?.some((mark) => mark === link)) label = `${parent.pop()?.text ?? ''}${label}`
    this.#add({ type: 'mention', attrs: { id, label: label.slice(1) } })
  }

  #image(token: Token): void {
    const src = String(token.attrGet('src') ?? '')
    const alt = (token.children ?? []).map(({ content }) => content).join('')
    const [, file_id, width] = /^stoa:file\/([0-9a-f-]{36})(?:\?width=(\d+))?$/i.exec(src) ?? []
    if (file_id !== undefined) {
      this.#add({
        type: 'image',
        attrs: { file_id, alt, width: width ? Number(width) : null },
      })
      return
    }
    this.leftOut.add('external_image')
    this.#text(alt || src, [...this.#marks, { type: 'link', attrs: { href: src } }])
  }

  #add(node: Json): void {
    this.#stack.at(-1)?.content?.push(node)
  }

  #close(): void {
    const node = this.#stack.pop()
    if (node?.type === 'paragraph') splitAtBlocks(node, this.#stack.at(-1))
    if (node?.type === 'bulletList') makeTasks(node)
    if (node?.type === 'blockquote') makeCitation(node)
  }
}

function attributesOf(token: Token): Record<string, unknown> {
  if (token.type === 'heading_open') return { level: Number(token.tag.slice(1)) }
  if (token.type === 'ordered_list_open') return { start: Number(token.attrGet('start') ?? 1) }
  const [, align = null] = /text-align:(\w+)/.exec(String(token.attrGet('style'))) ?? []
  return align === null ? {} : { align }
}

/** Images are blocks: the paragraph around them ends before and goes on after them. */
function splitAtBlocks(paragraph: Json, parent: Json | undefined): void {
  const content = paragraph.content ?? []
  if (!content.some(({ type }) => type === 'image') || parent?.content === undefined) return
  const parts: Json[] = []
  for (const child of content) {
    const last = parts.at(-1)
    if (child.type === 'image') parts.push(child)
    else if (last?.type === 'paragraph') last.content?.push(child)
    else if (child.text?.trim() !== '' && child.type !== 'hardBreak')
      parts.push({ type: 'paragraph', content: [child] })
  }
  parent.content.splice(-1, 1, ...parts)
}

/** A list whose items all begin with a box is one of tasks. */
function makeTasks(list: Json): void {
  const items = list.content ?? []
  const first = items.map(({ content }) => content?.[0])
  if (items.length === 0 || first.some((one) => one?.type !== 'paragraph' || one.box === undefined)) return
  list.type = 'taskList'
  for (const [index, item] of items.entries()) {
    item.type = 'taskItem'
    item.attrs = { checked: first[index]?.box !== ' ' }
    const text = first[index]?.content?.[0]
    if (text?.text !== undefined) text.text = text.text.slice(4)
  }
}

/** A quotation that ends with a link to its passage is a citation. */
function makeCitation(quote: Json): void {
  const [words, source, ...more] = quote.content ?? []
  const link = source?.content?.at(-1)?.marks?.find(({ type }) => type === 'link')
  const text = words?.content?.map((one) => one.text ?? ' ').join('') ?? ''
  const attrs = more.length === 0 && link ? fromPassageLink(String(link.attrs?.href), text) : undefined
  if (attrs === undefined) return
  quote.type = 'citation'
  quote.attrs = attrs
  quote.content = []
}
