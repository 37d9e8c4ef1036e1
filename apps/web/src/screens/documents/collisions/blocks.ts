import * as Y from 'yjs'
import type { ContentNode } from '../content.ts'
import { textOf } from '../content.ts'

/** A paragraph, heading or card of a shared document, by the identity that outlives every edit in it. */
export interface Block {
  /** `client:clock` of the element. */
  readonly id: string
  readonly content: ContentNode
  readonly text: string
  /** The block before it in the order of reading. */
  readonly after: string | undefined
}

/** The binding writes a mark that may overlap itself with a hash behind its name. */
const markName = (attribute: string) => attribute.replace(/--[a-zA-Z0-9+/=]{8}$/, '')

export const idOf = (element: Y.XmlElement): string | undefined =>
  element._item ? `${element._item.id.client}:${element._item.id.clock}` : undefined

type Delta = { insert: unknown; attributes?: Record<string, Record<string, unknown>> }

function textNodes(text: Y.XmlText): ContentNode[] {
  return (text.toDelta() as Delta[]).flatMap(({ insert, attributes }) => {
    if (typeof insert !== 'string') return []
    const marks = Object.entries(attributes ?? {}).map(([name, attrs]) => ({ type: markName(name), attrs }))
    return [{ type: 'text', text: insert, ...(marks.length > 0 && { marks }) }]
  })
}

/** An element with all in it, as ProseMirror writes it. */
export function contentOf(element: Y.XmlElement): ContentNode {
  const attrs: Record<string, unknown> = element.getAttributes()
  const content = element
    .toArray()
    .flatMap((child) =>
      child instanceof Y.XmlText ? textNodes(child) : child instanceof Y.XmlElement ? [contentOf(child)] : [],
    )
  return {
    type: element.nodeName,
    ...(Object.keys(attrs).length > 0 && { attrs }),
    ...(content.length > 0 && { content }),
  }
}

/** All blocks in the order of reading. `isInline` names what stands inside a line of text. */
export function blocksOf(
  fragment: Y.XmlFragment,
  isInline: (nodeName: string) => boolean,
): Map<string, Block> {
  const blocks = new Map<string, Block>()
  let after: string | undefined
  const visit = (parent: Y.XmlFragment) => {
    for (const child of parent.toArray()) {
      if (!(child instanceof Y.XmlElement)) continue
      const inside = child.toArray()
      const holdsBlocks = inside.some((one) => one instanceof Y.XmlElement && !isInline(one.nodeName))
      if (holdsBlocks) {
        visit(child)
        continue
      }
      const id = idOf(child)
      if (id === undefined) continue
      const content = contentOf(child)
      blocks.set(id, { id, content, text: textOf(content), after })
      after = id
    }
  }
  visit(fragment)
  return blocks
}
