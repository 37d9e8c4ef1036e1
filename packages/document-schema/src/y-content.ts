import type { Node } from '@tiptap/pm/model'
import { prosemirrorToYXmlFragment, updateYFragment } from '@tiptap/y-tiptap'
import * as Y from 'yjs'
import { toDocument } from './normalize.ts'
import { DOCUMENT_FRAGMENT } from './schema.ts'

/** Between a document's `Y.Doc` and ProseMirror, without an editor. */

interface Json {
  readonly type: string
  readonly attrs?: Readonly<Record<string, unknown>>
  readonly content?: readonly Json[]
  readonly text?: string
  readonly marks?: readonly { readonly type: string; readonly attrs: unknown }[]
}

/** Two marks of one kind on one text stand as `name--hash` of their attributes. */
const MARK_HASH = /--[a-zA-Z0-9+/=]{8}$/
const MAX_DEPTH = 64

/** What the document says, fitted to the schema; the `Y.Doc` is not touched. */
export const readDocument = (ydoc: Y.Doc): Node =>
  toDocument({ type: 'doc', content: childrenOf(ydoc.getXmlFragment(DOCUMENT_FRAGMENT), 0) })

function childrenOf(parent: Y.XmlFragment | Y.XmlElement, depth: number): Json[] {
  if (depth > MAX_DEPTH) return []
  return parent.toArray().flatMap((child) => {
    if (child instanceof Y.XmlText) return textsOf(child)
    if (!(child instanceof Y.XmlElement)) return []
    return [{ type: child.nodeName, attrs: child.getAttributes(), content: childrenOf(child, depth + 1) }]
  })
}

function textsOf(text: Y.XmlText): Json[] {
  const delta: { insert?: unknown; attributes?: Record<string, unknown> }[] = text.toDelta()
  return delta.flatMap(({ insert, attributes = {} }) => {
    if (typeof insert !== 'string') return []
    const marks = Object.entries(attributes).map(([name, attrs]) => ({
      type: name.replace(MARK_HASH, ''),
      attrs,
    }))
    return [{ type: 'text', text: insert, marks }]
  })
}

/** Makes the document say `doc`. An edit: of what is the same already nothing is touched, so that others may go on writing. */
export function writeDocument(ydoc: Y.Doc, doc: Node): void {
  const fragment = ydoc.getXmlFragment(DOCUMENT_FRAGMENT)
  ydoc.transact(() => {
    if (fragment.length === 0) prosemirrorToYXmlFragment(doc, fragment)
    else updateYFragment(ydoc, fragment, doc, { mapping: new Map(), isOMark: new Map() })
  })
}

/** Who writes the first content of every document; the clients that follow have numbers by chance. */
const FIRST_WRITER = 1

/**
 * A Yjs update from which an empty document comes to say `doc`. The same document gives the same update: applied twice, as by
 * one who repeats what was cut off, it says everything once.
 */
export function documentUpdate(doc: Node): Uint8Array {
  const ydoc = new Y.Doc()
  ydoc.clientID = FIRST_WRITER
  writeDocument(ydoc, doc)
  const update = Y.encodeStateAsUpdate(ydoc)
  ydoc.destroy()
  return update
}
