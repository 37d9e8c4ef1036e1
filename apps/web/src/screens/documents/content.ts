/** What a document holds, as ProseMirror writes it. */
export interface ContentNode {
  readonly type: string
  readonly attrs?: Readonly<Record<string, unknown>>
  readonly content?: readonly ContentNode[]
  readonly text?: string
  readonly marks?: readonly { readonly type: string; readonly attrs?: Readonly<Record<string, unknown>> }[]
}

/** A thing inside a line that has no text of its own, in comparisons. */
const OBJECT = '\u{fffc}'

const NAMED: readonly string[] = ['label', 'name', 'latex', 'formula', 'quote', 'title', 'alt', 'src']

/** What stands for a thing without text: the first of its attributes that a reader would see. */
function wordsOf({ attrs = {} }: ContentNode): string {
  for (const name of NAMED) {
    const held = attrs[name]
    // A citation holds its words with those around them.
    const value = typeof held === 'object' && held !== null && 'exact' in held ? held.exact : held
    if (typeof value === 'string' && value !== '') return value
  }
  return OBJECT
}

/** All text of a node in one line. */
export function textOf(node: ContentNode): string {
  if (node.text !== undefined) return node.text
  if (node.type === 'hardBreak') return '\n'
  return node.content ? node.content.map(textOf).join('') : isBlockWithText(node) ? '' : wordsOf(node)
}

const TEXTBLOCKS = new Set(['paragraph', 'heading', 'codeBlock'])
const isBlockWithText = ({ type }: ContentNode) => TEXTBLOCKS.has(type)

/** A line of a document: what a reader sees as one paragraph, heading, item or card. */
export interface Line {
  readonly node: ContentNode
  /** Names of what it stands in, from outside: `bulletList`, `listItem`. */
  readonly within: readonly string[]
  readonly text: string
}

/** Everything that holds text or is a thing of its own, in order. */
export function linesOf(node: ContentNode, within: readonly string[] = []): Line[] {
  const inside = node.content ?? []
  const isLine = isBlockWithText(node) || (inside.length === 0 && node.type !== 'doc')
  if (isLine) return [{ node, within, text: textOf(node) }]
  return inside.flatMap((child) => linesOf(child, node.type === 'doc' ? within : [...within, node.type]))
}
