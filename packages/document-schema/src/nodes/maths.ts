import { Node } from '@tiptap/core'

/** Formulas in LaTeX; names and attribute are those of Tiptap's own mathematics extension. */

const latexOf = (element: { getAttribute(name: string): string | null }) => ({
  latex: element.getAttribute('data-latex') ?? '',
})

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
