import { Node } from '@tiptap/core'

/** A passage of a book, as messages of rooms cite it (`NewCitation` of the contract), and what a card shows of the book. */
export interface CitationAttributes {
  readonly book_id: string
  /** A locator of the contract: `{ type: 'epub', cfi, … }` or `{ type: 'pdf', page, … }`. */
  readonly locator: Readonly<Record<string, unknown>>
  readonly quote: { readonly exact: string; readonly prefix: string; readonly suffix: string }
  readonly chapter: string | null
  readonly highlight_id: string | null
  readonly book_title: string
  readonly book_authors: readonly string[]
}

/** A card with the words of a passage; it opens the book there. */
export const Citation = Node.create({
  name: 'citation',
  group: 'block',
  atom: true,
  draggable: true,
  addAttributes() {
    return {
      book_id: { default: null },
      locator: { default: null },
      quote: { default: null },
      chapter: { default: null },
      highlight_id: { default: null },
      book_title: { default: '' },
      book_authors: { default: [] },
    }
  },
  parseHTML: () => [
    {
      tag: 'blockquote[data-citation]',
      priority: 60,
      getAttrs: (element) => fromHtml(String(element.getAttribute('data-citation'))),
    },
  ],
  renderHTML: ({ node }) => [
    'blockquote',
    { 'data-citation': JSON.stringify(node.attrs) },
    ['p', {}, node.attrs.quote?.exact ?? ''],
    ['p', {}, `— ${node.attrs.book_title}`],
  ],
})

function fromHtml(json: string): Record<string, unknown> | false {
  try {
    const value: unknown = JSON.parse(json)
    return typeof value === 'object' && value !== null ? { ...value } : false
  } catch {
    return false
  }
}
