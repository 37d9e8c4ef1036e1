import type { Mark, Node } from '@tiptap/pm/model'

/** What the HTML needs from outside. */
export interface HtmlOptions {
  /** Address of an image; `undefined`: its description stands instead. */
  readonly imageUrl?: (fileId: string) => string | undefined
  /** `xhtml`: empty elements are closed, as EPUB demands. */
  readonly syntax?: 'html' | 'xhtml'
  /** A formula as markup; without it, its LaTeX stands as code. */
  readonly formula?: (latex: string, display: boolean) => string
  /** Ids of headings, in their order: for a table of contents. */
  readonly headingIds?: boolean
}

/** The document as safe markup: every character of text is escaped, links are those of the schema. */
export function toHtml(doc: Node, options: HtmlOptions = {}): string {
  return new Writer(options).children(doc, '\n')
}

/** Text as it may stand between tags and in quoted attributes: `& < > " '` become entities. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (found) => ESCAPES[found] ?? found)

const escaped = (value: unknown): string => escapeHtml(String(value))

const ESCAPES: Readonly<Record<string, string>> = {
  ...{ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' },
}

class Writer {
  readonly #options: HtmlOptions
  readonly #end: string
  #headings = 0

  constructor(options: HtmlOptions) {
    this.#options = options
    this.#end = options.syntax === 'xhtml' ? ' />' : '>'
  }

  children(node: Node, separator = ''): string {
    return node.content.content.map((child) => this.#node(child)).join(separator)
  }

  #node(node: Node): string {
    const { attrs, type } = node
    switch (type.name) {
      case 'text':
        return marked(escapeHtml(node.text ?? ''), node.marks)
      case 'heading':
        return this.#heading(node)
      case 'codeBlock': {
        const language = attrs.language === null ? '' : ` class="language-${escaped(attrs.language)}"`
        return `<pre><code${language}>${escapeHtml(node.textContent)}</code></pre>`
      }
      case 'orderedList':
        return `<ol${attrs.start === 1 ? '' : ` start="${attrs.start}"`}>${this.children(node)}</ol>`
      case 'taskItem':
        return this.#taskItem(node)
      case 'tableCell':
        return this.#cell(node, 'td')
      case 'tableHeader':
        return this.#cell(node, 'th')
      case 'table':
        return `<table><tbody>${this.children(node)}</tbody></table>`
      default:
        return TAGS[type.name] === undefined ? this.#leaf(node) : this.#plain(node, TAGS[type.name] as string)
    }
  }

  #plain(node: Node, tag: string): string {
    const kind = node.type.name === 'taskList' ? ' class="tasks"' : ''
    return `<${tag}${kind}>${this.children(node)}</${tag}>`
  }

  #leaf({ attrs, type }: Node): string {
    const formula = this.#options.formula ?? ((latex: string) => `<code>${escapeHtml(latex)}</code>`)
    switch (type.name) {
      case 'hardBreak':
        return `<br${this.#end}`
      case 'horizontalRule':
        return `<hr${this.#end}`
      case 'inlineMath':
        return formula(String(attrs.latex), false)
      case 'blockMath':
        return `<p class="formula">${formula(String(attrs.latex), true)}</p>`
      case 'mention':
        return `<span class="mention">@${escaped(attrs.label)}</span>`
      case 'image':
        return this.#image(attrs)
      case 'citation':
        return citation(attrs)
      default:
        return ''
    }
  }

  #heading(node: Node): string {
    const tag = `h${node.attrs.level}`
    this.#headings += 1
    const id = this.#options.headingIds ? ` id="h${this.#headings}"` : ''
    return `<${tag}${id}>${this.children(node)}</${tag}>`
  }

  #taskItem(node: Node): string {
    return `<li>${node.attrs.checked ? '☑' : '☐'} ${this.children(node)}</li>`
  }

  #cell(node: Node, tag: string): string {
    const { colspan, rowspan, align } = node.attrs
    const spans = `${colspan === 1 ? '' : ` colspan="${colspan}"`}${rowspan === 1 ? '' : ` rowspan="${rowspan}"`}`
    return `<${tag}${spans}${align === null ? '' : ` style="text-align:${align}"`}>${this.children(node)}</${tag}>`
  }

  #image({ file_id, alt, width }: Node['attrs']): string {
    const url = this.#options.imageUrl?.(String(file_id))
    if (url === undefined) return alt === '' ? '' : `<p>${escaped(alt)}</p>`
    const size = width === null ? '' : ` width="${width}"`
    return `<p class="image"><img src="${escapeHtml(url)}" alt="${escaped(alt)}"${size}${this.#end}</p>`
  }
}

const TAGS: Readonly<Record<string, string>> = {
  ...{
    paragraph: 'p',
    blockquote: 'blockquote',
    bulletList: 'ul',
    listItem: 'li',
    taskList: 'ul',
    tableRow: 'tr',
  },
}

function citation({ quote, book_title, book_authors, chapter }: Node['attrs']): string {
  const source = [book_title, (book_authors as string[]).join(', '), chapter].filter(Boolean).join(', ')
  const cite = source === '' ? '' : `<p class="source">— ${escapeHtml(source)}</p>`
  return `<blockquote class="citation"><p>${escaped(quote.exact)}</p>${cite}</blockquote>`
}

const MARK_TAGS: Readonly<Record<string, string>> = {
  bold: 'strong',
  italic: 'em',
  strike: 's',
  code: 'code',
}

function marked(text: string, marks: readonly Mark[]): string {
  return marks.reduceRight((inner, { type, attrs }) => {
    const tag = MARK_TAGS[type.name]
    if (tag !== undefined) return `<${tag}>${inner}</${tag}>`
    const title = attrs.title === null ? '' : ` title="${escaped(attrs.title)}"`
    return `<a href="${escaped(attrs.href)}"${title} rel="noopener noreferrer nofollow">${inner}</a>`
  }, text)
}
