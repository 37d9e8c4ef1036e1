import type { DocumentNode } from '../texts.ts'

export type Word = typeof import('docx')
type Run = InstanceType<Word['TextRun']> | InstanceType<Word['ExternalHyperlink']>

/** The content of a text block as runs of Word. */
export function inlineRuns(docx: Word, block: DocumentNode): Run[] {
  return block.content.content.map((node) => {
    const names = new Set(node.marks.map(({ type }) => type.name))
    const form = {
      bold: names.has('bold'),
      italics: names.has('italic'),
      strike: names.has('strike'),
      ...(names.has('code') || node.type.name === 'inlineMath' ? { style: 'VerbatimChar' } : {}),
    }
    const href = node.marks.find(({ type }) => type.name === 'link')?.attrs.href
    const isWeb = typeof href === 'string' && /^(?:https?|mailto):/i.test(href)
    const run = new docx.TextRun({ ...textOf(node), ...form, ...(isWeb ? { style: 'Hyperlink' } : {}) })
    return isWeb ? new docx.ExternalHyperlink({ link: href, children: [run] }) : run
  })
}

function textOf(node: DocumentNode): { text?: string; break?: number } {
  switch (node.type.name) {
    case 'text':
      return { text: node.text ?? '' }
    case 'hardBreak':
      return { break: 1 }
    case 'mention':
      return { text: `@${node.attrs.label}` }
    default:
      return { text: String(node.attrs.latex ?? '') }
  }
}
