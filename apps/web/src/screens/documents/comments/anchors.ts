import type { Node } from '@tiptap/pm/model'
import type { EditorState } from '@tiptap/pm/state'
import {
  absolutePositionToRelativePosition,
  relativePositionToAbsolutePosition,
  ySyncPluginKey,
} from '@tiptap/y-tiptap'
import * as Y from 'yjs'
import type { CommentThread } from '../../../data/documents.ts'

export type Anchor = NonNullable<CommentThread['anchor']>

/** In the editor's positions. */
export interface Range {
  readonly from: number
  readonly to: number
}

const CONTEXT = 64
const LONGEST = 2_000

export function toBase64Url(bytes: Uint8Array): string {
  const text = btoa(String.fromCharCode(...bytes))
  return text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

function fromBase64Url(text: string): Uint8Array {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0))
}

/** What ties a stretch of the text to its place through every edit; undefined while the text is not shared yet. */
export function anchorOf(state: EditorState, { from, to }: Range): Anchor | undefined {
  const sync = ySyncPluginKey.getState(state)
  if (!sync?.binding) return undefined
  const relative = (at: number) =>
    toBase64Url(
      Y.encodeRelativePosition(absolutePositionToRelativePosition(at, sync.type, sync.binding.mapping)),
    )
  const text = (start: number, end: number) => state.doc.textBetween(start, end, ' ', ' ')
  const quote = {
    exact: text(from, to).slice(0, LONGEST),
    prefix: text(Math.max(0, from - CONTEXT), from),
    suffix: text(to, Math.min(state.doc.content.size, to + CONTEXT)),
  }
  return { start: relative(from), end: relative(to), quote }
}

/** Where it is now; undefined: those words are gone. */
export function rangeOf(state: EditorState, anchor: Anchor): Range | undefined {
  const sync = ySyncPluginKey.getState(state)
  if (!sync?.binding) return undefined
  const absolute = (encoded: string): number | null => {
    try {
      const position = Y.decodeRelativePosition(fromBase64Url(encoded))
      return relativePositionToAbsolutePosition(sync.doc, sync.type, position, sync.binding.mapping)
    } catch {
      return null
    }
  }
  const from = absolute(anchor.start)
  const to = absolute(anchor.end)
  if (from !== null && to !== null && from < to && to <= state.doc.content.size) return { from, to }
  return findWords(state.doc, anchor.quote.exact)
}

/** The first place of some words inside one paragraph. */
export function findWords(doc: Node, words: string): Range | undefined {
  const wanted = words.trim()
  if (wanted === '') return undefined
  let found: Range | undefined
  doc.descendants((node, at) => {
    if (found || !node.isTextblock) return !found
    const text = node.textBetween(0, node.content.size, undefined, '\ufffc')
    const start = text.indexOf(wanted)
    if (start >= 0) found = { from: at + 1 + start, to: at + 1 + start + wanted.length }
    return false
  })
  return found
}
