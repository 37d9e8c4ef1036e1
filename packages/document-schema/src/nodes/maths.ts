import { Node } from '@tiptap/core'

/** Formulas in LaTeX; names and attribute are those of Tiptap's own mathematics extension. */

const latexOf = (element: { getAttribute(name: string): string | null }) => ({
  latex: element.getAttribute('data-latex') ?? '',
})

/** A formula in a line. Attribute `latex`: its source, as typed, not checked. */
export const InlineMath = Node.create({
  name: 'inlineMath',
  group: 'inline',
  inline: true,
  atom: true,
  addAttributes: () => ({ latex: { default: '' } }),
  parseHTML: () => [{ tag: 'span[data-type="inline-math"]', getAttrs: latexOf }],
  renderHTML: ({ node }) => [
    'span',
    { 'data-type': 'inline-math', 'data-latex': node.attrs.latex },
    node.attrs.latex,
  ],
})

/** A formula that stands by itself. Attribute `latex`: its source, as typed, not checked. */
export const BlockMath = Node.create({
  name: 'blockMath',
  group: 'block',
  atom: true,
  addAttributes: () => ({ latex: { default: '' } }),
  parseHTML: () => [{ tag: 'div[data-type="block-math"]', getAttrs: latexOf }],
  renderHTML: ({ node }) => [
    'div',
    { 'data-type': 'block-math', 'data-latex': node.attrs.latex },
    node.attrs.latex,
  ],
})
